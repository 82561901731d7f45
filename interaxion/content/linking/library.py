"""The library: the works that are literature (papers, books, videos), counted and in order.

What a site sells or tells is no literature: a product of a shop without an ISBN, a page of the web, a post elsewhere.
The whole library costs the same however large it is: it is counted by an index, and read only as far as it is shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work, WorkQuerySet
from interaxion.content.publishing.publishable import kinds
from interaxion.text.addresses import CITED_KINDS

KINDS = {"papers": CITED_KINDS, "books": ("isbn",), "videos": ("video",)}
LITERATURE = tuple(kind for kinds in KINDS.values() for kind in kinds)
#: Links that are read at a time to find the works that were discussed last.
CHUNK = 500


@dataclass(frozen=True)
class Library:
    """The works of these kinds that have a page; `among` are the live links to which it is narrowed, None for all."""

    kinds: tuple[str, ...] = LITERATURE
    among: QuerySet[Link] | None = None
    author: str = ""

    @property
    def is_narrowed(self) -> bool:
        return self.among is not None or bool(self.author)

    def count(self) -> int:
        """Return the number of works. Of all, only those with hidden links are looked at: they are few."""
        works = self._works()
        if self.is_narrowed:
            return works.live().count()
        linked = works.filter(Q(kind__in=CITED_KINDS, link_count__gte=1) | Q(link_count__gte=2))
        doubtful = linked.filter(pk__in=_hidden_links().values("work"))
        return linked.count() - doubtful.count() + doubtful.live().count()

    def most_discussed(self, part: slice) -> list[Work]:
        """Return a part of the works, those with most links first, of which a few may be those of drafts."""
        return list(self._works().live().order_by("-link_count", "pk")[part])

    def newest(self, part: slice) -> list[Work]:
        """Return a part of the works, those discussed last first; at the end those of undated content alone."""
        keys = list(islice(self._all_by_date() if self.is_narrowed else self._by_date(), part.start, part.stop))
        works = self._works().in_bulk(keys)
        return [works[key] for key in keys]

    def _works(self) -> WorkQuerySet:
        works: Any = Work.objects.filter(kind__in=self.kinds, merged_into=None)
        if self.among is not None:
            works = works.filter(pk__in=self.among.order_by().values("work"))
        return works.filter(authors__name=self.author) if self.author else works

    def _all_by_date(self) -> Iterator[int]:
        links = (Link.objects.live() if self.among is None else self.among).order_by()
        dated = links.filter(work__in=self._works().live()).values("work").annotate(last=Max("dated_at"))
        yield from dated.order_by(F("last").desc(nulls_last=True), "-work").values_list("work", flat=True)

    def _by_date(self) -> Iterator[int]:
        """Yield the ids of the works. Links are read from the last date on, so the first pages read few of them."""
        links = Link.objects.live().filter(dated_at__isnull=False)
        works, seen, start = self._works().live(), set(), 0
        in_order = links.order_by("-dated_at", "-pk").values_list("work", flat=True)
        while chunk := list(in_order[start : start + CHUNK]):
            new = [key for key in dict.fromkeys(chunk) if key and key not in seen]
            shown = set(works.filter(pk__in=new).values_list("pk", flat=True))
            yield from (key for key in new if key in shown)
            seen |= set(new)
            start += CHUNK
        undated = works.exclude(Exists(links.filter(work=OuterRef("pk"))))
        yield from undated.order_by("-pk").values_list("pk", flat=True)


def _hidden_links() -> QuerySet[Link]:
    """Return the links of content that is not live. By its things, since there is no index of the links."""
    of_kinds = (
        Q(
            content_type=ContentType.objects.get_for_model(kind),
            object_id__in=kind.objects.hidden().order_by().values("pk"),
        )
        for kind in kinds()
    )
    return Link.objects.filter(reduce(or_, of_kinds)).order_by()
