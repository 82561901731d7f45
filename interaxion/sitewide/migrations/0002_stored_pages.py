"""The table of finished pages, see `interaxion/sitewide/stored_pages/`."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("sitewide", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                ("address", models.CharField(db_index=True, max_length=310)),
                ("key", models.CharField(max_length=80)),
                ("calls", models.JSONField()),
                ("headers", models.JSONField()),
                ("body", models.BinaryField()),
                ("looked_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("content_type", "object_id"), name="sitewide_stored_page_once")
                ],
            },
        ),
    ]
