import django.db.models.deletion
import django.utils.timezone
import taggit.managers
from django.db import migrations, models

import courses.from_file
import interaxion.content.fields
import interaxion.content.languages
import interaxion.content.publishing.publishable
import interaxion.content.validators


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("content", "0001_first_release"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("episodes", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chapter",
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
                (
                    "front_matter",
                    models.TextField(
                        blank=True,
                        help_text="The keys at the head of the file: level, time, prerequisites, licence. Titles are fields above.",
                        validators=[courses.from_file.validate_front_matter],
                        verbose_name="front matter",
                    ),
                ),
                ("lesson", models.JSONField(blank=True, default=dict, editable=False)),
                ("appendix", models.TextField(blank=True, editable=False)),
                ("slug", models.SlugField(allow_unicode=True, max_length=80, verbose_name="slug")),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                (
                    "subtitle",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="subtitle",
                    ),
                ),
                ("source", interaxion.content.fields.MarkdownField(verbose_name="text")),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text="A comma-separated list of tags.",
                        through="content.TaggedItem",
                        to="content.Tag",
                        verbose_name="tags",
                    ),
                ),
            ],
            options={
                "verbose_name": "chapter",
                "verbose_name_plural": "chapters",
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
            },
        ),
        migrations.CreateModel(
            name="ChapterAuthorship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "chapter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="authorships", to="courses.chapter"
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="episodes.speaker",
                        verbose_name="author",
                    ),
                ),
            ],
            options={
                "verbose_name": "author",
                "verbose_name_plural": "authors",
                "ordering": ["position", "pk"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="chapter",
            name="authors",
            field=models.ManyToManyField(
                related_name="chapters",
                through="courses.ChapterAuthorship",
                to="episodes.speaker",
                verbose_name="authors",
            ),
        ),
        migrations.CreateModel(
            name="Course",
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
                (
                    "front_matter",
                    models.TextField(
                        blank=True,
                        help_text="The keys at the head of the file: level, time, prerequisites, licence. Titles are fields above.",
                        validators=[courses.from_file.validate_front_matter],
                        verbose_name="front matter",
                    ),
                ),
                ("lesson", models.JSONField(blank=True, default=dict, editable=False)),
                ("appendix", models.TextField(blank=True, editable=False)),
                ("slug", models.SlugField(allow_unicode=True, max_length=80, unique=True, verbose_name="slug")),
                (
                    "subtitle",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="subtitle",
                    ),
                ),
                ("source", interaxion.content.fields.MarkdownField(blank=True, verbose_name="text of the course page")),
                (
                    "version_label",
                    models.CharField(
                        blank=True,
                        max_length=20,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="edition",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        max_length=60,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="level",
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        blank=True,
                        help_text="Whom it is meant for, divided by commas.",
                        max_length=500,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="audience",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: after those that have one.",
                        null=True,
                        verbose_name="place among the courses",
                    ),
                ),
                (
                    "tags",
                    taggit.managers.TaggableManager(
                        blank=True,
                        help_text="A comma-separated list of tags.",
                        through="content.TaggedItem",
                        to="content.Tag",
                        verbose_name="tags",
                    ),
                ),
            ],
            options={
                "verbose_name": "course",
                "verbose_name_plural": "courses",
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
            },
        ),
        migrations.AddField(
            model_name="chapter",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="chapters",
                to="courses.course",
                verbose_name="course",
            ),
        ),
        migrations.CreateModel(
            name="CourseAuthorship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="authorships", to="courses.course"
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="episodes.speaker",
                        verbose_name="author",
                    ),
                ),
            ],
            options={
                "verbose_name": "author",
                "verbose_name_plural": "authors",
                "ordering": ["position", "pk"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="course",
            name="authors",
            field=models.ManyToManyField(
                related_name="courses",
                through="courses.CourseAuthorship",
                to="episodes.speaker",
                verbose_name="authors",
            ),
        ),
        migrations.CreateModel(
            name="Exercise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=20)),
                ("title", models.TextField(blank=True)),
                (
                    "difficulty",
                    models.CharField(
                        blank=True, choices=[("easy", "Easy"), ("medium", "Medium"), ("hard", "Hard")], max_length=10
                    ),
                ),
                ("anchor", models.TextField()),
                ("line", models.PositiveIntegerField(default=0)),
                ("question", models.TextField()),
                ("hints", models.JSONField(default=list)),
                ("answers", models.JSONField(default=list)),
                ("has_shared_answer", models.BooleanField(default=False)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Reference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                ("position", models.PositiveSmallIntegerField()),
                ("number", models.PositiveSmallIntegerField(null=True)),
                ("group", models.TextField(blank=True)),
                ("html", models.TextField()),
                ("text", models.TextField()),
                ("title", models.TextField(blank=True)),
                ("year", models.CharField(blank=True, max_length=4)),
                ("doi", models.TextField(blank=True)),
                ("arxiv", models.TextField(blank=True)),
                ("isbn", models.TextField(blank=True)),
                ("url", models.TextField(blank=True)),
                ("is_unverified", models.BooleanField(default=False)),
                ("citations", models.JSONField(default=list)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="chapterauthorship",
            constraint=models.UniqueConstraint(fields=("chapter", "speaker"), name="courses_authorship_once"),
        ),
        migrations.AddConstraint(
            model_name="chapter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True), ("publish_at__isnull", False), _connector="OR"
                ),
                name="courses_chapter_published_has_date",
                violation_error_message="Something published needs a date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="chapter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unpublish_at__isnull", True), ("unpublish_at__gt", models.F("publish_at")), _connector="OR"
                ),
                name="courses_chapter_ends_after_start",
                violation_error_message="The end must be later than the date of publishing.",
            ),
        ),
        migrations.AddConstraint(
            model_name="chapter",
            constraint=models.UniqueConstraint(
                fields=("course", "slug"),
                name="courses_chapter_slug_unique",
                violation_error_message="The course already has a chapter of this slug.",
            ),
        ),
        migrations.AddConstraint(
            model_name="courseauthorship",
            constraint=models.UniqueConstraint(fields=("course", "speaker"), name="courses_course_authorship_once"),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True), ("publish_at__isnull", False), _connector="OR"
                ),
                name="courses_course_published_has_date",
                violation_error_message="Something published needs a date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="course",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unpublish_at__isnull", True), ("unpublish_at__gt", models.F("publish_at")), _connector="OR"
                ),
                name="courses_course_ends_after_start",
                violation_error_message="The end must be later than the date of publishing.",
            ),
        ),
        migrations.AddIndex(
            model_name="exercise",
            index=models.Index(fields=["content_type", "object_id"], name="courses_exercise_owner"),
        ),
        migrations.AddIndex(
            model_name="reference",
            index=models.Index(fields=["content_type", "object_id"], name="courses_reference_owner"),
        ),
    ]
