"""The tables of what everything shares, with the search index, which each database has of its own kind."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import interaxion.content.collecting.collected_link
import interaxion.content.fields
import interaxion.content.publishing.working_copies
import interaxion.content.search.rows
import interaxion.content.validators

#: An FTS5 table over words that triggers keep up, and a GIN index over integers.
SEARCH_INDEX = {
    "sqlite": (
        # `detail=none` stores which row holds a word, but not where, which the text itself tells: a quarter of the size.
        """CREATE VIRTUAL TABLE content_searchindex USING fts5(
            grams, content='content_searchrow', content_rowid='id', detail=none, columnsize=0, tokenize='ascii')""",
        """CREATE TRIGGER content_searchrow_inserted AFTER INSERT ON content_searchrow BEGIN
            INSERT INTO content_searchindex(rowid, grams) VALUES (new.id, new.grams);
        END""",
        """CREATE TRIGGER content_searchrow_deleted AFTER DELETE ON content_searchrow BEGIN
            INSERT INTO content_searchindex(content_searchindex, rowid, grams) VALUES ('delete', old.id, old.grams);
        END""",
        """CREATE TRIGGER content_searchrow_updated AFTER UPDATE OF id, grams ON content_searchrow BEGIN
            INSERT INTO content_searchindex(content_searchindex, rowid, grams) VALUES ('delete', old.id, old.grams);
            INSERT INTO content_searchindex(rowid, grams) VALUES (new.id, new.grams);
        END""",
    ),
    "postgresql": (
        # Without `fastupdate` no search has to merge the pending entries of earlier saves.
        "CREATE INDEX content_searchrow_grams ON content_searchrow USING gin (grams) WITH (fastupdate = off)",
        # By its usual hundred PostgreSQL takes a word that nobody wrote for one that every 200th page has, and rather
        # reads page after page, the last written first, than ask the index.
        "ALTER TABLE content_searchrow ALTER COLUMN grams SET STATISTICS 1000",
    ),
}
SEARCH_INDEX_REMOVAL = {
    "sqlite": (
        "DROP TRIGGER content_searchrow_inserted",
        "DROP TRIGGER content_searchrow_deleted",
        "DROP TRIGGER content_searchrow_updated",
        "DROP TABLE content_searchindex",
    ),
    "postgresql": ("DROP INDEX content_searchrow_grams",),
}

#: Words that mean the same for a search, to begin with. Editors change them.
FIRST_WORDS = [
    ["超伝導", "超電導", "superconductivity", "superconductor"],
    ["暗黒物質", "ダークマター", "dark matter"],
    ["暗黒エネルギー", "ダークエネルギー", "dark energy"],
    ["アクシオン", "アキシオン", "axion"],
    ["ミュオン", "ミュー粒子", "μ粒子", "muon"],
    ["ニュートリノ", "中性微子", "neutrino"],
    ["素粒子", "elementary particle"],
    ["量子コンピュータ", "量子計算機", "quantum computer"],
    ["量子もつれ", "量子エンタングルメント", "エンタングルメント", "entanglement"],
    ["機械学習", "マシンラーニング", "machine learning"],
    ["深層学習", "ディープラーニング", "deep learning"],
    ["人工知能", "AI", "artificial intelligence"],
    ["大規模言語モデル", "LLM", "large language model"],
    ["第一原理計算", "ab initio", "first-principles"],
    ["密度汎関数理論", "DFT", "density functional theory"],
    ["分子動力学", "molecular dynamics"],
    ["磁石", "マグネット", "magnet"],
    ["半導体", "semiconductor"],
    ["加速器", "accelerator"],
    ["重力波", "gravitational wave"],
    ["ブラックホール", "black hole"],
    ["ノーベル賞", "Nobel Prize"],
    ["イグノーベル賞", "Ig Nobel Prize"],
    ["宇宙論", "cosmology"],
    ["走査型トンネル顕微鏡", "STM"],
    ["角度分解光電子分光", "ARPES"],
    ["シミュレーション", "シュミレーション", "simulation"],
    ["ポッドキャスト", "podcast"],
    ["α", "アルファ"],
    ["β", "ベータ"],
    ["γ", "ガンマ"],
    ["Λ", "ラムダ"],
    ["Ξ", "グザイ", "クシー"],
    ["Σ", "シグマ"],
    ["Ω", "オメガ"],
]


def make_search_index(apps, schema_editor):
    for statement in SEARCH_INDEX[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_search_index(apps, schema_editor):
    for statement in SEARCH_INDEX_REMOVAL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def write_first_words(apps, schema_editor):
    synonyms = apps.get_model("content", "Synonyms")
    synonyms.objects.bulk_create(synonyms(words=words) for words in FIRST_WORDS)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="LinkStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.CharField(max_length=2000, unique=True, verbose_name="address")),
                (
                    "state",
                    models.CharField(
                        choices=[("ok", "Fine"), ("moved", "Moved"), ("dead", "Dead"), ("unknown", "Unknown")],
                        default="unknown",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("code", models.PositiveSmallIntegerField(default=0, verbose_name="code")),
                ("final_url", models.TextField(blank=True, verbose_name="leads to")),
                ("checked_at", models.DateTimeField(db_index=True, null=True, verbose_name="checked")),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("gone_since", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "state of a link",
                "verbose_name_plural": "states of links",
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(max_length=300, upload_to="files", verbose_name="file")),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True)),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("content_type", models.CharField(editable=False, max_length=100, verbose_name="type of the file")),
                ("width", models.PositiveIntegerField(editable=False, null=True, verbose_name="width")),
                ("height", models.PositiveIntegerField(editable=False, null=True, verbose_name="height")),
                ("alt", models.CharField(blank=True, max_length=500, verbose_name="alternative text")),
            ],
            options={
                "verbose_name": "file",
                "verbose_name_plural": "files",
            },
        ),
        migrations.CreateModel(
            name="Synonyms",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "words",
                    interaxion.content.fields.LinesField(
                        blank=True,
                        default=list,
                        help_text="One on each line: who searches for one of them finds the others, too. Ten at most.",
                        verbose_name="words",
                    ),
                ),
            ],
            options={
                "verbose_name": "words that mean the same",
                "verbose_name_plural": "words that mean the same",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name")),
                ("slug", models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name="slug")),
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
                    "description",
                    models.TextField(
                        blank=True, validators=[interaxion.content.validators.validate_text], verbose_name="description"
                    ),
                ),
                ("aliases", models.JSONField(blank=True, default=list, verbose_name="other names")),
            ],
            options={
                "verbose_name": "tag",
                "verbose_name_plural": "tags",
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "happened_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="when"),
                ),
                ("title", models.CharField(editable=False, max_length=300, verbose_name="what was done")),
                ("taken_back_at", models.DateTimeField(editable=False, null=True, verbose_name="taken back at")),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "change to many things",
                "verbose_name_plural": "changes to many things",
                "ordering": ["-happened_at", "-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="CollectedLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "url",
                    models.TextField(
                        max_length=2000,
                        validators=[interaxion.content.collecting.collected_link.validate_address],
                        verbose_name="address",
                    ),
                ),
                ("key", models.CharField(db_index=True, editable=False, max_length=300)),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="title",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        max_length=500,
                        validators=[interaxion.content.validators.validate_text],
                        verbose_name="a line about it",
                    ),
                ),
                ("collected_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("away_at", models.DateTimeField(editable=False, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "collected link",
                "verbose_name_plural": "collected links",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DeskSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "hosts_may_edit_published",
                    models.BooleanField(
                        default=True,
                        help_text="Editors see each correction. Without it, a change waits until an editor takes it.",
                        verbose_name="hosts correct what is published themselves",
                    ),
                ),
            ],
            options={
                "verbose_name": "desk settings",
                "verbose_name_plural": "desk settings",
                "abstract": False,
                "default_permissions": ("view", "change"),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="content_desksettings_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="MailChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("handed_over", models.BooleanField(default=True, verbose_name="something waits for review")),
                ("sent_back", models.BooleanField(default=True, verbose_name="something of mine was sent back")),
                (
                    "suggested",
                    models.BooleanField(default=True, verbose_name="a change was suggested, or mine was decided"),
                ),
                ("letters", models.BooleanField(default=True, verbose_name="one line a day, if letters came")),
                ("language", models.CharField(default="ja", editable=False, max_length=10)),
                ("letters_told_at", models.DateTimeField(editable=False, null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_choice",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of mails",
                "verbose_name_plural": "choices of mails",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SiteState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveBigIntegerField(default=0)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("boundaries", models.JSONField(blank=True, default=list)),
                ("time_zone", models.CharField(blank=True, max_length=50)),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="content_sitestate_one_row")
                ],
            },
        ),
        migrations.CreateModel(
            name="Work",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(editable=False, max_length=10, verbose_name="kind")),
                ("key", models.CharField(editable=False, max_length=300, unique=True, verbose_name="key")),
                (
                    "title",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the title that was found, else the words of its first link.",
                        max_length=500,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="title",
                    ),
                ),
                ("url", models.TextField(verbose_name="address")),
                ("details", models.JSONField(blank=True, default=dict, editable=False)),
                ("found_title", models.TextField(blank=True, editable=False)),
                ("found", models.JSONField(blank=True, default=dict, editable=False)),
                ("looked_up_at", models.DateTimeField(editable=False, null=True)),
                ("link_count", models.PositiveIntegerField(default=0, editable=False, verbose_name="links")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="content.work",
                    ),
                ),
            ],
            options={
                "verbose_name": "work",
                "verbose_name_plural": "works",
            },
        ),
        migrations.CreateModel(
            name="StatedForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(db_index=True, max_length=300)),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stated_forms", to="content.work"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
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
                ("publish_at", models.DateTimeField(blank=True, null=True)),
                ("title", models.CharField(max_length=400)),
                ("dated_at", models.DateTimeField(null=True)),
                ("path", models.CharField(max_length=300)),
                ("language", models.CharField(max_length=10)),
                ("text", models.TextField(blank=True)),
                ("said_from", models.PositiveIntegerField(null=True)),
                ("folded", models.TextField()),
                ("named", models.JSONField(null=True)),
                ("places", models.JSONField(default=list)),
                ("grams", interaxion.content.search.rows.GramsField()),
                (
                    "tokenizer_version",
                    models.PositiveSmallIntegerField(default=interaxion.content.search.rows.present_version),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_rows",
                        to="content.work",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
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
                ("publish_at", models.DateTimeField(blank=True, null=True)),
                ("title", models.CharField(max_length=400)),
                ("dated_at", models.DateTimeField(null=True)),
                ("path", models.CharField(max_length=300)),
                ("language", models.CharField(max_length=10)),
                ("position", models.PositiveIntegerField()),
                ("anchor", models.CharField(blank=True, max_length=500)),
                ("heading", models.TextField(blank=True)),
                ("starts_at", models.PositiveIntegerField(null=True)),
                ("reference_number", models.PositiveIntegerField(null=True)),
                ("text", models.TextField(blank=True)),
                ("cited_as", models.TextField(blank=True)),
                ("name", models.TextField(blank=True)),
                ("url", models.TextField()),
                ("own_path", models.CharField(blank=True, db_index=True, max_length=300)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                (
                    "work",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="links", to="content.work"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="WorkAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(db_index=True, max_length=200)),
                (
                    "work",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="authors", to="content.work"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="WorkingCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField(blank=True, null=True)),
                ("key", models.CharField(default=interaxion.content.publishing.working_copies.make_key, max_length=64)),
                ("data", models.TextField(blank=True)),
                ("snapshot", models.JSONField(null=True)),
                ("base_version", models.PositiveIntegerField(default=0)),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("saved_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="suggested at")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="goes live at")),
                ("taken", models.JSONField(blank=True, null=True)),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "working copy",
                "verbose_name_plural": "working copies",
                "ordering": ["-seen_at"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ChangedRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                ("title", models.CharField(max_length=300)),
                (
                    "effect",
                    models.CharField(
                        choices=[("made", "made"), ("changed", "changed"), ("removed", "removed")], max_length=10
                    ),
                ),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                ("ahead_of_files", models.JSONField(default=dict)),
                ("kept", models.CharField(blank=True, max_length=300)),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="content.change"
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("change", "content_type", "object_id"), name="content_changedrow_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                ("name", models.CharField(max_length=500)),
                ("digest", models.CharField(max_length=64)),
                ("facts", models.JSONField(blank=True, default=dict)),
                ("version", models.PositiveIntegerField()),
                ("front_matter", models.TextField(blank=True)),
                ("extra", models.JSONField(blank=True, default=dict)),
                ("is_demo", models.BooleanField(default=False)),
                ("imported_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["content_type", "object_id"], name="content_imp_content_4ee167_idx"),
                    models.Index(fields=["name"], name="content_imp_name_cdb474_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_type", "object_id", "name"), name="content_importedfile_thing_name_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=200)),
                ("about", models.CharField(blank=True, max_length=300)),
                ("inputs", models.JSONField(default=dict)),
                ("language", models.CharField(max_length=10)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("stopped", "stopped"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("log", models.JSONField(default=list)),
                ("report", models.JSONField(null=True)),
                ("queued_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("stop_asked_at", models.DateTimeField(null=True)),
                ("task_id", models.CharField(blank=True, max_length=64)),
                ("lease", models.CharField(blank=True, max_length=32)),
                ("heard_at", models.DateTimeField(null=True)),
                ("losses", models.PositiveSmallIntegerField(default=0)),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "-queued_at"], name="content_job_user_id_4cec38_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("queued", "running"))),
                        fields=("kind", "subject"),
                        name="content_job_one_unfinished",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                (
                    "logged_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="when"),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("from_state", models.CharField(max_length=10, verbose_name="from")),
                ("to_state", models.CharField(max_length=10, verbose_name="to")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("version", models.PositiveIntegerField(editable=False, null=True, verbose_name="version")),
                ("before", models.JSONField(blank=True, default=dict, editable=False)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "log entry",
                "verbose_name_plural": "log",
                "ordering": ["-logged_at", "-pk"],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["content_type", "object_id"], name="content_log_content_33dbca_idx")],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                ("name", models.CharField(max_length=20)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("key", models.CharField(max_length=12)),
                ("text", models.TextField(blank=True)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_type", "object_id", "name", "language"), name="content_part_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Path",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                ("path", models.CharField(max_length=300, unique=True, verbose_name="path")),
                ("has_slash", models.BooleanField(default=False)),
                ("is_current", models.BooleanField(default=True, verbose_name="current")),
                ("is_kept", models.BooleanField(default=False, verbose_name="stays")),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "verbose_name": "path",
                "verbose_name_plural": "paths",
                "indexes": [models.Index(fields=["content_type", "object_id"], name="content_pat_content_b2e3ac_idx")],
            },
        ),
        migrations.CreateModel(
            name="ProblemCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                ("errors", models.PositiveSmallIntegerField(default=0)),
                ("warnings", models.PositiveSmallIntegerField(default=0)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("content_type", "object_id"), name="content_problemcount_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        max_length=80,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="your name",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        max_length=4000, validators=[interaxion.content.validators.validate_text], verbose_name="remark"
                    ),
                ),
                (
                    "section",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[interaxion.content.validators.validate_title],
                        verbose_name="section",
                    ),
                ),
                ("said_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("settled_at", models.DateTimeField(editable=False, null=True)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "remark",
                "verbose_name_plural": "remarks",
                "default_permissions": (),
                "indexes": [models.Index(fields=["content_type", "object_id"], name="content_rem_content_201e88_idx")],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.PositiveBigIntegerField()),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="saved at")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("data", models.JSONField()),
                ("was_live", models.BooleanField(default=False, verbose_name="was live")),
                ("is_correction", models.BooleanField(default=False)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["-number"],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_correction", True)),
                        fields=["content_type", "saved_at"],
                        name="content_revision_corrections",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_type", "object_id", "number"), name="content_revision_number_unique"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TaggedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_id", models.IntegerField(db_index=True, verbose_name="object ID")),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(app_label)s_%(class)s_tagged_items",
                        to="contenttypes.contenttype",
                        verbose_name="content type",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="content.tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "use of a tag",
                "verbose_name_plural": "uses of tags",
                "indexes": [
                    models.Index(fields=["tag", "content_type", "object_id"], name="content_taggeditem_things")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_type", "object_id", "tag"), name="content_taggeditem_unique"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="work",
            index=models.Index(fields=["merged_into", "-link_count", "id"], name="content_work_most_linked"),
        ),
        migrations.AddIndex(
            model_name="work",
            index=models.Index(fields=["kind", "merged_into", "link_count"], name="content_work_of_kind"),
        ),
        migrations.AddIndex(
            model_name="work",
            index=models.Index(
                condition=models.Q(("looked_up_at", None)), fields=["kind", "key"], name="content_work_not_looked_up"
            ),
        ),
        migrations.AddIndex(
            model_name="searchrow",
            index=models.Index(fields=["content_type", "object_id", "work"], name="content_searchrow_of_thing"),
        ),
        migrations.AddConstraint(
            model_name="searchrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True), ("publish_at__isnull", False), _connector="OR"
                ),
                name="content_searchrow_published_has_date",
                violation_error_message="Something published needs a date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="searchrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unpublish_at__isnull", True), ("unpublish_at__gt", models.F("publish_at")), _connector="OR"
                ),
                name="content_searchrow_ends_after_start",
                violation_error_message="The end must be later than the date of publishing.",
            ),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["content_type", "object_id"], name="content_lin_content_37826a_idx"),
        ),
        migrations.AddIndex(
            model_name="link",
            index=models.Index(fields=["dated_at"], name="content_link_dated"),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True), ("publish_at__isnull", False), _connector="OR"
                ),
                name="content_link_published_has_date",
                violation_error_message="Something published needs a date.",
            ),
        ),
        migrations.AddConstraint(
            model_name="link",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unpublish_at__isnull", True), ("unpublish_at__gt", models.F("publish_at")), _connector="OR"
                ),
                name="content_link_ends_after_start",
                violation_error_message="The end must be later than the date of publishing.",
            ),
        ),
        migrations.AddIndex(
            model_name="workingcopy",
            index=models.Index(fields=["content_type", "object_id"], name="content_wor_content_24fab4_idx"),
        ),
        migrations.AddConstraint(
            model_name="workingcopy",
            constraint=models.UniqueConstraint(fields=("user", "key"), name="content_workingcopy_key_unique"),
        ),
        migrations.RunPython(make_search_index, drop_search_index, elidable=False),
        migrations.RunPython(write_first_words, migrations.RunPython.noop, elidable=False),
    ]
