"""What was found, as a list shows it: the name of the page, the words marked, and where it holds them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.apps import apps
from django.utils.safestring import SafeString

from interaxion.content.linking.mentions import titles_of
from interaxion.content.owned_rows import Owner
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.search.excerpts import Hit, find_hits, mark
from interaxion.content.search.finding import Match
from interaxion.content.search.rows import SearchRow
from interaxion.text.search.folding import fold_letters
from interaxion.text.search.query import Query
from interaxion.text.search.terms import Term

MOST_HITS = 3


@dataclass(frozen=True)
class SearchResult:
    """A page as a list shows it."""

    kind: str
    row: SearchRow
    terms: tuple[Term, ...]
    #: What its own page calls it.
    name: str
    #: Where it has what was asked for, if these were no words.
    mentions: Sequence[Hit] = ()

    @property
    def title(self) -> SafeString:
        return mark(self.name, self.terms)

    @property
    def address(self) -> str:
        return self.row.work.get_absolute_url() if self.row.work else self.row.get_absolute_url()

    @property
    def published_at(self) -> datetime | None:
        """None for what has no date."""
        return self.row.dated_at if issubclass(apps.get_model(self.kind), Publishable) else None

    @cached_property
    def hits(self) -> Sequence[Hit]:
        """Where it holds the terms; for a work what else it is called, unless its title says it all."""
        if self.mentions:
            return self.mentions
        name = fold_letters(self.name)
        if self.row.work and all(term.stands_in(name) for term in self.terms):
            return []
        _title, _headings, _names, folded = self.row.folded.split("\n", 3)
        return find_hits(self.row.text, folded, self.row.places, self.terms, most=MOST_HITS)


def read(
    matches: Iterable[Match], query: Query, mentions: Mapping[Owner, Sequence[Hit]] | None = None
) -> list[SearchResult]:
    """Read what a list shows of these pages, all at once. `mentions` are the places of some, if no words were asked."""
    kinds = {match.row: match.kind for match in matches}
    rows = SearchRow.objects.select_related("work").defer("grams").in_bulk(list(kinds))
    titles = titles_of({row.work for row in rows.values() if row.work})
    return [
        SearchResult(
            kind,
            row,
            query.terms,
            titles[row.work_id] if row.work else row.title,
            mentions=(mentions or {}).get(row.owner, ()),
        )
        for row, kind in ((rows[pk], kind) for pk, kind in kinds.items())
    ]
