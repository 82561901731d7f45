"""Hosts and editors may say who wrote a course, as they may for a chapter."""

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def write_rights(apps, schema_editor):
    create_permissions(installed.get_app_config("courses"), apps=apps, verbosity=0)
    permissions = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="courses", content_type__model="courseauthorship"
    )
    for name in ("host", "editor"):
        apps.get_model("auth", "Group").objects.get_or_create(name=name)[0].permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("sitewide", "0010_words_that_mean_the_same"),
        ("courses", "0007_authors_and_audience_of_courses"),
    ]

    operations = [migrations.RunPython(write_rights, migrations.RunPython.noop, elidable=False)]
