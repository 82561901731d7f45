"""Leave out indexes that find nearly every row, which SQLite would use instead of better ones; one for tags instead."""

import django.db.models.deletion
from django.db import migrations, models

STATUS = models.CharField(
    choices=[("draft", "Draft"), ("review", "Waiting for review"), ("published", "Published")],
    default="draft",
    editable=False,
    max_length=10,
    verbose_name="status",
)


def drop_indexes(apps, schema_editor):
    """Drop them by themselves: an AlterField would let SQLite copy the table and drop the triggers of its index."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, "content_searchrow")
    for name, facts in constraints.items():
        if facts["index"] and not facts["unique"] and facts["columns"] in (["status"], ["publish_at"]):
            schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


class Migration(migrations.Migration):
    dependencies = [("content", "0015_time_zone_and_languages")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(drop_indexes, migrations.RunPython.noop)],
            state_operations=[
                migrations.AlterField("searchrow", "publish_at", models.DateTimeField(blank=True, null=True)),
                migrations.AlterField("searchrow", "status", STATUS),
            ],
        ),
        migrations.AlterField("link", "status", STATUS),
        migrations.RemoveIndex("taggeditem", "content_tag_content_21ac7d_idx"),
        migrations.AlterField(
            "taggeditem",
            "tag",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="content.tag",
            ),
        ),
        migrations.AddIndex(
            "taggeditem",
            models.Index(fields=["tag", "content_type", "object_id"], name="content_taggeditem_things"),
        ),
    ]
