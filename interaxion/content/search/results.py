"""Search results as a list shows them: the name of the page, with the terms marked, and where it holds them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain, islice

from django.apps import apps
from django.utils.safestring import SafeString

from interaxion.content.linking.titles import titles_of
from interaxion.content.owned_rows import Owner
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.search.excerpts import Hit, find_hits, find_sentences, mark
from interaxion.content.search.finding import Match
from interaxion.content.search.rows import SearchRow
from interaxion.text.search.folding import fold_letters
from interaxion.text.search.query import Query
from interaxion.text.search.terms import Term

MOST_HITS = 3


@dataclass(frozen=True)
class SearchResult:
    """A page as a list shows it."""

    #: The label of its model, such as `episodes.episode`.
    model: str
    row: SearchRow
    terms: tuple[Term, ...]
    #: The title that its own page shows.
    name: str
    #: Its hits, if they are known already: those of a pasted address instead of terms.
    known_hits: Sequence[Hit] = ()
    #: The rows of what was said there that hold the terms, the best first.
    said: Sequence[SearchRow] = ()

    @property
    def title(self) -> SafeString:
        return mark(self.name, self.terms)

    @property
    def address(self) -> str:
        return self.row.work.get_absolute_url() if self.row.work else self.row.get_absolute_url()

    @property
    def published_at(self) -> datetime | None:
        """The date of publishing; None for what has no date."""
        return self.row.dated_at if issubclass(apps.get_model(self.model), Publishable) else None

    @cached_property
    def named(self) -> list[tuple[str, SafeString]]:
        """The people and tags that hold the terms, each with its kind, where neither title nor text does."""
        if self.hits or self.said or self.row.named is None or self._holds(self.name):
            return []
        names = ((kind, name) for kind, names in self.row.named.items() for name in names)
        return [(kind, mark(name, self.terms)) for kind, name in names if self._holds(name)]

    def _holds(self, name: str) -> bool:
        folded = fold_letters(name)
        return any(term.stands_in(folded) for term in self.terms)

    @cached_property
    def hits(self) -> Sequence[Hit]:
        """The places that hold the terms; for a work its other names, unless its title holds all terms."""
        if self.known_hits or self.row.said_from is not None:
            return self.known_hits
        name = fold_letters(self.name)
        if self.row.work and all(term.stands_in(name) for term in self.terms):
            return []
        _title, _headings, _names, folded = self.row.folded.split("\n", 3)
        return find_hits(self.row.text, folded, self.row.places, self.terms, most=MOST_HITS)

    @cached_property
    def sentences(self) -> Sequence[Hit]:
        """The sentences said there that hold the terms, at most `MOST_HITS`."""
        found = (find_sentences(row.text, row.folded, row.places, self.terms, most=MOST_HITS) for row in self.said)
        return list(islice(chain.from_iterable(found), MOST_HITS))


def read(
    matches: Iterable[Match], query: Query, known_hits: Mapping[Owner, Sequence[Hit]] | None = None
) -> list[SearchResult]:
    """Read what a list shows of these pages, in at most two queries. `known_hits` are those of a pasted address."""
    matches = list(matches)
    models = {match.row: match.model for match in matches}
    said = {match.row: match.said for match in matches}
    wanted = {*models, *chain.from_iterable(said.values())}
    rows = SearchRow.objects.select_related("work").defer("grams").in_bulk(list(wanted))
    titles = titles_of({row.work for row in rows.values() if row.work})
    return [
        SearchResult(
            model,
            row,
            query.terms,
            titles[row.work_id] if row.work else row.title,
            known_hits=(known_hits or {}).get(row.owner, ()),
            said=[rows[pk] for pk in said[row.pk]],
        )
        for row, model in ((rows[pk], model) for pk, model in models.items())
    ]
