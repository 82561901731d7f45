"""The titles of works: what an editor or a registry says, else how links name them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from math import inf
from operator import attrgetter
from typing import Any, NamedTuple, Protocol

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.window import live_condition
from interaxion.text.citations import SHORTEST_NAME

#: Links of each work of a list that are read to name it: a show's form has one in every episode.
MOST_NAMING = 20
#: The key of no link, above all others.
_BEYOND = 2**62


class Named(Protocol):
    """A link, as far as it names its work."""

    @property
    def name(self) -> str: ...

    @property
    def reference_number(self) -> int | None: ...


def title_of(work: Work, mentions: Iterable[Named]) -> str:
    """Return the title that an editor typed, else that of its record, else the name by the oldest of `mentions`.

    Entries of reference lists come before other links, and names that are long enough before short ones. `mentions` are
    sorted, the newest first. Without any name: the number of the work, or its address.
    """
    if work.shown_title:
        return work.shown_title
    named = [link for link in mentions if link.name]
    telling = [link for link in named if len(link.name) >= SHORTEST_NAME]
    entries = [link for link in telling if link.reference_number]
    best = entries or telling or named
    return best[-1].name if best else str(work)


class Naming(NamedTuple):
    """A link that names a work."""

    work: int
    name: str
    reference_number: int | None
    dated_at: datetime | None
    content_type: int
    object_id: int
    position: int

    @property
    def place(self) -> tuple[float, int, int, int]:
        """The key that sorts links by date, those without one first."""
        return self.dated_at.timestamp() if self.dated_at else -inf, *self[4:]


def titles_of(works: Collection[Work], at: datetime | None = None) -> dict[int, str]:
    """Return the titles of these works by their ids, for lists. At most one query.

    A work that very many links name is called by one of the first that were stored.
    """
    nameless = [work.pk for work in works if not work.shown_title]
    rows = _naming(nameless, at or timezone.now()) if nameless else ()
    mentions: dict[int, list[Naming]] = {}
    for link in sorted((Naming(*row) for row in rows), key=attrgetter("place"), reverse=True):
        mentions.setdefault(link.work, []).append(link)
    return {work.pk: title_of(work, mentions.get(work.pk, ())) for work in works}


@Prepared
def _naming(works: list[int], at: datetime) -> QuerySet[Any, tuple[Any, ...]]:
    """Return the live links that name these works, among the first that were stored of each."""
    links = Link.objects.filter(work=OuterRef("pk")).order_by("pk").values("pk")
    bound = Coalesce(Subquery(links[MOST_NAMING - 1 : MOST_NAMING]), Value(_BEYOND))
    # One filter for all conditions on a link, or they could hold for different ones.
    is_naming = Q(links__pk__lte=F("last"), links__name__gt="") & live_condition(at, "links__")
    named = Work.objects.filter(pk__in=works).alias(last=bound).filter(is_naming)
    return named.values_list("pk", *(f"links__{name}" for name in Naming._fields[1:]))
