"""How many of the grams PostgreSQL counts, to know how rare the others are.

By its usual hundred it takes a word that nobody wrote for one that every 200th page has, and rather reads page after
page, the last written first, than ask the index.
"""

from django.db import migrations

COUNTED, USUAL = 1000, -1


def count(target):
    def alter(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"ALTER TABLE content_searchrow ALTER COLUMN grams SET STATISTICS {target}")

    return alter


class Migration(migrations.Migration):
    dependencies = [("content", "0003_content_type_of_slides")]

    operations = [migrations.RunPython(count(COUNTED), count(USUAL), elidable=False)]
