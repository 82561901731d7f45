"""Round trips: an export, imported again, gives equal rows, and exported again, the same bytes."""

import os
import re
import subprocess
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import models
from django.utils import timezone

from courses.models import Chapter, Course
from episodes.models import Episode, Podcast, Speaker
from interaxion.content.exporting.rows import PRIVATE
from interaxion.content.files.models import StoredFile, store_file
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.linking.works import Work
from interaxion.content.paths import Path as Address
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.content.tags import Tag, TaggedItem
from interaxion.sitewide.exporting.site import export_site
from interaxion.sitewide.models import Page
from interaxion.text.front_matter.parsing import parse_document
from posts.models import Category, Post
from tests.call_counts import counted
from tests.factories import make_chapter, make_course, make_episode, make_page, make_post, make_speaker
from tests.imports import DATA, actions, copy_site, import_all, make_picture, write_file

pytestmark = pytest.mark.django_db

#: The models that the import of an export restores, in an order in which the rows of the demo can be deleted.
CONTENT = (Episode, Post, Chapter, Course, Page)
ROWS = (Podcast, Speaker, Tag, Category, StoredFile, Work)


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def plain(row: models.Model, *, without: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return every field that is not derived, related rows by their names, and every address."""
    fields = [field for field in row._meta.concrete_fields if field.name not in PRIVATE | {"id"} | without]
    values = {field.name: str(getattr(row, field.name)) for field in fields}
    addresses = Address.objects.filter(object_id=row.pk, content_type__model=row._meta.model_name)
    values["addresses"] = sorted(addresses.values_list("path", "has_slash", "is_current", "is_kept"))
    return values


def state() -> dict[str, Any]:
    """Return the whole site as plain data, with derived fields, which must come out the same too."""
    site: dict[str, Any] = {}
    for kind in CONTENT:
        site[kind.__name__] = [
            plain(thing)
            | {
                "tags": sorted(tag.name for tag in thing.tags.all()) if hasattr(thing, "tags") else [],
                "rows": [
                    [
                        plain(row, without=frozenset({"episode", "post", "course", "chapter"}))
                        for row in getattr(thing, name).all()
                    ]
                    for name in thing.snapshot_rows
                ],
                "links": sorted(thing.links.values_list("position", "url", "anchor", "text", "status", "work__key")),
            }
            for thing in kind.objects.order_by("path")
        ]
    for kind in ROWS:
        site[kind.__name__] = sorted((plain(row) for row in kind.objects.all()), key=str)
    site["hosts"] = [host.name for podcast in Podcast.objects.all() for host in podcast.hosts.order_by("name")]
    site["work ids"] = sorted(Work.objects.values_list("pk", "key", "merged_into_id"))
    return site


def empty_database() -> None:
    for kind in (*CONTENT, Category, Speaker, Tag, StoredFile, Podcast, TaggedItem, ImportedFile, Address):
        kind.objects.all().delete()
    Work.objects.exclude(merged_into=None).delete()
    Work.objects.all().delete()


def there_and_back(folder: Path, settings: Any) -> dict[str, str]:
    """Export, empty the database and the media, import, export again; assert that everything is as before."""
    before = state()
    export_site(folder / "first")
    empty_database()
    settings.MEDIA_ROOT = folder / "other-media"

    outcomes = import_all(folder / "first")

    assert not [str(outcome.problem) for outcome in outcomes if outcome.problem]
    assert not [str(note) for outcome in outcomes for note in outcome.warnings]
    after = state()
    for kind, rows in before.items():
        assert len(after[kind]) == len(rows), kind
        for one, other in zip(after[kind], rows, strict=True):
            assert one == other, kind
    export_site(folder / "second")
    assert files_in(folder / "second") == files_in(folder / "first")
    return {name: data.decode() for name, data in files_in(folder / "first").items() if name.endswith((".md", ".yml"))}


def test_imported_site_comes_back(tmp_path, settings):
    import_all(copy_site(tmp_path))

    there_and_back(tmp_path, settings)


def test_site_with_names_of_other_people_comes_back(tmp_path, settings):
    site = tmp_path / "site"
    write_file(site, "_config.yml", "permalink: /:categories/:title.html\n")
    write_file(site, "assets/Screen Shot (1).png", make_picture())
    write_file(site, "assets/photo.jpg", make_picture(format="JPEG"))
    write_file(site, "assets/copy.jpg", make_picture(format="JPEG") + b"\0")  # encoded to the same bytes
    post = "---\nlayout: single\ntitle: 題\npermalink: /my post/\nredirect_from: [/a b/c.html]\n---\n"
    write_file(site, "sea/_posts/2026-02-05-deep water.md", post + "本文 ![絵](../assets/Screen Shot (1).png)\n")
    write_file(site, "_drafts/idea.md", "---\nlayout: podcast\ntitle: 氷\nstarring: ~\n---\n### 0:00 あ\n\n- い\n")
    import_all(site)

    there_and_back(tmp_path, settings)


def test_courses_come_back_byte_for_byte(tmp_path, settings):
    bom = write_file(tmp_path, "ja/ropes/chapter-3.md", "\ufeff# ひも\r\n\r\n前付けなし。\r\n")
    write_file(tmp_path, "ja/ropes/index.md", "---\ntitle: 紐\n# a comment\nlanguage: ja\n---\n")
    outcomes = import_all(DATA / "course", tmp_path / "ja", publish_at=timezone.now())
    assert not [str(o.problem) for o in outcomes if o.problem]

    there_and_back(tmp_path, settings)

    for name, source in {
        "courses/ropes/chapter-3.md": bom,
        "courses/ropes/index.md": tmp_path / "ja/ropes/index.md",
        "courses/waves/chapter-1.md": DATA / "course/ja/waves/chapter-1.md",
        "courses/waves/chapter-2.md": DATA / "course/ja/waves/chapter-2.md",
        "courses/waves-en/chapter-1.md": DATA / "course/en/waves/chapter-1.md",
    }.items():
        assert (tmp_path / "first" / name).read_bytes() == source.read_bytes(), name


def make_site() -> None:
    """Make content of every kind, in every state that a host, an editor and the clock can give it."""
    now = timezone.now()
    photo = store_file("写真.jpg", make_picture(format="JPEG", size=(1700, 900)))
    oka = make_speaker(name="岡 実", reading="おか", aliases=["oka"], bio="紐の人。", links=["https://x.com/oka"])
    rei = make_speaker(name="れい: 二号")
    Podcast(pk=1, title="紐の話", owner_email="a@example.org", categories=["Science"]).save()
    Podcast.current().hosts.add(oka)
    make_episode(
        number="19.5",
        notes=f"導入。\n\n## 0:00 はじめ {{#old-id}}\n\n![図]({photo.file.url})\n\n"
        "### 1:30 論文\n\n- [論文](https://doi.org/10.1000/xyz)\n\n{{ liquid }} {% raw %}\n",
        speakers=(rei, oka),
        tags=("超伝導", "C++"),
        live=True,
        distribution_notes="# Ep. 19.5\n\n  短い版\n\n- 一\n",
        audio_url="https://audio.example/19.mp3",
        audio_bytes=10,
        audio_seconds=20,
        audio_type="audio/mpeg",
        season=2,
        is_explicit=True,
        episode_type="bonus",
        summary="**要約**",
    )
    make_episode(number=None, notes="", title="番号のない回")
    make_episode(publish_at=now + timedelta(days=30), unpublish_at=now + timedelta(days=60))
    ended = make_episode(publish_at=now - timedelta(days=30))
    ended.unpublish_at = now - timedelta(days=1)
    store(ended, user=None)
    trashed = make_post(live=True, body="ゴミ\n")
    transition(trashed, to="trashed", user=None)
    in_review = make_post(title="確認待ち", body="---\nnot: front matter\n---\r\n\u2028x\n", tags=("超伝導",))
    transition(in_review, to="review", user=None)
    post = make_post(
        live=True, authors=(oka, rei), path="/blog/2026/長い.名前", body=f"[pdf]({photo.file.url})", language="en"
    )
    post.path = "/blog/other/"
    store(post, user=None)
    make_post(category="courrier", title="Index", path="/index")
    make_page(live=True, path="/README/", in_navigation=True, position=3)
    course = make_course(
        slug="紐", live=True, level="初級", version_label="1.10", subtitle="副題", audience="学部生, 大学院生"
    )
    course.replace_authors([oka, rei])
    make_chapter(course=course, slug="index", live=True, source="﻿# 章\r\n\r\n  字下げ\t\n\n")
    chapter = make_chapter(course=course, position=2, source="no end of line")
    chapter.replace_authors([rei])
    Tag.objects.filter(name="超伝導").update(reading="ちょうでんどう", aliases=["superconductivity"])
    Tag(name="使われない").save()
    Category.objects.filter(slug="blog").update(description="説明\n二行", position=4)
    work = Work.objects.get(kind="doi")
    work.title, work.details, work.found_title = "題", {"year": "2020"}, "Title"
    work.found, work.looked_up_at = {"authors": ["甲, 乙"], "other_forms": ["arxiv:2301.00001"]}, timezone.now()
    work.save()
    Work(kind="url", key="url:x", url="https://a.example/x", merged_into=work).save()


def test_what_people_made_comes_back(tmp_path, settings):
    make_site()

    files = there_and_back(tmp_path, settings)

    assert 'title: "19.5: ' not in files["_config.yml"]
    assert any("title: '19.5: " in text for text in files.values())


def test_whole_site_of_a_zip_or_a_second_run_changes_nothing(tmp_path):
    make_site()
    export_site(tmp_path / "out")
    before = state()

    tree = export_site(tmp_path / "out")
    outcomes = import_all(tmp_path / "out")

    assert tree.changed == 0
    assert set(actions(outcomes).values()) == {"unchanged"}
    assert state() == before


def test_restored_documents_are_known_by_all_of_their_files(tmp_path, settings):
    make_site()
    export_site(tmp_path / "out")
    empty_database()
    settings.MEDIA_ROOT = tmp_path / "other-media"
    import_all(tmp_path / "out")

    with counted(parse_document) as calls:
        outcomes = import_all(tmp_path / "out")

    assert set(actions(outcomes).values()) == {"unchanged"}
    assert not calls
    (row,) = (tmp_path / "out/_data/episodes").glob("*ep19-5.yml")
    row.write_text(row.read_text().replace("season: 2", "season: 3"))
    with counted(parse_document) as calls:
        import_all(tmp_path / "out")
    assert calls


def test_sections_with_one_key_are_refused_with_their_document(tmp_path):
    make_site()
    export_site(tmp_path / "out")
    (row,) = (tmp_path / "out/_data/episodes").glob("*ep19-5.yml")
    keys = re.search(r"sections:\n- (\S+)\n- (\S+)\n", row.read_text())
    row.write_text(row.read_text().replace(keys[2], keys[1]))
    empty_database()

    outcomes = import_all(tmp_path / "out")

    assert [outcome.file for outcome in outcomes if outcome.problem] == [f"_posts/{row.stem}.md"]
    assert Episode.objects.filter(number=Decimal("19.5")).count() == 0


def test_edited_chapter_keeps_the_front_matter_of_its_author(tmp_path):
    import_all(DATA / "course", publish_at=timezone.now())
    chapter = Chapter.objects.get(course__slug="waves", position=1)
    chapter.source += "\n一行ふえた。\n"
    store(chapter, user=None)

    export_site(tmp_path / "out")

    original = (DATA / "course/ja/waves/chapter-1.md").read_bytes()
    assert (tmp_path / "out/courses/waves/chapter-1.md").read_bytes() == original + "\n一行ふえた。\n".encode()


def test_edited_title_is_replaced_in_its_line(tmp_path):
    write_file(
        tmp_path,
        "site/_posts/2026-04-01-ep57.md",
        '---\n# first\nlayout: podcast\ntitle: "57: 旧題"  # shown\n# about mood\nmood: 静か\n---\n\n'
        "### 0:00 題\n\n本文\n",
    )
    import_all(tmp_path / "site")
    episode = Episode.objects.get()
    episode.title = "新題"
    store(episode, user=None)

    export_site(tmp_path / "out")

    assert (tmp_path / "out/_posts/2026-04-01-ep57.md").read_text() == (
        "---\n# first\nlayout: podcast\ntitle: '57: 新題'\n# about mood\nmood: 静か\npermalink: /57\n---\n\n"
        "### 0:00 題 {#000-題}\n\n本文\n"
    )


def test_document_changed_by_hand_wins_over_its_row(tmp_path, settings):
    make_site()
    guid = Episode.objects.get(number=Decimal("19.5")).guid
    export_site(tmp_path / "out")
    (file,) = (tmp_path / "out/_posts").glob("*ep19-5.md")
    file.write_text(file.read_text().replace("導入。", "書きなおした導入。"))
    empty_database()

    import_all(tmp_path / "out")

    episode = Episode.objects.get(number=Decimal("19.5"))
    assert episode.sections.first().body == "書きなおした導入。"
    assert (episode.guid, episode.season) == (guid, 2)


def test_what_is_gone_goes_and_what_others_put_there_stays(tmp_path):
    make_site()
    export_site(tmp_path / "out")
    write_file(tmp_path, "out/README.md", "ours")
    write_file(tmp_path, "out/.git/config", "x")
    Page.objects.all().delete()

    export_site(tmp_path / "out")

    assert not (tmp_path / "out/pages").exists()
    assert (tmp_path / "out/README.md").read_text() == "ours"
    assert (tmp_path / "out/.git/config").read_text() == "x"


def test_folder_of_other_people_is_refused(tmp_path):
    write_file(tmp_path, "thesis.md", "years of work")

    with pytest.raises(CommandError, match="thesis.md"):
        call_command("export_content", str(tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["thesis.md"]


def test_manifest_is_what_sha256sum_checks(tmp_path):
    make_site()
    export_site(tmp_path / "out")

    subprocess.run(["sha256sum", "--check", "--quiet", ".sha256sums"], cwd=tmp_path / "out", check=True)


def test_manifest_cannot_reach_out_of_its_folder(tmp_path):
    outside = write_file(tmp_path, "outside.md", "x")
    write_file(tmp_path, "out/.sha256sums", f"{'0' * 64}  ../outside.md\n")

    export_site(tmp_path / "out")

    assert outside.exists()


@pytest.mark.jekyll
def test_jekyll_builds_it(tmp_path):
    make_site()
    export_site(tmp_path / "out")

    subprocess.run(["jekyll", "build", "--source", tmp_path / "out", "--destination", tmp_path / "built"], check=True)

    assert "{{ liquid }} {% raw %}" in (tmp_path / "built/19-5.html").read_text()
    assert (tmp_path / "built/courses/紐/index.html").is_file()


@pytest.mark.corpus
def test_real_sites_come_back(tmp_path, settings):
    corpus = Path(os.environ["CORPUS"])
    import_all(corpus / "interaxion", corpus / "courses", publish_at=datetime(2025, 1, 1, tzinfo=UTC))

    there_and_back(tmp_path, settings)

    chapters = [*(corpus / "courses").rglob("chapter*.md"), *(corpus / "courses").rglob("index.md")]
    exported = set(files_in(tmp_path / "first").values())
    assert [file for file in chapters if file.read_bytes() not in exported] == []


def test_choices_for_short_notes_and_what_apps_show_come_back(tmp_path, settings):
    Podcast.objects.create(
        pk=1,
        title="番組",
        recurring_headings=["おたより"],
        recurring_notes="[おたより](https://mail.example/)へ\n\nどうぞ。",
        funding_url="https://support.example/",
        funding_label="豆を贈る",
        license="lab-v1",
        license_url="https://show.example/license",
        update_label="隔週",
        update_rule="FREQ=WEEKLY;INTERVAL=2",
        is_complete=True,
        txt_records=["verify: abc: def", "xyz"],
        is_serial=True,
        audio_prefix="https://count.example/e/",
        followed_feed="https://host.example/rss",
    )
    make_episode(
        number="57",
        audio_url="https://audio.example/57.opus",
        audio_type="audio/opus",
        soundbites=["1:30-1:50"],
        social_posts=["https://fedi.example/@oka/1"],
        transcripts_elsewhere=["https://host.example/57.vtt"],
        pinned_links=["https://doi.org/10.1000/x", "/13"],
        dropped_links=["https://a.example/"],
        short_introduction="**前書き**です。\n\n二段目。",
        live=True,
    )

    there_and_back(tmp_path, settings)
