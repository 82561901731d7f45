"""Reading the parts of a page of a list: in one query for each kind, without loading a thing. Missing ones are made."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.timezone import localdate

from interaxion.content.owned_rows import owner_of
from interaxion.content.parts.part import Part
from interaxion.content.parts.registry import ROW, PartName, find_kind, parts_key
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.publishable import Publishable

#: A thing, by its class and its primary key.
Key = tuple[type[Publishable], int]


def read_part(name: PartName, thing: Publishable) -> str:
    """Return this part of a thing in the present language, for its page. One that is missing is made."""
    found = [] if settings.DEBUG else _find_one(*owner_of(thing), name.name, name.language, parts_key())
    return found[0].text if found else find_kind(type(thing), name).try_to_make(thing, name.language) or ""


@Prepared
def _find_one(content_type: int, pk: int, name: str, language: str, key: str) -> QuerySet[Part]:
    return Part.objects.filter(content_type=content_type, object_id=pk, name=name, language=language, key=key)


def read_parts(name: PartName, keys: Sequence[Key]) -> dict[Key, str]:
    """Return these parts in the present language, without those that cannot be made."""
    parts = {} if settings.DEBUG else _stored(name, keys)  # with DEBUG templates change under a running process
    lacking: dict[type[Publishable], list[int]] = {}
    for kind, pk in keys:
        if (kind, pk) not in parts:
            lacking.setdefault(kind, []).append(pk)
    for kind, pks in lacking.items():
        how = find_kind(kind, name)
        for thing in how.load(kind._default_manager.filter(pk__in=pks)):
            part = how.try_to_make(thing, name.language)
            if part is not None:
                parts[kind, thing.pk] = part
    return parts


def read_rows(*lists: tuple[type[Publishable], Iterable[int]]) -> list[list[str]]:
    """Return the rows of several lists, each of one kind and in the order of its primary keys."""
    keys: list[list[Key]] = [[(kind, pk) for pk in pks] for kind, pks in lists]
    rows = read_parts(ROW, [key for of_list in keys for key in of_list])
    return [[rows[key] for key in of_list if key in rows] for of_list in keys]


def read_rows_by(
    period: Callable[[date], Any], kind: type[Publishable], dates: Iterable[tuple[int, datetime]]
) -> list[tuple[Any, list[str]]]:
    """Return one list in groups, each with the period of its days. `dates` are primary keys and instants, in order."""
    dates = list(dates)
    rows = read_parts(ROW, [(kind, pk) for pk, _at in dates])
    groups = groupby(dates, key=lambda row: period(localdate(row[1])))
    return [(each, [rows[kind, pk] for pk, _at in of_period if (kind, pk) in rows]) for each, of_period in groups]


def _stored(name: PartName, keys: Sequence[Key]) -> dict[Key, str]:
    pks: dict[type[Publishable], list[int]] = {}
    for kind, pk in keys:
        pks.setdefault(kind, []).append(pk)
    parts: dict[Key, str] = {}
    for kind, of_kind in pks.items():
        content_type = ContentType.objects.get_for_model(kind).pk
        found = _parts_of(name.name, name.language, parts_key(), content_type, of_kind)
        parts |= {(kind, pk): text for pk, text in found}
    return parts


@Prepared
def _parts_of(name: str, language: str, key: str, kind: int, pks: list[int]) -> QuerySet[Part, tuple[int, str]]:
    rows = Part.objects.filter(content_type=kind, object_id__in=pks, name=name, language=language, key=key)
    return rows.values_list("object_id", "text")
