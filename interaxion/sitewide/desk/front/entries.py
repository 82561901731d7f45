"""The entries of the front page: what a row is about, with its title and the address of its form."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse

from interaxion.content.owned_rows import Owner, owner_of
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import Status
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.desk.human_time import spell_moment

#: The length of each list; the lists of the admin show the rest.
MOST = 12


def titles_of(rows: list[Any]) -> dict[Owner, str]:
    """Return the titles of the targets of rows, by (content type, primary key); one query for each class."""
    return {
        (content_type, thing.pk): str(thing)
        for content_type, pks in keys_by_type(rows).items()
        for thing in ContentType.objects.get_for_id(content_type)
        .model_class()
        .objects.for_lists()
        .prefetch_related(None)
        .filter(pk__in=pks)
    }


def keys_by_type(rows: list[Any]) -> dict[int, set[int]]:
    """Return the primary keys of the targets of rows, by their content type."""
    wanted: dict[int, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.content_type_id, set()).add(row.object_id)
    return wanted


def newest_first(things: Iterable[Publishable]) -> list[dict[str, Any]]:
    newest = sorted(things, key=lambda thing: thing.stored_at, reverse=True)
    return [entry_of(thing) for thing in newest[:MOST]]


def newest_titles(rows: Iterable[Any]) -> list[dict[str, Any]]:
    """Return the targets of rows, each once and in their order, with the time of the row."""
    first: dict[Owner, Any] = {}
    for row in rows:
        first.setdefault(row.owner, row)
    titles = titles_of([*first.values()])
    entries = [
        {"title": titles[owner], "at": row.saved_at, "url": url_of(row.content_type, "change", row.object_id)}
        for owner, row in first.items()
        if owner in titles
    ]
    return entries[:MOST]


def last_words(things: Iterable[Publishable]) -> dict[Owner, LogEntry]:
    """Return the last move of each thing. One query."""
    moves: dict[Owner, LogEntry] = {}
    owners = {owner_of(thing) for thing in things}
    wanted = Q(content_type__in={kind for kind, _pk in owners}, object_id__in={pk for _kind, pk in owners})
    for entry in LogEntry.objects.moves().filter(wanted).select_related("user"):  # the newest first
        moves.setdefault(entry.owner, entry)
    return moves


def with_words(entries: list[dict[str, Any]], words: dict[Owner, LogEntry]) -> list[dict[str, Any]]:
    """Add who moved each thing last, and why they said they did."""
    for entry in entries:
        if word := words.get(entry["owner"]):
            entry |= {"who": word.user or entry["kind"], "why": word.note}
    return entries


def entry_of(thing: Publishable) -> dict[str, Any]:
    content_type = ContentType.objects.get_for_model(thing)
    return {
        "title": str(thing),
        "kind": thing._meta.verbose_name,
        "at": thing.stored_at,
        "owner": owner_of(thing),
        "proposed": spell_moment(thing.publish_at) if thing.publish_at and thing.status != Status.PUBLISHED else "",
        "url": url_of(content_type, "change", thing.pk),
    }


def form_url(copy: WorkingCopy) -> str:
    return url_of(copy.content_type, "change", copy.object_id) if copy.object_id else url_of(copy.content_type, "add")


def url_of(content_type: ContentType, view: str, *args: Any) -> str:
    return reverse(f"admin:{content_type.app_label}_{content_type.model}_{view}", args=args)
