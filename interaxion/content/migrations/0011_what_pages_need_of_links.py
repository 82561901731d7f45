from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0010_present_tokenizer")]

    operations = [
        # The rebuild after the migrations fills both.
        migrations.AddField("link", "name", models.TextField(blank=True, default=""), preserve_default=False),
        # Without their indexes.
        migrations.AlterField("link", "publish_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "link",
            "status",
            models.CharField(
                choices=[("draft", "Draft"), ("review", "Waiting for review"), ("published", "Published")],
                default="draft",
                editable=False,
                max_length=10,
            ),
        ),
        # Null and without a default, so that SQLite does not copy the table and drop the triggers of the index.
        migrations.AddField("searchrow", "named", models.JSONField(null=True)),
    ]
