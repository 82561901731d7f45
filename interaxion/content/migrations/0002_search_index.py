"""The index of the search rows, which each database has of its own kind."""

from django.db import migrations

from interaxion.content.search import index


def make_index(apps, schema_editor):
    index.make_index(schema_editor.connection)


def drop_index(apps, schema_editor):
    index.drop_index(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]

    operations = [migrations.RunPython(make_index, drop_index, elidable=False)]
