import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import taggit.managers
from django.conf import settings
from django.db import migrations, models

import episodes.notes.sections
import episodes.podcast
import interaxion.content.fields
import interaxion.content.files.pictures
import interaxion.content.languages
import interaxion.content.publishing.publishable
import interaxion.content.site_time
import interaxion.content.validators


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("content", "0001_first_release"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="Episode",
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
                    "number",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=7,
                        null=True,
                        unique=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="number",
                    ),
                ),
                (
                    "distribution_notes",
                    models.TextField(
                        blank=True,
                        help_text="The version cut by hand for podcast hosts; empty: it is made from the notes.",
                        validators=[interaxion.content.validators.validate_text],
                        verbose_name="short notes",
                    ),
                ),
                (
                    "short_introduction",
                    models.TextField(
                        blank=True,
                        help_text="Empty: the summary.",
                        validators=[
                            interaxion.content.validators.validate_text,
                            django.core.validators.MaxLengthValidator(4000),
                        ],
                        verbose_name="introduction of the short notes",
                    ),
                ),
                (
                    "pinned_links",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="In the short notes, before all others; one address on each line.",
                        verbose_name="links that stay",
                    ),
                ),
                (
                    "dropped_links",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="Of the short notes; one address on each line.",
                        verbose_name="links left out",
                    ),
                ),
                (
                    "audio_url",
                    models.URLField(
                        blank=True,
                        help_text="Where the audio is, if it is not uploaded here.",
                        max_length=2000,
                        validators=[django.core.validators.URLValidator(["https"])],
                        verbose_name="audio address",
                    ),
                ),
                (
                    "audio_file",
                    models.FileField(blank=True, max_length=300, upload_to="audio", verbose_name="audio file"),
                ),
                ("audio_name", models.CharField(blank=True, editable=False, max_length=255)),
                ("audio_bytes", models.PositiveBigIntegerField(blank=True, null=True, verbose_name="size in bytes")),
                (
                    "audio_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("audio/mpeg", "MP3"),
                            ("audio/mp4", "M4A"),
                            ("audio/aac", "AAC"),
                            ("audio/opus", "Opus"),
                            ("audio/ogg", "Ogg"),
                            ("audio/flac", "FLAC"),
                            ("audio/wav", "WAV"),
                            ("video/mp4", "MP4 (video)"),
                            ("video/quicktime", "QuickTime (video)"),
                            ("video/webm", "WebM (video)"),
                        ],
                        max_length=30,
                        verbose_name="type of the audio",
                    ),
                ),
                ("audio_seconds", models.PositiveIntegerField(blank=True, null=True, verbose_name="length in seconds")),
                (
                    "transcripts_elsewhere",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="Addresses that end in .vtt, .srt, .json, .html or .txt, one on each line.",
                        verbose_name="transcripts on another host",
                    ),
                ),
                (
                    "soundbites",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="The sections that apps play as a sample: the time at which each begins, such as 12:30, one on each line. It plays to the next section, at most two minutes; 12:30-13:10 ends earlier.",
                        verbose_name="soundbites",
                    ),
                ),
                (
                    "social_posts",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="The address of the show's own post about this episode, on Mastodon or Bluesky: apps show the answers. One on each line, the more important first.",
                        verbose_name="posts for comments",
                    ),
                ),
                (
                    "player_provider",
                    models.CharField(
                        blank=True,
                        choices=[("spotify", "Spotify"), ("apple", "Apple Podcasts"), ("youtube", "YouTube")],
                        max_length=20,
                        verbose_name="player",
                    ),
                ),
                (
                    "player_id",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="player's id",
                    ),
                ),
                (
                    "artwork",
                    interaxion.content.files.pictures.PictureField(
                        blank=True, upload_to="pictures", verbose_name="artwork"
                    ),
                ),
                ("season", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="season")),
                (
                    "episode_type",
                    models.CharField(
                        choices=[("full", "Full"), ("trailer", "Trailer"), ("bonus", "Bonus")],
                        default="full",
                        max_length=10,
                        verbose_name="episode type",
                    ),
                ),
                ("is_explicit", models.BooleanField(default=False, verbose_name="explicit")),
                (
                    "guid",
                    models.CharField(
                        default=uuid.uuid4,
                        help_text="Apps know the episode by it: it never changes.",
                        max_length=255,
                        unique=True,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="GUID",
                    ),
                ),
                ("guid_taken_from", models.CharField(blank=True, editable=False, max_length=500)),
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
                "verbose_name": "episode",
                "verbose_name_plural": "episodes",
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
            },
        ),
        migrations.CreateModel(
            name="Appearance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[(None, "not said"), ("host", "Host"), ("guest", "Guest")],
                        default="",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="appearances", to="episodes.episode"
                    ),
                ),
            ],
            options={
                "verbose_name": "speaker",
                "verbose_name_plural": "speakers",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Speaker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        max_length=100,
                        unique=True,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="name",
                    ),
                ),
                (
                    "slug",
                    models.SlugField(allow_unicode=True, blank=True, max_length=100, unique=True, verbose_name="slug"),
                ),
                (
                    "reading",
                    models.CharField(
                        blank=True,
                        help_text="In hiragana, for the order of lists.",
                        max_length=100,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="reading",
                    ),
                ),
                (
                    "aliases",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="One on each line; an import finds the person by any of them.",
                        verbose_name="other names",
                    ),
                ),
                ("bio", interaxion.content.fields.MarkdownField(blank=True, verbose_name="biography")),
                ("bio_html", models.TextField(blank=True, editable=False)),
                (
                    "image",
                    interaxion.content.files.pictures.PictureField(
                        blank=True, upload_to="pictures", verbose_name="picture"
                    ),
                ),
                (
                    "links",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="One address on each line, such as https://x.com/name.",
                        verbose_name="links",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="speaker",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
            ],
            options={
                "verbose_name": "speaker",
                "verbose_name_plural": "speakers",
            },
        ),
        migrations.AddField(
            model_name="episode",
            name="speakers",
            field=models.ManyToManyField(
                related_name="episodes", through="episodes.Appearance", to="episodes.speaker", verbose_name="speakers"
            ),
        ),
        migrations.AddField(
            model_name="appearance",
            name="speaker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="appearances",
                to="episodes.speaker",
                verbose_name="speaker",
            ),
        ),
        migrations.CreateModel(
            name="TaggedCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                ("fingerprint", models.CharField(max_length=32)),
                ("tagged_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "episode",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tagged_copy", to="episodes.episode"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TakenFromFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.JSONField(default=dict)),
                ("taken", models.JSONField(default=dict)),
                ("taken_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "episode",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="taken_from_feed",
                        to="episodes.episode",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Transcript",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=interaxion.content.languages.language_choices,
                        default="ja",
                        max_length=10,
                        verbose_name="language",
                    ),
                ),
                ("cues", models.JSONField(blank=True, default=list)),
                (
                    "is_published",
                    models.BooleanField(
                        default=False,
                        help_text="Visitors and apps get it while the episode is public.",
                        verbose_name="transcript published",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("stored_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "episode",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="transcript", to="episodes.episode"
                    ),
                ),
            ],
            options={
                "verbose_name": "transcript",
                "verbose_name_plural": "transcripts",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CopiedNotes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("profile", models.CharField(max_length=20)),
                ("text", models.TextField()),
                ("copied_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="copied_notes", to="episodes.episode"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("episode", "profile"), name="episodes_copiednotes_once")
                ],
            },
        ),
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
        migrations.CreateModel(
            name="LinkSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(default=episodes.notes.sections.make_key, editable=False, max_length=10)),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(2, "2"), (3, "3"), (4, "4"), (5, "5"), (6, "6")], default=3, verbose_name="level"
                    ),
                ),
                ("starts_at", models.PositiveIntegerField(blank=True, null=True, verbose_name="starts at")),
                (
                    "heading",
                    models.CharField(
                        blank=True,
                        max_length=500,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="heading",
                    ),
                ),
                ("body", interaxion.content.fields.MarkdownField(blank=True, verbose_name="links and commentary")),
                ("imported_anchor", models.CharField(blank=True, editable=False, max_length=500)),
                (
                    "episode",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="episodes.episode"
                    ),
                ),
            ],
            options={
                "verbose_name": "section",
                "verbose_name_plural": "sections",
                "ordering": ["position", "key"],
                "constraints": [
                    models.UniqueConstraint(fields=("episode", "key"), name="episodes_linksection_key_unique")
                ],
            },
        ),
        migrations.CreateModel(
            name="Sound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                ("file", models.CharField(max_length=300)),
                ("asked_at", models.DateTimeField(null=True)),
                ("measured_at", models.DateTimeField(null=True)),
                ("loudness", models.FloatField(null=True)),
                ("peak", models.FloatField(null=True)),
                ("silence_before", models.FloatField(null=True)),
                ("silence_after", models.FloatField(null=True)),
                ("channels", models.PositiveSmallIntegerField(null=True)),
                ("bit_rate", models.PositiveIntegerField(null=True)),
                ("outline", models.BinaryField(default=b"")),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(condition=models.Q(("asked_at", None)), fields=["id"], name="episodes_sound_waiting")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("content_type", "object_id"), name="episodes_sound_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Podcast",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "title",
                    models.CharField(
                        max_length=255, validators=[interaxion.content.validators.validate_title], verbose_name="title"
                    ),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True,
                        help_text="What the show is, in plain text, for the feed and the front page.",
                        validators=[interaxion.content.validators.validate_text],
                        verbose_name="description",
                    ),
                ),
                ("language", models.CharField(default="ja", max_length=10, verbose_name="language")),
                (
                    "author",
                    models.CharField(
                        blank=True,
                        max_length=255,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="author",
                    ),
                ),
                (
                    "owner_name",
                    models.CharField(
                        blank=True,
                        max_length=255,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="owner's name",
                    ),
                ),
                (
                    "owner_email",
                    models.EmailField(
                        blank=True,
                        help_text="Public in the feed: directories ask for it.",
                        max_length=254,
                        verbose_name="owner's e-mail address",
                    ),
                ),
                (
                    "artwork",
                    interaxion.content.files.pictures.PictureField(
                        blank=True,
                        help_text="A square of 1400 to 3000 pixels.",
                        upload_to="pictures",
                        verbose_name="artwork",
                    ),
                ),
                (
                    "mark",
                    interaxion.content.files.pictures.PictureField(
                        blank=True,
                        help_text="A small square picture beside the name of the show and in the tabs of browsers. Empty: ours.",
                        upload_to="pictures",
                        verbose_name="mark",
                    ),
                ),
                (
                    "colour",
                    models.CharField(
                        blank=True,
                        help_text="Of what can be played, such as #b23216. Pages use the nearest shade that can be read.",
                        max_length=7,
                        validators=[episodes.podcast.validate_colour],
                        verbose_name="colour",
                    ),
                ),
                (
                    "share_picture",
                    interaxion.content.files.pictures.PictureField(
                        blank=True,
                        help_text="1200 × 630 pixels, for pages without a picture of their own. Empty: the artwork.",
                        upload_to="pictures",
                        verbose_name="picture for shared links",
                    ),
                ),
                (
                    "categories",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="One on each line, such as Science > Physics.",
                        verbose_name="categories",
                    ),
                ),
                ("is_explicit", models.BooleanField(default=False, verbose_name="explicit")),
                (
                    "copyright",
                    models.CharField(
                        blank=True,
                        max_length=255,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="copyright",
                    ),
                ),
                (
                    "subscribe_links",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="The show's pages in the apps, one address on each line.",
                        verbose_name="where to listen",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        blank=True,
                        help_text="Of the times on pages and in the desk. Such as Asia/Tokyo. Empty: that of the server's settings.",
                        max_length=50,
                        validators=[interaxion.content.site_time.validate_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "misheard_words",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="For correcting transcripts: what is heard → what is right, such as 漁師 → 量子. One on each line.",
                        verbose_name="words that programs mishear",
                    ),
                ),
                (
                    "former_sites",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="Links to them are links within this site, one address on each line.",
                        verbose_name="former addresses of the site",
                    ),
                ),
                (
                    "guid",
                    models.UUIDField(
                        blank=True,
                        help_text="Directories know the show by it. Empty: it follows from the address of the feed. A show that comes from another host keeps the one it has.",
                        null=True,
                        verbose_name="GUID of the show",
                    ),
                ),
                (
                    "new_feed_url",
                    models.URLField(
                        blank=True,
                        help_text="Only when the feed moves away from here: apps will follow it to this address for good.",
                        max_length=500,
                        validators=[django.core.validators.URLValidator(["http", "https"])],
                        verbose_name="new address of the feed",
                    ),
                ),
                (
                    "followed_feed",
                    models.URLField(
                        blank=True,
                        help_text="Each new episode takes its audio, GUID, length and player from there, with `tick` or by the button.",
                        max_length=500,
                        validators=[django.core.validators.URLValidator(["http", "https"])],
                        verbose_name="feed of the host that has the audio",
                    ),
                ),
                (
                    "audio_prefix",
                    models.URLField(
                        blank=True,
                        help_text="Of a service that counts downloads, such as https://op3.dev/e/: the feed puts it before each address.",
                        max_length=500,
                        validators=[django.core.validators.URLValidator(["https"])],
                        verbose_name="prefix of the audio addresses",
                    ),
                ),
                (
                    "is_notes_only",
                    models.BooleanField(
                        default=False,
                        help_text="While another host has the feed that directories list: ours is hidden from them, and holds every episode.",
                        verbose_name="notes only",
                    ),
                ),
                (
                    "recurring_headings",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="Of the section that comes with every episode, one on each line. Empty: お知らせ.",
                        verbose_name="headings of recurring announcements",
                    ),
                ),
                (
                    "recurring_notes",
                    models.TextField(
                        blank=True,
                        help_text="Markdown, for the short notes: what that section says of every episode, in a line or two.",
                        validators=[
                            interaxion.content.validators.validate_text,
                            django.core.validators.MaxLengthValidator(2000),
                        ],
                        verbose_name="short form of the recurring announcements",
                    ),
                ),
                (
                    "funding_url",
                    models.URLField(
                        blank=True,
                        max_length=500,
                        validators=[django.core.validators.URLValidator(["https"])],
                        verbose_name="where listeners can support the show",
                    ),
                ),
                (
                    "funding_label",
                    models.CharField(
                        blank=True,
                        help_text="In apps.",
                        max_length=128,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="words of that link",
                    ),
                ),
                (
                    "license",
                    models.CharField(
                        blank=True,
                        help_text="Such as cc-by-4.0; one of your own needs its address.",
                        max_length=128,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="licence of the audio",
                    ),
                ),
                (
                    "license_url",
                    models.URLField(
                        blank=True,
                        max_length=500,
                        validators=[django.core.validators.URLValidator(["https", "http"])],
                        verbose_name="address of the licence",
                    ),
                ),
                (
                    "update_label",
                    models.CharField(
                        blank=True,
                        help_text="In words, such as “every other Friday”.",
                        max_length=128,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="how often episodes come",
                    ),
                ),
                (
                    "update_rule",
                    models.CharField(
                        blank=True,
                        help_text="For apps, as calendars write it: FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
                        max_length=255,
                        validators=[episodes.podcast.validate_rule],
                        verbose_name="the same as a rule",
                    ),
                ),
                (
                    "is_serial",
                    models.BooleanField(
                        default=False,
                        help_text="Apps then begin with the first episode of a season instead of the newest.",
                        verbose_name="told in order",
                    ),
                ),
                ("is_complete", models.BooleanField(default=False, verbose_name="no further episodes will come")),
                (
                    "txt_records",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="What a service asks for in the feed: its purpose, a colon and the text, one on each line.",
                        verbose_name="notes for services",
                    ),
                ),
                (
                    "hosts",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Who makes the show, for the feed and for search engines.",
                        to="episodes.speaker",
                        verbose_name="hosts",
                    ),
                ),
            ],
            options={
                "verbose_name": "podcast",
                "verbose_name_plural": "podcast",
                "abstract": False,
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="episodes_podcast_one_row")],
            },
        ),
        migrations.AddIndex(
            model_name="episode",
            index=models.Index(
                fields=[
                    "status",
                    "deleted_at",
                    "publish_at",
                    "unpublish_at",
                    "season",
                    "stored_at",
                    "number",
                    "audio_seconds",
                    "text_changed_at",
                ],
                name="episodes_episode_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="episode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True), ("publish_at__isnull", False), _connector="OR"
                ),
                name="episodes_episode_published_has_date",
                violation_error_message="Something published needs a date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="episode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unpublish_at__isnull", True), ("unpublish_at__gt", models.F("publish_at")), _connector="OR"
                ),
                name="episodes_episode_ends_after_start",
                violation_error_message="The end must be later than the date of publishing.",
            ),
        ),
        migrations.AddConstraint(
            model_name="episode",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("player_provider", ""), ("player_id", "")),
                    models.Q(
                        models.Q(("player_provider", ""), _negated=True), models.Q(("player_id", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="episodes_episode_player_is_whole",
                violation_error_message="A player needs both its host and its id.",
            ),
        ),
        migrations.AddConstraint(
            model_name="appearance",
            constraint=models.UniqueConstraint(
                fields=("episode", "speaker"),
                name="episodes_appearance_once",
                violation_error_message="This speaker is already in the list.",
            ),
        ),
    ]
