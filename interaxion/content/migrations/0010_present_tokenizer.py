from django.db import migrations, models

import interaxion.content.search.rows


class Migration(migrations.Migration):
    dependencies = [("content", "0009_log_of_moves")]

    operations = [
        # The default is Python's alone; SQLite would copy the table, and drop the triggers of the index with it.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "searchrow",
                    "tokenizer_version",
                    models.PositiveSmallIntegerField(default=interaxion.content.search.rows.present_version),
                ),
            ]
        ),
    ]
