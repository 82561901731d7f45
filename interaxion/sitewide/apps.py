from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitewideConfig(AppConfig):
    name = "interaxion.sitewide"
    label = "sitewide"
    verbose_name = _("Site")
    job_modules = (
        "interaxion.sitewide.websub",
        "interaxion.sitewide.work_lookups",
        "interaxion.sitewide.freezing.publishing",
        "interaxion.sitewide.desk.import_jobs",
        "interaxion.sitewide.desk.picture_jobs",
        "interaxion.sitewide.desk.feed_jobs",
    )

    def ready(self) -> None:
        import_module("interaxion.sitewide.atom")  # registers the entries of Atom feeds
        import_module("interaxion.sitewide.checks")  # registers the checks before publishing
