"""The app config that makes Django use our admin site. It is wiring, so it stands here."""

from django.contrib.admin.apps import AdminConfig


class InteraxionAdminConfig(AdminConfig):
    default_site = "interaxion.desk.site.InteraxionAdminSite"
