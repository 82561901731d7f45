"""The tables of what belongs to no app alone, and the groups "host" and "editor" with their permissions."""

import django.utils.timezone
from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations, models

import interaxion.content.fields
import interaxion.content.languages
import interaxion.content.publishing.publishable
import interaxion.content.validators

APPS = ("content", "episodes", "posts", "courses", "sitewide")
WRITE = ("add", "change", "view")
WHOLE = (*WRITE, "delete")

#: (app, model): what may be done with it.
HOST = {
    ("episodes", "episode"): WRITE,
    ("episodes", "appearance"): WHOLE,
    ("episodes", "linksection"): WHOLE,
    ("episodes", "speaker"): WRITE,
    ("episodes", "podcast"): ("view",),
    ("posts", "post"): WRITE,
    ("posts", "postauthorship"): WHOLE,
    ("posts", "category"): ("view",),
    ("courses", "course"): WRITE,
    ("courses", "chapter"): WRITE,
    ("courses", "chapterauthorship"): WHOLE,
    ("content", "tag"): WRITE,
    ("content", "storedfile"): WRITE,
    ("content", "revision"): ("view",),
    ("content", "logentry"): ("view",),
    ("content", "change"): ("view",),
    ("content", "synonyms"): ("view",),
    ("courses", "courseauthorship"): WHOLE,
    ("episodes", "letter"): ("view", "change"),
}
EDITOR = {
    ("episodes", "episode"): ("publish",),
    ("episodes", "speaker"): ("delete",),
    ("episodes", "podcast"): ("change",),
    ("posts", "post"): ("publish",),
    ("posts", "category"): WHOLE,
    ("courses", "course"): ("publish",),
    ("courses", "chapter"): ("publish",),
    ("content", "tag"): ("delete",),
    ("content", "work"): ("change", "delete", "view"),
    ("content", "desksettings"): ("view", "change"),
    ("content", "synonyms"): WHOLE,
    ("episodes", "letter"): ("delete",),
    ("sitewide", "page"): (*WRITE, "publish"),
}


def write_groups(apps, schema_editor):
    for label in APPS:  # permissions come after all migrations otherwise
        create_permissions(installed.get_app_config(label), apps=apps, verbosity=0)
    host = apps.get_model("auth", "Group").objects.get_or_create(name="host")[0]
    editor = apps.get_model("auth", "Group").objects.get_or_create(name="editor")[0]
    for group, rights in ((host, HOST), (editor, HOST), (editor, EDITOR)):
        for (label, model), verbs in rights.items():
            for verb in verbs:
                permission = apps.get_model("auth", "Permission").objects.get(
                    content_type__app_label=label, content_type__model=model, codename=f"{verb}_{model}"
                )
                group.permissions.add(permission)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("content", "0001_first_release"),
        ("episodes", "0001_first_release"),
        ("posts", "0001_first_release"),
        ("courses", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="DemoMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="sitewide_demomark_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="Page",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("review", "Waiting for review"), ("published", "Published")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "publish_at",
                    models.DateTimeField(
                        blank=True,
                        db_index=True,
                        help_text="In the time zone of the site. Empty: the moment of publishing.",
                        null=True,
                        verbose_name="publish at",
                    ),
                ),
                (
                    "unpublish_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="From then on the page is gone. Usually empty.",
                        null=True,
                        verbose_name="unpublish at",
                    ),
                ),
                (
                    "deleted_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="moved to the trash at"),
                ),
                (
                    "path",
                    models.CharField(
                        blank=True,
                        help_text="The address, such as /57. Empty: proposed.",
                        max_length=300,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="path",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        max_length=300, validators=[interaxion.content.validators.validate_title], verbose_name="title"
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="One short paragraph of Markdown.",
                        validators=[interaxion.content.validators.validate_text],
                        verbose_name="summary",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=interaxion.content.languages.language_choices,
                        default="ja",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="version")),
                (
                    "preview_key",
                    models.CharField(
                        default=interaxion.content.publishing.publishable.make_preview_key,
                        editable=False,
                        max_length=32,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "stored_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="last saved"),
                ),
                ("text_changed_at", models.DateTimeField(editable=False, null=True)),
                ("html", models.TextField(blank=True, editable=False)),
                ("summary_html", models.TextField(blank=True, editable=False)),
                ("summary_text", models.TextField(blank=True, editable=False)),
                ("text", models.TextField(blank=True, editable=False)),
                ("outline", models.JSONField(blank=True, default=list, editable=False)),
                ("render_version", models.PositiveIntegerField(default=0, editable=False)),
                ("body", interaxion.content.fields.MarkdownField(blank=True, verbose_name="text")),
                ("in_navigation", models.BooleanField(default=False, verbose_name="in the navigation")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "page",
                "verbose_name_plural": "pages",
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            ("publish_at__isnull", False),
                            _connector="OR",
                        ),
                        name="sitewide_page_published_has_date",
                        violation_error_message="Something published needs a date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unpublish_at__isnull", True),
                            ("unpublish_at__gt", models.F("publish_at")),
                            _connector="OR",
                        ),
                        name="sitewide_page_ends_after_start",
                        violation_error_message="The end must be later than the date of publishing.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedFiles",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen", models.CharField(blank=True, max_length=64)),
                ("frozen_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="sitewide_publishedfiles_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="ToldHub",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen", models.CharField(blank=True, max_length=64)),
                ("digests", models.JSONField(default=dict)),
            ],
            options={
                "abstract": False,
                "default_permissions": (),
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="sitewide_toldhub_one_row")],
            },
        ),
        migrations.RunPython(write_groups, migrations.RunPython.noop, elidable=False),
    ]
