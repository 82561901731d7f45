"""The library: the works that are literature (papers, books, videos), counted and in order.

What a site sells or tells is no literature: a product of a shop without an ISBN, a page of the web, a post elsewhere.
The whole library costs the same however large it is: it is counted by an index, and read only as far as it is shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
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
        hidden = _works_of_hidden_links()
        without_page = [part.filter(pk__in=hidden).count() for part in self._with_links()]
        counts = [part.count() for part in self._with_links()]
        return sum(counts) - sum(without_page) + works.live().filter(pk__in=hidden).count()

    def keys(self) -> list[int]:
        """Return the ids of all works of a library that is not narrowed, from the index by which it is counted."""
        hidden = _works_of_hidden_links()
        linked = set(chain.from_iterable(part.values_list("pk", flat=True) for part in self._with_links()))
        live = self._works().live().filter(pk__in=hidden).values_list("pk", flat=True)
        return sorted(linked - hidden | {*live})

    def _with_links(self) -> list[WorkQuerySet]:
        """Return the works with links enough for a page, hidden ones too, in two queries of one range of an index each.

        For an OR the database would gather the rows of both.
        """
        works, is_cited = self._works(), Q(kind__in=CITED_KINDS)
        return [works.filter(is_cited, link_count__gte=1), works.filter(~is_cited, link_count__gte=2)]

    def most_discussed(self, part: slice) -> list[Work]:
        """Return a part of the works, those with most links first, of which a few may be those of drafts."""
        return list(self._works().live().order_by("-link_count", "pk")[part])

    def newest(self, part: slice) -> list[Work]:
        """Return a part of the works, those discussed last first; at the end those of undated content alone."""
        keys = list(islice(self._all_by_date() if self.is_narrowed else self._by_date(), part.start, part.stop))
        works = Work.objects.in_bulk(keys)
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
        seen, start = set(), 0
        in_order = links.order_by("-dated_at", "-pk").values_list("work", flat=True)
        while chunk := list(in_order[start : start + CHUNK]):
            new = [key for key in dict.fromkeys(chunk) if key and key not in seen]
            # Not by kind: SQLite would read the whole index of it instead of these keys.
            kinds = dict(Work.objects.live().filter(pk__in=new).values_list("pk", "kind"))
            yield from (key for key in new if kinds.get(key) in self.kinds)
            seen |= set(new)
            start += CHUNK
        undated = self._works().live().exclude(Exists(links.filter(work=OuterRef("pk"))))
        yield from undated.order_by("-pk").values_list("pk", flat=True)


def _works_of_hidden_links() -> set[int]:
    """Return the ids of the works that content links which is not live. By its things, and a union, to use indexes."""
    first, *others = (
        Link.objects.filter(
            content_type=ContentType.objects.get_for_model(kind),
            object_id__in=kind.objects.hidden().order_by().values("pk"),
        )
        .order_by()
        .values_list("work", flat=True)
        for kind in kinds()
    )
    return {*first.union(*others)} - {None}
