"""The app config that makes Django use our admin site. It is wiring, so it stands here."""

from collections.abc import Sequence

from django.contrib import admin
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_dependencies
from django.core import checks


class InteraxionAdminConfig(SimpleAdminConfig):
    """The admin modules of the apps are imported with its routes (`admin_urls.py`): most commands need neither."""

    default_site = "interaxion.desk.site.InteraxionAdminSite"

    def ready(self) -> None:
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(_check_site, checks.Tags.admin)


def _check_site(app_configs: Sequence[SimpleAdminConfig] | None, **_options: object) -> list[checks.CheckMessage]:
    admin.autodiscover()
    return admin.site.check(app_configs)
