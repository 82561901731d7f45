from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0006_cited_as")]

    operations = [
        # The default is Python's alone; SQLite would copy the table, and drop the triggers of the index with it.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("searchrow", "tokenizer_version", models.PositiveSmallIntegerField(default=3)),
            ]
        ),
    ]
