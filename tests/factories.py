"""Test data: keyword-only functions with sensible defaults. Content goes in through store() and transition() only."""

import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, User
from django.utils import timezone

from courses.models import Chapter, Course
from episodes.models import Episode, Letter, Speaker, Transcript
from episodes.transcripts.storing import as_rows, store_transcript, transcript_of
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.content.tags import find_tags
from interaxion.sitewide.models import Page
from interaxion.text.front_matter.parsing import parse_document
from interaxion.text.transcripts.cues import Cue
from posts.models import Category, Post

_numbers = count(1)
DATA = Path(__file__).parent / "data"


def make_user(*, name: str = "", group: str = "", is_superuser: bool = False) -> User:
    name = name or f"user{next(_numbers)}"
    user = User.objects.create_user(name, password="a long enough phrase", is_staff=bool(group) or is_superuser)
    if is_superuser:
        user.is_superuser = True
        user.save()
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_host(**kwargs: Any) -> User:
    return make_user(group="host", **kwargs)


def make_editor(**kwargs: Any) -> User:
    return make_user(group="editor", **kwargs)


def make_speaker(*, name: str = "", **fields: Any) -> Speaker:
    speaker = Speaker(name=name or f"話す人{next(_numbers)}", **fields)
    speaker.full_clean()
    speaker.save()
    return speaker


def make_episode(
    *,
    number: str | None = "",
    title: str = "",
    notes: str = "### 0:00 はじめに\n\n- [例](https://example.org/a)\n\n### 1:30 つぎの話\n\n本文です。\n",
    speakers: tuple[Speaker, ...] = (),
    tags: tuple[str, ...] = (),
    live: bool = False,
    publish_at: datetime | None = None,
    **fields: Any,
) -> Episode:
    """Make an episode with notes. `number=None` means no number, an empty one the next free number."""
    if number == "":
        number = str(int(Episode.objects.highest_number() or 0) + 1)
    episode = Episode(
        number=Decimal(number) if number is not None else None,
        title=title or f"題名{next(_numbers)}",
        **fields,
    )

    def write_related() -> None:
        episode.replace_sections(notes)
        episode.replace_appearances([(speaker, "host") for speaker in speakers])
        episode.tags.set(find_tags(tags))

    store(episode, user=None, write_related=write_related)
    _publish(episode, live, publish_at)
    return episode


def make_transcript(
    *,
    episode: Episode,
    cues: tuple[Cue, ...] = (Cue(0, 4, "おはようございます。", "岡"), Cue(95, 99.5, "量子もつれの話です。", "青木")),
    published: bool = True,
    language: str = "ja",
) -> Transcript:
    transcript = transcript_of(episode)
    transcript.cues, transcript.is_published, transcript.language = as_rows(cues), published, language
    store_transcript(transcript, user=None)
    return transcript


def make_category(*, slug: str = "blog", name: str = "ブログ") -> Category:
    return Category.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def make_post(
    *,
    title: str = "",
    body: str = "本文です。\n",
    category: str = "blog",
    authors: tuple[Speaker, ...] = (),
    tags: tuple[str, ...] = (),
    live: bool = False,
    publish_at: datetime | None = None,
    **fields: Any,
) -> Post:
    title = title or f"記事{next(_numbers)}"
    post = Post(title=title, body=body, category=make_category(slug=category), **fields)

    def write_related() -> None:
        post.replace_authors(list(authors))
        post.tags.set(find_tags(tags))

    store(post, user=None, write_related=write_related)
    _publish(post, live, publish_at)
    return post


def make_page(*, title: str = "案内", body: str = "本文です。\n", live: bool = False, **fields: Any) -> Page:
    page = Page(title=title, body=body, **fields)
    store(page, user=None)
    _publish(page, live, None)
    return page


def make_course(*, slug: str = "", title: str = "", live: bool = False, **fields: Any) -> Course:
    number = next(_numbers)
    course = Course(slug=slug or f"course-{number}", title=title or f"コース{number}", **fields)
    store(course, user=None)
    _publish(course, live, None)
    return course


def make_chapter(
    *,
    course: Course | None = None,
    position: int = 1,
    title: str = "",
    source: str = "# 章\n\n本文です。\n",
    tags: tuple[str, ...] = (),
    live: bool = False,
    **fields: Any,
) -> Chapter:
    chapter = Chapter(
        course=course or make_course(live=live),
        position=position,
        slug=fields.pop("slug", f"chapter-{position}"),
        title=title or f"章{position}",
        source=source,
        **fields,
    )
    store(chapter, user=None, write_related=lambda: chapter.tags.set(find_tags(tags)))
    _publish(chapter, live, None)
    return chapter


def make_lesson(*, file: str = "lesson.md", **fields: Any) -> Chapter:
    """Make a live chapter of a file in `tests/data`."""
    document = parse_document(file, (DATA / file).read_bytes())
    front_matter = document.text[: len(document.text) - len(document.body)]
    return make_chapter(front_matter=front_matter, source=document.body, live=True, **fields)


def make_letter(*, body: str = "いつも聴いています。", **fields: Any) -> Letter:
    return Letter.objects.create(body=body, token=f"token{next(_numbers)}", **fields)


def make_copies(*, of: Publishable, count: int) -> list[Any]:
    """Insert rows like `of`, each a day older than the one before, without anything derived: for long lists."""
    kind = type(of)
    copies = [kind.objects.get(pk=of.pk) for _each in range(count)]
    for number, copy in enumerate(copies, start=1):
        copy.pk, copy.path = None, f"{of.path.rstrip('/')}-{number}"
        copy.publish_at -= timedelta(days=number)
        if isinstance(copy, Episode):
            copy.number, copy.guid = None, str(uuid.uuid4())
        elif hasattr(copy, "slug"):
            copy.slug = f"{copy.slug}-{number}"
    return kind.objects.bulk_create(copies)


def _publish(thing: Any, live: bool, publish_at: datetime | None) -> None:
    if live or publish_at:
        transition(thing, to="published", user=None, at=publish_at or timezone.now())
