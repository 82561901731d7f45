from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PostsConfig(AppConfig):
    name = "posts"
    verbose_name = _("Posts")

    def ready(self) -> None:
        import_module("posts.checks")  # registers the checks before publishing
        import_module("posts.parts")  # registers what is stored of it for lists and feeds
