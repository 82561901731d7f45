"""The admin's own site class: named here because it is wiring."""

from django.contrib.admin.apps import AdminConfig


class InteraxionAdminConfig(AdminConfig):
    default_site = "interaxion.desk.site.InteraxionAdminSite"
