from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0005_reference_number")]

    operations = [
        migrations.AddField("link", "cited_as", models.TextField(blank=True, default=""), preserve_default=False),
    ]
