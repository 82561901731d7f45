from django.apps import AppConfig
from django.conf import settings
from django.core.mail.utils import DNS_NAME
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "interaxion.desk"
    label = "desk"
    verbose_name = _("Writing desk")
    job_modules = ("interaxion.desk.pages.link_jobs",)

    def ready(self) -> None:
        # Of the Message-ID of our mail. The name of the machine is often `localhost`, which mail servers distrust.
        DNS_NAME._fqdn = settings.SITE_HOST
