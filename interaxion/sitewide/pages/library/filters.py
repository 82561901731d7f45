"""The filters of the library, in the query string: kind, order, author; year, speaker, tag of what discusses a work."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from episodes.filters.counts import count_values, range_of
from episodes.filters.names import FilterValue
from episodes.models import Episode
from episodes.people.speakers import Speaker
from interaxion.content.linking.library import KINDS, LITERATURE, Library
from interaxion.content.linking.links import Link
from interaxion.content.linking.works import WorkAuthor
from interaxion.content.owned_rows import owned_by_any
from interaxion.content.search.finding import of_things
from interaxion.content.tags import Tag
from interaxion.serving.query_strings import kept_query
from interaxion.sitewide.pages.search_filters import Filter, passing_all
from interaxion.text.japanese.reading_order import reading_key

FILTERS = ("kind", "order", "year", "speaker", "tag", "author")
KIND_LABELS = {"papers": _("Papers"), "books": _("Books"), "videos": _("Videos")}
#: The first is that of a list without `order`.
ORDER_LABELS = {"discussed": _("Most discussed"), "newest": _("Newest first")}


@dataclass(frozen=True)
class Choice:
    value: str
    label: Any
    is_chosen: bool
    #: The query string of the list with this choice; without it if it is chosen now.
    query: str


class LibraryFilters:
    """The choices in a query string. Raises Http404 for a value that nothing has."""

    def __init__(self, query: Mapping[str, str]) -> None:
        self.chosen = {name: query[name] for name in FILTERS if query.get(name)}
        known: dict[str, Any] = {"kind": KINDS, "order": ORDER_LABELS}
        if any(self.chosen.get(name, next(iter(values))) not in values for name, values in known.items()):
            raise Http404
        models: dict[str, Any] = {"speaker": Speaker, "tag": Tag}
        self.named = [
            Filter(name, self.chosen[name], list(model.objects.live().filter(slug=self.chosen[name])))
            for name, model in models.items()
            if name in self.chosen
        ]
        self.author = self.chosen.get("author", "")
        if not all(each.named for each in self.named) or (
            self.author and not WorkAuthor.objects.filter(name=self.author).exists()
        ):
            raise Http404
        if not re.fullmatch(r"[1-9][0-9]{3}", self.chosen.get("year", "2000")):
            raise Http404

    @property
    def order(self) -> str:
        return self.chosen.get("order", next(iter(ORDER_LABELS)))

    @property
    def is_narrowed(self) -> bool:
        return bool(self.chosen.keys() - {"kind", "order"})

    @property
    def kept_query(self) -> str:
        return kept_query(self.chosen, *FILTERS)

    def library(self) -> Library:
        kinds = KINDS[self.chosen["kind"]] if "kind" in self.chosen else LITERATURE
        return Library(kinds, self._links(), self.author)

    @cached_property
    def all_years(self) -> range:
        """The years in which something was discussed, the last first. By the ends: an index has the dates in order."""
        dated = Link.objects.live().filter(dated_at__isnull=False).values_list("dated_at", flat=True)
        ends = [*dated.order_by("dated_at")[:1], *dated.order_by("-dated_at")[:1]]
        years = [timezone.localtime(end).year for end in ends]
        return range(years[1], years[0] - 1, -1) if years else range(0)

    def links(self) -> list[tuple[str, Any, list[Choice]]]:
        """Return the filters that have few values: name, label, choices."""
        return [
            ("kind", _("Kind"), list(self._choices("kind", KIND_LABELS))),
            ("order", _("Order"), list(self._choices("order", ORDER_LABELS))),
            ("year", _("Discussed in"), list(self._choices("year", {str(year): year for year in self.all_years}))),
        ]

    def _values(self, name: str) -> list[FilterValue]:
        """Return the values of all episodes: a choice here is also one among those that no work here belongs to."""
        chosen = {name: self.chosen[name]} if name in self.chosen else {}
        return count_values(name, Episode.objects.live(), chosen, rest=Episode.objects.hidden())

    def people(self) -> list[Choice]:
        values = self._values("speaker")
        in_order = sorted(values, key=lambda each: reading_key(each.label, each.reading))
        return list(self._choices("speaker", {each.value: each.label for each in in_order}))

    def tags(self) -> list[Choice]:
        values = self._values("tag")
        in_order = sorted(values, key=lambda each: (-each.count, reading_key(each.label, each.reading)))
        return list(self._choices("tag", {each.value: each.label for each in in_order}))

    def taken_away(self) -> list[Choice]:
        """Return what narrows the list, each with the list without it."""
        labels = {each.kind: each.named[0] for each in self.named} | {
            name: self.chosen[name] for name in ("year", "author") if name in self.chosen
        }
        if "kind" in self.chosen:
            labels["kind"] = KIND_LABELS[self.chosen["kind"]]
        return [
            choice
            for name in FILTERS
            if name in labels
            for choice in self._choices(name, {self.chosen[name]: labels[name]})
        ]

    def _choices(self, name: str, labels: Mapping[str, Any]) -> Iterator[Choice]:
        for value, label in labels.items():
            is_chosen = value == (self.order if name == "order" else self.chosen.get(name))
            is_left_out = is_chosen or value == next(iter(ORDER_LABELS))
            others = {other: self.chosen[other] for other in self.chosen if other != name}
            query = kept_query(others if is_left_out else {**others, name: value}, *FILTERS)
            yield Choice(value, label, is_chosen, query)

    def _links(self) -> QuerySet[Link] | None:
        within = passing_all(self.named)
        if within is None and "year" not in self.chosen:
            return None
        links = Link.objects.live()
        if within is not None:
            links = links.filter(of_things(within) if callable(within) else owned_by_any(within))
        if "year" in self.chosen:
            links = links.filter(dated_at__range=range_of(int(self.chosen["year"])))
        return links
