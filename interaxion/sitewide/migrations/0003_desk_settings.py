"""Editors decide how the desk works."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def write_rights(apps, schema_editor):
    create_permissions(installed.get_app_config("content"), apps=apps, verbosity=0)
    editor = apps.get_model("auth", "Group").objects.get_or_create(name="editor")[0]
    rights = apps.get_model("auth", "Permission").objects.filter(content_type__model="desksettings")
    editor.permissions.add(*rights.filter(content_type__app_label="content"))


class Migration(migrations.Migration):
    dependencies = [("sitewide", "0002_groups"), ("content", "0006_working_copies")]

    operations = [migrations.RunPython(write_rights, migrations.RunPython.noop, elidable=False)]
