"""Edits by dice, by the ways that the desk and the commands use. `edit()` makes one and says what it was."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from courses.models import Chapter, Course
from episodes.identity.exchanging import exchange
from episodes.models import Episode, Podcast, Speaker
from interaxion.content.changes.changes import Change
from interaxion.content.changes.named_rows import delete_rows, merge_named_rows
from interaxion.content.changes.recording import recording
from interaxion.content.changes.taking_back import CannotTakeBack, take_back
from interaxion.content.linking.replacing import find_changes, replace_address
from interaxion.content.linking.works import Work
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.saving.purging import purge
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.content.saving.undoing import ChangedSince, undo
from interaxion.content.tags import Tag, find_tags
from interaxion.sitewide.desk.works.merging import merge_and_follow
from interaxion.sitewide.models import Page
from posts.models import Category, Post
from tests.factories import make_episode, make_post
from tests.oracle.site import LINKS, NAMES, TAGS, WORDS, audio, notes_by, text_by, unused_name

#: What refuses an edit: an address or number that is taken, a move that was undone, a row that others need.
REFUSALS = (ValidationError, ChangedSince, CannotTakeBack, ProtectedError)

Edit = Callable[[Random], str]
EDITS: list[Edit] = []
#: Attempts to find an edit that the site allows.
PATIENCE = 50


class NothingToDo(Exception):
    """The site has nothing of that kind."""


def edit(dice: Random, clock: Any) -> str:
    """Change the site, or let time pass; the clock moves by some seconds anyway. Return what happened."""
    clock.tick(dice.randrange(1, 90))
    for _attempt in range(PATIENCE):
        if dice.random() < 0.1:
            hours = dice.choice((1, 3, 30))
            clock.tick(timedelta(hours=hours))
            return f"{hours} hours pass"
        change = dice.choice(EDITS)
        try:
            with transaction.atomic():
                return f"{change.__name__}: {change(dice)}"
        except (NothingToDo, *REFUSALS):
            continue
    raise AssertionError("no edit is possible any more")


def register(change: Edit) -> Edit:
    EDITS.append(change)
    return change


def one_of(dice: Random, rows: Any) -> Any:
    found = list(rows.order_by("pk"))
    if not found:
        raise NothingToDo
    return dice.choice(found)


def any_thing(dice: Random, *models: type[Publishable]) -> Any:
    """Return any thing, of these models or of all; those in the trash as well, but seldom."""
    model = dice.choice(models or tuple(kinds()))
    return one_of(dice, model.objects.all() if dice.random() < 0.1 else model.objects.untrashed())


# --- content ---


@register
def write_text(dice: Random) -> str:
    thing = any_thing(dice)
    if isinstance(thing, Episode):
        text = notes_by(dice)
        store(thing, user=None, write_related=lambda: thing.replace_sections(text))
    elif isinstance(thing, Post | Page):
        thing.body = text_by(dice)
        store(thing, user=None)
    else:
        thing.source = f"# {dice.choice(WORDS)}\n\n{text_by(dice)}" if isinstance(thing, Chapter) else text_by(dice)
        store(thing, user=None)
    return thing.path


@register
def move_times(dice: Random) -> str:
    episode = any_thing(dice, Episode)
    sections = [section for section in episode.sections.all() if section.starts_at is not None]
    if not sections:
        raise NothingToDo

    def write_related() -> None:
        for section in sections:
            section.starts_at += 7
            section.save()

    store(episode, user=None, write_related=write_related)
    return episode.path


@register
def write_fields(dice: Random) -> str:
    thing = any_thing(dice)
    fields: dict[str, Any] = {"title": dice.choice(WORDS), "summary": f"{dice.choice(WORDS)}の**要約**"}
    if isinstance(thing, Post):
        fields |= {"category": one_of(dice, Category.objects), "language": dice.choice(("ja", "ja", "en"))}
    if isinstance(thing, Episode):
        fields |= audio(dice.randrange(9)) | {"season": dice.randrange(1, 3), "is_explicit": dice.random() < 0.5}
        fields |= {"audio_url": ""} if dice.random() < 0.2 else {}
    if isinstance(thing, Page | Chapter):
        fields |= {"position": dice.randrange(4)}
    if isinstance(thing, Page):
        fields |= {"in_navigation": dice.random() < 0.5}
    if isinstance(thing, Course):
        fields |= {"level": dice.choice(WORDS)}
    for name in dice.sample(sorted(fields), dice.randrange(1, len(fields) + 1)):
        setattr(thing, name, fields[name])
    store(thing, user=None)
    return f"{thing.path} {fields}"


@register
def write_names(dice: Random) -> str:
    thing = any_thing(dice, Episode, Post, Chapter)
    people = dice.sample(list(Speaker.objects.order_by("pk")), min(2, Speaker.objects.count()))
    names = dice.sample(TAGS, dice.randrange(3))

    def write_related() -> None:
        thing.tags.set(find_tags(names))
        if isinstance(thing, Episode):
            thing.replace_appearances([(speaker, dice.choice(("host", "guest", ""))) for speaker in people])
        else:
            thing.replace_authors(people)

    store(thing, user=None, write_related=write_related)
    return f"{thing.path} {people} {names}"


@register
def move_address(dice: Random) -> str:
    thing = any_thing(dice)
    if isinstance(thing, Episode):
        thing.number = dice.choice((Decimal(dice.randrange(1, 12)), None))
        thing.path = ""
    else:
        thing.path = f"{thing.path.rstrip('/').rstrip('0123456789')}{dice.randrange(9)}"
    store(thing, user=None)
    return thing.path


@register
def exchange_numbers(dice: Random) -> str:
    one, other = any_thing(dice, Episode), any_thing(dice, Episode)
    if one == other:
        raise NothingToDo
    exchange(one, other, user=None)
    return f"{one.path} {other.path}"


@register
def change_dates(dice: Random) -> str:
    thing = any_thing(dice)
    now = timezone.now()
    thing.publish_at = now + timedelta(hours=dice.choice((-300, -20, 1, 4)))
    thing.unpublish_at = thing.publish_at + timedelta(hours=dice.choice((2, 25, 500))) if dice.random() < 0.4 else None
    store(thing, user=None)
    return f"{thing.path} {thing.publish_at} {thing.unpublish_at}"


@register
def replace_a_link(dice: Random) -> str:
    old, new = dice.sample(LINKS, 2)
    with recording("replaced", user=None) as record:
        for change in list(find_changes(old, new, kinds())):
            with record.step():
                replace_address(change.thing, old, new, user=None)
    return f"{old} → {new}"


@register
def make_something(dice: Random) -> str:
    people = tuple(Speaker.objects.order_by("pk")[:1])
    options: dict[str, Any] = {"tags": tuple(dice.sample(TAGS, 1)), "live": dice.random() < 0.7}
    if dice.random() < 0.5:
        return make_episode(notes=notes_by(dice), speakers=people, **audio(dice.randrange(9)), **options).path
    category = dice.choice(("blog", "keywords"))
    return make_post(title=dice.choice(WORDS), body=text_by(dice), category=category, authors=people, **options).path


# --- its status ---


@register
def move(dice: Random) -> str:
    thing = any_thing(dice)
    to = dice.choice(("draft", "review", "published", "published", "now"))
    transition(thing, to=to, user=None)
    return f"{thing.path} {to}"


@register
def throw_away_or_take_back(dice: Random) -> str:
    if dice.random() < 0.5:
        thing = any_thing(dice)
        transition(thing, to="trashed", user=None)
        return f"{thing.path} is trashed"
    thing = one_of(dice, dice.choice(tuple(kinds())).objects.exclude(deleted_at=None))
    if dice.random() < 0.2:
        return f"{thing.path} is purged: {purge(thing)}"
    transition(thing, to=dice.choice(("restored", "published")), user=None)
    return f"{thing.path} is restored"


@register
def undo_a_move(dice: Random) -> str:
    entry = LogEntry.objects.undoable().order_by("-pk").first()
    if entry is None:
        raise NothingToDo
    undo(entry, user=None, is_confirmed=True)
    return str(entry)


@register
def take_back_a_change(dice: Random) -> str:
    change = one_of(dice, Change.objects.filter(taken_back_at=None))
    take_back(change, user=None)
    return change.title


# --- names, works, categories, the podcast ---


@register
def merge_names(dice: Random) -> str:
    model: Any = dice.choice((Tag, Speaker))
    row, into = one_of(dice, model.objects), one_of(dice, model.objects)
    if row == into:
        raise NothingToDo
    return merge_named_rows([row], into, user=None).title


@register
def merge_two_works(dice: Random) -> str:
    works = Work.objects.filter(merged_into=None)
    work, into = one_of(dice, works), one_of(dice, works)
    if work == into:
        raise NothingToDo
    return merge_and_follow([work], into, user=None).title


@register
def rename(dice: Random) -> str:
    row = one_of(dice, dice.choice((Tag, Speaker, Category)).objects)
    if isinstance(row, Tag):
        row.name = f"{dice.choice(TAGS)}{dice.choice(('', '学', '論'))}"
        row.description, row.reading = dice.choice(WORDS), dice.choice(("", "なみ"))
    elif isinstance(row, Speaker):
        row.name = dice.choice((row.name, unused_name(dice)))
        row.bio, row.reading = f"**{dice.choice(WORDS)}**", dice.choice(("", "もり"))
        row.aliases = [dice.choice(NAMES) + "さん"]
    else:
        row.name, row.description, row.position = dice.choice(WORDS), dice.choice(WORDS), dice.randrange(4)
    if dice.random() < 0.3:
        row.slug = f"slug-{dice.randrange(20)}"
    row.full_clean()
    row.save()
    return f"{row.path} {row}"


@register
def name_a_work(dice: Random) -> str:
    work = one_of(dice, Work.objects)
    work.title = dice.choice(("", *WORDS))
    work.save()
    return f"{work.path} {work}"


@register
def delete_a_name(dice: Random) -> str:
    return delete_rows([one_of(dice, dice.choice((Tag, Speaker, Category)).objects)], user=None).title


@register
def change_podcast(dice: Random) -> str:
    podcast = Podcast.current()
    podcast.title, podcast.description = f"{dice.choice(WORDS)}の時間", dice.choice(WORDS)
    podcast.is_notes_only, podcast.is_explicit = dice.random() < 0.2, dice.random() < 0.2
    podcast.subscribe_links = dice.sample(["https://open.spotify.com/show/1", "https://overcast.fm/x"], 1)
    podcast.recurring_headings = dice.choice(([], ["おたより"]))
    podcast.categories = dice.choice(([], ["Science > Physics"]))
    podcast.hosts.set(Speaker.objects.order_by("pk")[: dice.randrange(3)])
    podcast.save()
    return podcast.title
