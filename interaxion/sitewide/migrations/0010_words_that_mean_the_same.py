"""Editors change the words that mean the same for a search, hosts see them."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

RIGHTS = {"host": ("view",), "editor": ("view", "add", "change", "delete")}


def write_rights(apps, schema_editor):
    create_permissions(installed.get_app_config("content"), apps=apps, verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="content", content_type__model="synonyms"
    )
    for name, verbs in RIGHTS.items():
        group = apps.get_model("auth", "Group").objects.get_or_create(name=name)[0]
        group.permissions.add(*permissions.filter(codename__in=[f"{verb}_synonyms" for verb in verbs]))


class Migration(migrations.Migration):
    dependencies = [("sitewide", "0009_what_the_hub_was_told"), ("content", "0022_words_that_mean_the_same")]

    operations = [migrations.RunPython(write_rights, migrations.RunPython.noop, elidable=False)]
