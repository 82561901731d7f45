"""Hosts and editors see the list of changes to many things."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def write_rights(apps, schema_editor):
    create_permissions(installed.get_app_config("content"), apps=apps, verbosity=0)
    permission = apps.get_model("auth", "Permission").objects.get(
        content_type__app_label="content", content_type__model="change", codename="view_change"
    )
    for name in ("host", "editor"):
        apps.get_model("auth", "Group").objects.get_or_create(name=name)[0].permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("sitewide", "0004_demo_mark"), ("content", "0013_changes_to_many_things")]

    operations = [migrations.RunPython(write_rights, migrations.RunPython.noop, elidable=False)]
