from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0010_present_tokenizer")]

    operations = [
        # The rebuild after the migrations fills both.
        migrations.AddField("link", "name", models.TextField(blank=True, default=""), preserve_default=False),
        # Null and without a default, so that SQLite does not copy the table and drop the triggers of the index.
        migrations.AddField("searchrow", "named", models.JSONField(null=True)),
    ]
