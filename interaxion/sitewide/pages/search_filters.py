"""The filters of a search, `speaker:` and `tag:`: the rows that they name, and the content of these."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from episodes.people.speakers import Speaker, parts_of_speakers
from interaxion.content.owned_rows import Owner
from interaxion.content.publishing.addressed_row import AddressedRow
from interaxion.content.tags import Tag, TaggedItem
from interaxion.text.search.folding import fold

LABELS = {"speaker": _("Speaker"), "tag": _("Tag")}
_BETWEEN_WORDS = re.compile(r"[\s・-]+")


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
    """The speakers and tags that a filter can name: those with a page. Read once, and only if a filter is typed."""

    def called(self, kind: str, name: str) -> list[AddressedRow]:
        """Return the rows with this name, reading, alias or slug, spelled as freely as any word of a search."""
        return (self._speakers if kind == "speaker" else self._tags).get(_key(name), [])

    def is_name(self, kind: str, name: str) -> bool:
        return bool(self.called(kind, name))

    def read(self, filters: Iterable[tuple[str, str]]) -> list[Filter]:
        return [Filter(kind, name, self.called(kind, name)) for kind, name in filters]

    @cached_property
    def _speakers(self) -> dict[str, list[AddressedRow]]:
        return _by_name(Speaker.objects.live())

    @cached_property
    def _tags(self) -> dict[str, list[AddressedRow]]:
        return _by_name(Tag.objects.live())


def find_owners(filters: Iterable[Filter]) -> list[set[Owner]]:
    """Return for each filter the content of the rows that it names."""
    finders: dict[str, Callable[[Collection[AddressedRow]], set[Owner]]] = {
        "speaker": _things_with_speakers,
        "tag": _things_with_tags,
    }
    return [finders[filter_.kind](filter_.named) for filter_ in filters]


def _by_name(rows: Iterable[AddressedRow]) -> dict[str, list[AddressedRow]]:
    named: dict[str, list[AddressedRow]] = {}
    for row in rows:
        for key in {_key(name) for name in (row.slug, *row.names)} - {""}:
            named.setdefault(key, []).append(row)
    return named


def _key(name: str) -> str:
    return _BETWEEN_WORDS.sub("", fold(name))


def _things_with_speakers(speakers: Collection[AddressedRow]) -> set[Owner]:
    things: set[Owner] = set()
    for part, owner in parts_of_speakers() if speakers else ():
        kind = ContentType.objects.get_for_model(part._meta.get_field(owner).related_model)
        things |= {(kind.pk, pk) for pk in part.objects.filter(speaker__in=speakers).values_list(owner, flat=True)}
    return things


def _things_with_tags(tags: Collection[AddressedRow]) -> set[Owner]:
    return set(TaggedItem.objects.filter(tag__in=tags).values_list("content_type", "object_id"))
