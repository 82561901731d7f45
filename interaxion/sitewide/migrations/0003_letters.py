"""Hosts read the letters and say what becomes of them; editors may delete one, too."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {"host": ("view", "change"), "editor": ("view", "change", "delete")}


def write_rights(apps, schema_editor):
    create_permissions(installed.get_app_config("episodes"), apps=apps, verbosity=0)
    for name, verbs in RIGHTS.items():
        group = apps.get_model("auth", "Group").objects.get_or_create(name=name)[0]
        for verb in verbs:
            permission = apps.get_model("auth", "Permission").objects.get(
                content_type__app_label="episodes", content_type__model="letter", codename=f"{verb}_letter"
            )
            group.permissions.add(permission)


class Migration(migrations.Migration):
    dependencies = [("sitewide", "0002_groups"), ("episodes", "0002_letter")]

    operations = [migrations.RunPython(write_rights, migrations.RunPython.noop, elidable=False)]
