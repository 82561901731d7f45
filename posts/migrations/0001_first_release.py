import django.db.models.deletion
import django.utils.timezone
import taggit.managers
from django.db import migrations, models

import interaxion.content.fields
import interaxion.content.files.pictures
import interaxion.content.languages
import interaxion.content.publishing.publishable
import interaxion.content.validators


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("content", "0001_first_release"),
        ("episodes", "0001_first_release"),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(allow_unicode=True, max_length=60, unique=True, verbose_name="slug")),
                (
                    "name",
                    models.CharField(
                        max_length=100, validators=[interaxion.content.validators.validate_title], verbose_name="name"
                    ),
                ),
                (
                    "english_name",
                    models.CharField(
                        blank=True,
                        help_text="For the pages in English. Empty: the name.",
                        max_length=100,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="English name",
                    ),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True, validators=[interaxion.content.validators.validate_text], verbose_name="description"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
                "ordering": ["position", "slug"],
            },
        ),
        migrations.CreateModel(
            name="Post",
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
                (
                    "cover",
                    interaxion.content.files.pictures.PictureField(
                        blank=True, upload_to="pictures", verbose_name="cover image"
                    ),
                ),
                (
                    "cover_alt",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="what the cover shows",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="posts.category",
                        verbose_name="category",
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
                "verbose_name": "post",
                "verbose_name_plural": "posts",
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
            },
        ),
        migrations.CreateModel(
            name="PostAuthorship",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="authorships", to="posts.post"
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
            model_name="post",
            name="authors",
            field=models.ManyToManyField(
                related_name="posts", through="posts.PostAuthorship", to="episodes.speaker", verbose_name="authors"
            ),
        ),
        migrations.AddConstraint(
            model_name="postauthorship",
            constraint=models.UniqueConstraint(fields=("post", "speaker"), name="posts_authorship_once"),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True), ("publish_at__isnull", False), _connector="OR"
                ),
                name="posts_post_published_has_date",
                violation_error_message="Something published needs a date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unpublish_at__isnull", True), ("unpublish_at__gt", models.F("publish_at")), _connector="OR"
                ),
                name="posts_post_ends_after_start",
                violation_error_message="The end must be later than the date of publishing.",
            ),
        ),
    ]
