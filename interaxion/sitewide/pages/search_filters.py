"""The filters of a search, `speaker:` and `tag:`: the rows that they name, and the content of these."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import and_, or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.models import Chapter, Course
from episodes.people.speakers import Speaker
from interaxion.content.owned_rows import Owner, owner_of
from interaxion.content.publishing.addressed_row import AddressedRow
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.search.finding import Condition
from interaxion.content.tags import Tag, TaggedItem
from interaxion.text.characters import FORBIDDEN
from interaxion.text.search.folding import fold

LABELS = {"speaker": _("Speaker"), "tag": _("Tag")}
#: At most so many things are read to search in them. Of more, each page that the index of words finds is looked up.
FEW = 200
_BETWEEN_WORDS = re.compile(r"[^\S\n]|[・-]")
NAMES = ("pk", "slug", "name", "reading", "aliases")


@dataclass(frozen=True)
class Filter:
    """A typed filter and the rows that it names; none if no page of the site has this name."""

    kind: str
    name: str
    named: list[AddressedRow]

    @property
    def label(self) -> str | Promise:
        return LABELS[self.kind]


class Names:
    """The speakers and tags that a filter can name: those with a page. Their names are read only if one is typed."""

    def __init__(self) -> None:
        self._called: dict[tuple[str, str], list[AddressedRow]] = {}
        self._keys_by_name = cache(_keys_by_name)

    def called(self, kind: str, name: str) -> list[AddressedRow]:
        """Return the rows with this name, reading, alias or slug, spelled as freely as any word of a search."""
        if (kind, name) not in self._called:
            model: Any = Speaker if kind == "speaker" else Tag
            keys = self._keys_by_name(model).get(_fold(name)) if _fold(name) else ()
            self._called[kind, name] = list(model.objects.live().filter(pk__in=keys)) if keys else []
        return self._called[kind, name]

    def is_name(self, kind: str, name: str) -> bool:
        return bool(self.called(kind, name))

    def read(self, filters: Iterable[tuple[str, str]]) -> list[Filter]:
        return [Filter(kind, name, self.called(kind, name)) for kind, name in filters]


def passing_all(filters: Sequence[Filter]) -> Condition | list[Owner] | None:
    """Return the condition that a thing passes all these filters, or the things themselves if one lets few pass.

    None without a filter.
    """
    if not filters:
        return None
    for each in filters:
        few = [(kind, list(_carriers(kind, each)[: FEW + 1])) for kind in kinds()]
        if sum(len(pks) for _kind, pks in few) <= FEW:
            found = ((kind, kind.objects.filter(_all(kind, "pk", filters), pk__in=pks)) for kind, pks in few if pks)
            return [owner_of(thing) for _kind, things in found for thing in things.only("pk")]
    return lambda kind, key: _all(kind, key, filters)


def passing_any(filters: Sequence[Filter]) -> Condition | None:
    return (lambda kind, key: reduce(or_, (_carries(kind, key, each) for each in filters))) if filters else None


def _all(kind: type[Publishable], key: str, filters: Sequence[Filter]) -> Q:
    return reduce(and_, (_carries(kind, key, each) for each in filters))


def find_course(slug: str) -> Course | None:
    """Return the live course of this slug, in which alone to search."""
    return Course.objects.live().filter(slug=slug).first() if slug and not FORBIDDEN.search(slug) else None


def in_course(course: Course, filters: Sequence[Filter]) -> list[Owner]:
    """Return the course and its chapters, as far as they pass all filters."""
    parts: list[tuple[type[Publishable], QuerySet[Any]]]
    parts = [(Course, Course.objects.filter(pk=course.pk)), (Chapter, course.chapters.all())]
    passing = (things.filter(_all(kind, "pk", filters)) if filters else things for kind, things in parts)
    return [owner_of(thing) for things in passing for thing in things.only("pk")]


def _carries(kind: type[Publishable], key: str, filter_: Filter) -> Q:
    """Return the condition that a thing carries a name of the filter.

    It looks up the one thing, so that nobody reads all the others: one person may have a part in each.
    """
    rows = _naming(kind, filter_)
    return Q(Exists(rows[0].filter(**{rows[1]: OuterRef(key)}))) if rows else Q(pk__in=[])


def _carriers(kind: type[Publishable], filter_: Filter) -> QuerySet[Any]:
    """Return the keys of the things of a kind that carry a name of the filter."""
    rows = _naming(kind, filter_)
    return rows[0].values_list(rows[1], flat=True) if rows else TaggedItem.objects.none()


def _naming(kind: type[Publishable], filter_: Filter) -> tuple[QuerySet[Any], str] | None:
    """Return the rows by which things of a kind carry a name of the filter, and their field for its key."""
    named = [row.pk for row in filter_.named]
    if filter_.kind == "tag":
        content_type = ContentType.objects.get_for_model(kind)
        return TaggedItem.objects.order_by().filter(content_type=content_type, tag__in=named), "object_id"
    if not kind.people_rows:
        return None
    part: Any = kind._meta.get_field(kind.people_rows).related_model
    return part.objects.order_by().filter(speaker__in=named), part.owner_field


def _keys_by_name(model: type[AddressedRow]) -> dict[str, list[int]]:
    """Return the keys of the rows by each of their names, folded. All are folded as one text, which takes a tenth."""
    keys, names = [], []
    for pk, slug, name, reading, aliases in model._default_manager.values_list(*NAMES):
        spelled = {" ".join(spelling.split()) for spelling in (slug, name, reading, *aliases)}
        keys += [pk] * len(spelled)
        names += spelled
    found: dict[str, list[int]] = {}
    for pk, folded in zip(keys, _fold("\n".join(names)).split("\n"), strict=True):
        found.setdefault(folded, []).append(pk)
    return found


def _fold(names: str) -> str:
    return _BETWEEN_WORDS.sub("", fold(names))
