from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        import_module("courses.checks")  # registers the checks before publishing
        import_module("courses.parts")  # registers what is stored of it for lists and feeds
