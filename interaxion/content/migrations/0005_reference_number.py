from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0004_search_statistics")]

    operations = [
        migrations.AddField("link", "reference_number", models.PositiveIntegerField(null=True)),
        # The default is Python's alone; SQLite would copy the table, and drop the triggers of the index with it.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("searchrow", "tokenizer_version", models.PositiveSmallIntegerField(default=2)),
            ]
        ),
    ]
