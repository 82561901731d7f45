from datetime import UTC, datetime

from django.db import migrations, models
from django.db.models import F


def take_over_dates(apps, schema_editor):
    """What came of content has its date; rows of speakers, tags and works have none."""
    for name in ("Link", "SearchRow"):
        rows = apps.get_model("content", name)._base_manager.filter(publish_at__gt=datetime(1970, 1, 1, tzinfo=UTC))
        rows.update(dated_at=F("publish_at"))


class Migration(migrations.Migration):
    dependencies = [("content", "0007_tokenizer_version")]

    operations = [
        # Null and without a default, so that SQLite does not copy the tables and drop the triggers of the index.
        migrations.AddField("link", "dated_at", models.DateTimeField(null=True)),
        migrations.AddField("searchrow", "dated_at", models.DateTimeField(null=True)),
        migrations.RunPython(take_over_dates, migrations.RunPython.noop, elidable=True),
    ]
