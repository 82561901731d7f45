from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitewideConfig(AppConfig):
    name = "interaxion.sitewide"
    label = "sitewide"
    verbose_name = _("Site")

    def ready(self) -> None:
        import_module("interaxion.sitewide.atom")  # registers the entries of Atom feeds
        import_module("interaxion.sitewide.websub")  # registers its job and its watcher
        import_module("interaxion.sitewide.work_lookups")  # registers its job and its watcher
        import_module("interaxion.sitewide.freezing.publishing")  # the same
        import_module("interaxion.sitewide.checks")  # registers the checks before publishing
        for jobs in ("import_jobs", "picture_jobs", "feed_jobs"):
            import_module(f"interaxion.sitewide.desk.{jobs}")  # registers its kinds of jobs
