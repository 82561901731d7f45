import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("episodes", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="name")),
                ("body", models.TextField(max_length=4000, verbose_name="letter")),
                (
                    "received_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="received at"),
                ),
                ("token", models.CharField(editable=False, max_length=32, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("kept", "kept for an episode"),
                            ("read", "read in an episode"),
                            ("aside", "put aside"),
                        ],
                        default="new",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("handled_at", models.DateTimeField(editable=False, null=True, verbose_name="handled at")),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="letters_about_it",
                        to="episodes.episode",
                        verbose_name="about",
                    ),
                ),
                (
                    "handled_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="handled by",
                    ),
                ),
                (
                    "read_in",
                    models.ForeignKey(
                        blank=True,
                        help_text="The episode that it was read in, or is kept for.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="letters",
                        to="episodes.episode",
                        verbose_name="read in",
                    ),
                ),
            ],
            options={
                "verbose_name": "letter",
                "verbose_name_plural": "letters",
                "default_permissions": ("view", "change", "delete"),
                "indexes": [models.Index(fields=["state", "-received_at"], name="episodes_letter_inbox")],
            },
        ),
    ]
