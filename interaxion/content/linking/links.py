"""Links: every address found in content, with its place. Derived rows, rewritten by every save."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, ClassVar

from django.db import models

from interaxion.content import paths
from interaxion.content.linking.link_places import OWN_COLUMNS, LinkPlace, links_in, own_hosts
from interaxion.content.linking.works import Work, count_links, find_or_make_works
from interaxion.content.owned_rows import owned_by, owner_of
from interaxion.content.prepared import Prepared, instance_of
from interaxion.content.publishing.derived_rows import SHARED_FACTS, DerivedRow, Rewrite, facts_of
from interaxion.content.publishing.inserting import insert_rows
from interaxion.text.addresses import NAMED_KINDS, identify


class Link(DerivedRow):
    position = models.PositiveIntegerField()
    #: The anchor of the heading above it; "" before the first heading and in footnotes.
    anchor = models.CharField(max_length=500, blank=True)
    heading = models.TextField(blank=True)
    #: The time of that heading, or of the timed heading above it, in seconds.
    starts_at = models.PositiveIntegerField(null=True)
    #: Its number, if it is in a list of references.
    reference_number = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True)
    #: The text before the link that names its target, if its own words do not: an entry of a list of references
    #: (`… (2007). Title. Journal. DOI:`), or the title before `arXiv` in brackets.
    cited_as = models.TextField(blank=True)
    #: The name that it gives to its target; "" if it gives none.
    name = models.TextField(blank=True)
    #: The address as written.
    url = models.TextField()
    #: The path on this site that it points to, as `Path` spells it; else "".
    own_path = models.CharField(max_length=paths.LONGEST, blank=True, db_index=True)
    work = models.ForeignKey(Work, on_delete=models.SET_NULL, null=True, related_name="links")

    rewrite_order: ClassVar[int] = 1

    class Meta(DerivedRow.Meta):
        indexes = [
            models.Index(fields=["content_type", "object_id"]),
            models.Index(fields=["dated_at"], name="content_link_dated"),
        ]

    def __str__(self) -> str:
        return self.url

    @classmethod
    def rewrite_all(cls, rewrites: Sequence[Rewrite]) -> None:
        write_links(rewrites)

    def get_absolute_url(self) -> str:
        return super().get_absolute_url() + (f"#{self.anchor}" if self.anchor else "")


def works_linked_by(thing: models.Model) -> set[int]:
    """Return the ids of the works that `thing` links."""
    return set(Link.objects.of(thing).filter(work__isnull=False).values_list("work", flat=True))


def write_links(rewrites: Sequence[Rewrite]) -> None:
    """Let the links of each thing be those in its rendered source. Make works as needed; note those that it links."""
    hosts = own_hosts()
    places = [list(links_in(rewrite, hosts)) for rewrite in rewrites]
    stored = [[] if rewrite.is_new else _stored_links(rewrite.thing) for rewrite in rewrites]
    works = _works_of(chain.from_iterable(places), chain.from_iterable(stored))
    links: list[dict[str, Any]] = []
    for rewrite, found, rows in zip(rewrites, places, stored, strict=True):
        wanted: list[dict[str, Any]] = []
        mentions: dict[Work, list[dict[str, Any]]] = {}
        for place in found:
            work = works.get(place.identity.key)
            wanted.append(place.columns(work))
            if work:
                mentions.setdefault(work, []).append(wanted[-1])
        rewrite.pages_now = {work.pk for work in mentions if work.kind == "url"}
        rewrite.numbered_works = {
            work.pk: names_in(work, links_to_it) for work, links_to_it in mentions.items() if work.kind in NAMED_KINDS
        }
        new = _leave_unchanged(rewrite, rows, wanted)
        rewrite.changed_works |= {columns["work_id"] for columns in new} - {None}
        facts = facts_of(rewrite.thing) | owned_by(rewrite.thing)
        links += (facts | columns for columns in new)
    insert_rows(Link, links)
    if changed := set().union(*(rewrite.changed_works for rewrite in rewrites)):
        count_links(changed)


def _works_of(places: Iterable[LinkPlace], stored: Iterable["_Stored"]) -> dict[str, Work]:
    """Return the works that are linked, by their keys. Those that a thing linked before are known by its rows."""
    identities = {place.identity.key: place.identity for place in places if place.identity.is_work}
    known = {
        row.work_key: instance_of(Work, ("id", "kind", "key"), (row.work_id, row.work_kind, row.work_key))
        for row in stored
        if row.work_key in identities
    }
    return known | find_or_make_works([each for key, each in identities.items() if key not in known])


@dataclass(frozen=True)
class _Stored:
    """A link as it is stored."""

    pk: int
    work_id: int | None
    work_kind: str | None
    work_key: str | None
    #: Those of `SHARED_FACTS` and of `OWN_COLUMNS`.
    facts: tuple[Any, ...]
    columns: tuple[Any, ...]


def _stored_links(thing: models.Model) -> list[_Stored]:
    count = len(SHARED_FACTS)
    return [
        _Stored(pk, work, kind, key, tuple(columns[:count]), tuple(columns[count:]))
        for pk, work, kind, key, *columns in _rows_of(*owner_of(thing))
    ]


@Prepared
def _rows_of(kind: int, pk: int) -> models.QuerySet[Link, Any]:
    rows = Link.objects.filter(content_type=kind, object_id=pk)
    return rows.values_list("pk", "work_id", "work__kind", "work__key", *SHARED_FACTS, *OWN_COLUMNS)


def names_in(work: Work, mentions: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return by what search finds a numbered work in the thing with these links to it: its names, then its numbers.

    `mentions` are the columns of the links.
    """
    names, numbers = [], []
    for link in mentions:
        names += filter(None, (link["name"], link["text"], link["cited_as"]))
        identity = identify(link["url"])
        numbers.append((identity and identity.number) or work.number)  # a page that was merged has none
    return list(dict.fromkeys([*names, *numbers]))


def _leave_unchanged(
    rewrite: Rewrite, stored: Sequence["_Stored"], wanted: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Delete the stored links of a thing that are not `wanted`, and return the columns of those that are missing.

    Those that stay take the present window, title and address of the thing, by one update, if it has changed.
    """
    missing = {tuple(columns.values()): columns for columns in wanted}
    facts = tuple(facts_of(rewrite.thing)[name] for name in SHARED_FACTS)
    gone, is_behind = [], False
    for row in stored:
        if missing.pop(row.columns, None) is None:
            gone.append(row)
        else:
            is_behind = is_behind or row.facts != facts
    if gone:
        Link.objects.filter(pk__in=[row.pk for row in gone]).delete()
    if is_behind:
        Link.objects.of(rewrite.thing).update(**dict(zip(SHARED_FACTS, facts, strict=True)))
    rewrite.pages_before = {row.work_id for row in stored if row.work_id and row.work_kind == "url"}
    rewrite.changed_works = {row.work_id for row in gone if row.work_id}
    return list(missing.values())
