"""A team goes on writing in its repository while others already edit here: both changes are put together."""

import pytest
from django.contrib.auth.models import AbstractBaseUser
from django.core import mail
from django.urls import reverse
from django.utils.translation import override

from courses.models import Chapter
from episodes.models import Episode
from interaxion.content.changes.changes import Change
from interaxion.content.changes.recording import recording
from interaxion.content.changes.taking_back import take_back
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.revisions import snapshot
from interaxion.content.publishing.working_copies import WorkingCopy, sweep
from interaxion.content.saving.storing import store
from interaxion.sitewide.importing.plan import import_paths
from posts.models import Post
from tests.factories import make_editor, make_post
from tests.imports import import_all, make_picture, messages, write_file
from tests.jobs import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

POST = """---
layout: blog
title: 潮の話
permalink: /blog/tide
date: 2026-01-05
excerpt: はじめの要約
tags: [海]
---
はじめの本文です。
"""
NOTES = """---
layout: podcast
title: "7: 波"
permalink: /7
date: 2026-01-05
starring: [みなも]
---
### 0:00 はじめに

- あ

### 1:00 潮

- い

### 2:00 おわり

- う
"""


@pytest.fixture
def editor() -> AbstractBaseUser:
    return make_editor()


def bring(folder, text: str, name: str = "_posts/2026-01-05-a.md"):
    (outcome,) = import_all(write_file(folder, name, text))
    return outcome


def edit(thing: Publishable, user: AbstractBaseUser, **fields: str) -> None:
    thing.refresh_from_db()
    for name, value in fields.items():
        setattr(thing, name, value)
    store(thing, user=user)


def edit_section(episode: Episode, user: AbstractBaseUser, heading: str, body: str) -> None:
    def write() -> None:
        episode.sections.filter(heading=heading).update(body=body)

    episode.refresh_from_db()
    store(episode, user=user, write_related=write)


def bodies(episode: Episode) -> dict[str, str]:
    return {section.heading: section.body for section in episode.sections.all()}


def suggestions() -> list[WorkingCopy]:
    return list(WorkingCopy.objects.submitted())


def test_changes_of_different_fields_are_put_together(tmp_path, editor):
    bring(tmp_path, POST)
    edit(Post.objects.get(), editor, summary="編集者の要約")

    outcome = bring(tmp_path, POST.replace("はじめの本文", "新しい本文").replace("[海]", "[海, 潮]"))

    post = Post.objects.get()
    assert outcome.action == "updated"
    assert any("both changes are put together" in message for message in messages(outcome))
    assert (post.body, post.summary) == ("新しい本文です。\n", "編集者の要約")
    assert {tag.name for tag in post.tags.all()} == {"海", "潮"}
    assert post.is_live()
    assert not suggestions()


def test_later_changes_of_the_file_are_merged_again(tmp_path, editor):
    bring(tmp_path, POST)
    edit(Post.objects.get(), editor, summary="編集者の要約")
    second = POST.replace("はじめの本文", "次の本文")
    bring(tmp_path, second)

    assert bring(tmp_path, second).action == "unchanged"
    assert bring(tmp_path, second.replace("潮の話", "潮の新しい話")).action == "updated"

    post = Post.objects.get()
    assert (post.title, post.body, post.summary) == ("潮の新しい話", "次の本文です。\n", "編集者の要約")


def test_editors_get_one_mail_of_what_an_import_only_suggests(
    tmp_path, editor, settings, django_capture_on_commit_callbacks
):
    settings.SENDS_MAIL, settings.EMAIL_BACKEND = True, "django.core.mail.backends.locmem.EmailBackend"
    editor.email = "edi@example.org"
    editor.save()
    bring(tmp_path, POST)
    edit(Post.objects.get(), editor, body="編集者の本文です。\n")

    with django_capture_on_commit_callbacks(execute=True):
        bring(tmp_path, POST.replace("はじめの本文", "ファイルの本文"))
    run_jobs()

    (message,) = mail.outbox
    assert message.to == ["edi@example.org"]
    assert message.subject.endswith("インポートから、編集済みの文章 1件について確認があります")
    assert "ファイルの本文" not in message.body


def test_what_both_changed_waits_as_a_suggestion(tmp_path, client, editor):
    bring(tmp_path, POST)
    edit(Post.objects.get(), editor, body="編集者の本文です。\n")

    outcome = bring(tmp_path, POST.replace("はじめの本文", "ファイルの本文").replace("潮の話", "潮の新しい話"))

    post = Post.objects.get()
    assert (post.title, post.body) == ("潮の新しい話", "編集者の本文です。\n")
    assert "an editor is asked in the desk" in messages(outcome)[0]
    (copy,) = suggestions()
    sweep()
    client.force_login(editor)
    address = reverse("admin:posts_post_suggestion", args=[post.pk, copy.pk])
    with override("en"):
        page = client.get(address).content.decode()
        form = client.get(f"/admin/posts/post/{post.pk}/change/").content.decode()
    assert "ファイル" in page and "編集者" in page
    assert address in form
    client.post(address, {"apply": "1"})
    post.refresh_from_db()
    assert (post.title, post.body) == ("潮の新しい話", "ファイルの本文です。\n")
    assert not suggestions()


def test_refused_suggestion_stays_in_the_history(tmp_path, client, editor):
    bring(tmp_path, POST)
    edit(Post.objects.get(), editor, body="編集者の本文です。\n")
    changed = POST.replace("はじめの本文", "ファイルの本文")
    bring(tmp_path, changed)
    post, (copy,) = Post.objects.get(), suggestions()
    client.force_login(editor)

    client.post(reverse("admin:posts_post_suggestion", args=[post.pk, copy.pk]), {"refuse": "1"})

    assert not suggestions()
    assert any("ファイルの本文" in revision.data["fields"]["body"] for revision in post.revisions.all())
    assert not any(
        revision.was_live for revision in post.revisions.all() if "ファイルの" in revision.data["fields"]["body"]
    )
    assert bring(tmp_path, changed).action == "unchanged"
    bring(tmp_path, changed.replace("はじめの要約", "新しい要約"))
    assert not suggestions()
    assert Post.objects.get().body == "編集者の本文です。\n"


def test_newer_file_replaces_the_suggestion_of_the_older(tmp_path, editor):
    bring(tmp_path, POST)
    edit(Post.objects.get(), editor, body="編集者の本文です。\n")
    bring(tmp_path, POST.replace("はじめの本文", "一つ目の本文"))
    bring(tmp_path, POST.replace("はじめの本文", "二つ目の本文"))

    (copy,) = suggestions()
    assert copy.snapshot["fields"]["body"] == "二つ目の本文です。\n"


def test_sections_are_merged_one_by_one(tmp_path, editor):
    bring(tmp_path, NOTES, "_posts/2026-01-05-ep7.md")
    episode = Episode.objects.get()
    edit_section(episode, editor, "潮", "- 編集者の潮")

    def remove() -> None:
        episode.sections.filter(heading="おわり").delete()

    store(episode, user=editor, write_related=remove)
    text = NOTES.replace("- あ", "- ファイルのあ").replace("[みなも]", "[みなも, なぎさ]")

    outcome = bring(tmp_path, text, "_posts/2026-01-05-ep7.md")

    assert outcome.action == "updated"
    assert bodies(Episode.objects.get()) == {"はじめに": "- ファイルのあ", "潮": "- 編集者の潮"}
    assert [each.speaker.name for each in episode.appearances.all()] == ["みなも", "なぎさ"]
    assert not suggestions()


def test_section_that_both_changed_is_asked_about(tmp_path, editor):
    bring(tmp_path, NOTES, "_posts/2026-01-05-ep7.md")
    edit_section(Episode.objects.get(), editor, "潮", "- 編集者の潮")

    outcome = bring(tmp_path, NOTES.replace("- い", "- ファイルの潮"), "_posts/2026-01-05-ep7.md")

    assert bodies(Episode.objects.get())["潮"] == "- 編集者の潮"
    assert "潮" in messages(outcome)[0]
    (copy,) = suggestions()
    assert "- ファイルの潮" in [row["body"] for row in copy.snapshot["rows"]["sections"]]


def test_file_that_says_nothing_new_changes_nothing(tmp_path, editor):
    bring(tmp_path, POST)
    post = Post.objects.get()
    edit(post, editor, summary="編集者の要約")
    before = snapshot(Post.objects.get())

    outcome = bring(tmp_path, POST.replace("tags:", "mood: 静か\ntags:"))

    assert outcome.action == "unchanged"
    assert snapshot(Post.objects.get()) == before
    assert Post.objects.get().version == post.version


def test_picture_that_was_added_is_shown_in_what_a_person_wrote(tmp_path, editor):
    site = tmp_path / "site"
    write_file(site, "_config.yml", "title: 波\n")
    write_file(site, "_posts/2026-01-05-a.md", f"{POST}\n![絵](/assets/a.png)\n")
    import_all(site)
    post = Post.objects.get()
    edit(post, editor, summary="編集者の要約")
    write_file(site, "assets/a.png", make_picture())

    import_all(site)

    version, post = post.version, Post.objects.get()
    assert "<img" in post.html
    assert (post.version, post.summary) == (version, "編集者の要約")


def test_date_of_a_person_stands_and_that_of_the_file_is_taken(tmp_path, editor):
    bring(tmp_path, POST)
    edit(Post.objects.get(), editor, summary="編集者の要約")
    moved = POST.replace("2026-01-05\n", "2026-01-09\n")
    bring(tmp_path, moved)
    assert f"{Post.objects.get().publish_at:%m-%d %H}" == "01-08 15"

    post = Post.objects.get()
    edit(post, editor, publish_at=post.publish_at.replace(day=3))
    bring(tmp_path, moved.replace("はじめの本文", "次の本文"))

    post.refresh_from_db()
    assert (post.publish_at.day, post.body) == (3, "次の本文です。\n")
    assert not suggestions()


def test_thing_that_no_import_has_made_is_left_alone(tmp_path):
    make_post(title="手で", path="/blog/tide", body="手で書いた。\n")

    outcome = bring(tmp_path, POST)

    assert outcome.action == "skipped"
    assert Post.objects.get().body == "手で書いた。\n"


def test_edited_demo_is_not_merged_with_a_site(tmp_path, editor):
    import_all(write_file(tmp_path, "_posts/2026-01-05-a.md", POST), is_demo=True)
    edit(Post.objects.get(), editor, summary="編集者の要約")

    outcome = bring(tmp_path, POST.replace("はじめの本文", "別の本文"), "_posts/2026-01-06-b.md")

    assert outcome.action == "skipped"
    assert "はじめの本文" in Post.objects.get().body


def test_chapter_is_merged_too(tmp_path, editor):
    chapter = "---\ntitle: 入門\nsubtitle: 一\nlayout: chapter\ndate: 2026-01-05\n---\n# 入門\n\n本文。  \n"
    write_file(tmp_path, "waves/index.md", "---\ntitle: 波\nlayout: course\ndate: 2026-01-05\n---\n波の講座。\n")
    write_file(tmp_path, "waves/chapter-1.md", chapter)
    import_all(tmp_path / "waves")
    stored = Chapter.objects.get()
    edit(stored, editor, summary="編集者の要約")
    write_file(tmp_path, "waves/chapter-1.md", chapter.replace("本文。", "新しい本文。"))

    outcomes = import_all(tmp_path / "waves")

    stored.refresh_from_db()
    assert [str(outcome.action) for outcome in outcomes] == ["unchanged", "updated"]
    assert (stored.source, stored.summary) == ("# 入門\n\n新しい本文。  \n", "編集者の要約")


def test_merged_import_is_taken_back_as_one(tmp_path, editor):
    bring(tmp_path, POST)
    edit(Post.objects.get(), editor, body="編集者の本文です。\n")
    before = snapshot(Post.objects.get())
    path = write_file(
        tmp_path, "_posts/2026-01-05-a.md", POST.replace("はじめの", "ファイルの").replace("潮の話", "潮")
    )

    with recording("Import", user=editor) as record:
        import_paths([path], ImportInputs(), record=record)
    assert len(suggestions()) == 1
    take_back(Change.objects.get(), user=editor)

    assert snapshot(Post.objects.get()) == before
    assert not suggestions()


def test_draft_that_somebody_edited_is_published_with_its_file(tmp_path, editor):
    draft = POST.replace("date: 2026-01-05\n", "published: false\n")
    bring(tmp_path, draft)
    edit(Post.objects.get(), editor, summary="編集者の要約")

    bring(tmp_path, POST)

    post = Post.objects.get()
    assert post.is_live()
    assert post.summary == "編集者の要約"
