"""find(): the pages that hold what a visitor asked for, the best first, with the places where it stands."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from itertools import islice
from operator import itemgetter

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.safestring import SafeString

from interaxion.content.linking.addresses import says_nothing
from interaxion.content.linking.mentions import titles_of
from interaxion.content.linking.works import Work
from interaxion.content.publishing.derived import owned_by_any
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.search.excerpts import Hit, find_hits, mark
from interaxion.content.search.folding import fold
from interaxion.content.search.grams import as_headings, shelf_gram
from interaxion.content.search.index import find_candidates
from interaxion.content.search.query import Query, Term
from interaxion.content.search.ranking import THE_TITLE, rank
from interaxion.content.search.rows import SHELVES, SearchRow

#: So many pages of each shelf are looked at, those that have the words in titles and headings first.
MOST_CANDIDATES = 100
MOST_HITS = 3
#: They name a work as a title does where they are all that was asked for; else less than any text.
WORDS_OF_A_LINK = (5, 5)


@dataclass(frozen=True)
class Match:
    """A page that holds what was asked. `kind` is the label of its model, such as `episodes.episode`."""

    row: int
    kind: str
    pk: int


@dataclass(frozen=True)
class Findings:
    #: The best first.
    matches: list[Match]
    #: There are more than were looked at: another word would narrow.
    is_capped: bool = False


@dataclass(frozen=True)
class Found:
    """A page as a list shows it."""

    kind: str
    row: SearchRow
    terms: tuple[Term, ...]
    #: What its own page calls it.
    name: str

    @property
    def title(self) -> SafeString:
        return mark(self.name, self.terms)

    @property
    def address(self) -> str:
        return self.row.work.get_absolute_url() if self.row.work else self.row.get_absolute_url()

    @property
    def published_at(self) -> datetime | None:
        """None for what has no date."""
        return self.row.publish_at if issubclass(apps.get_model(self.kind), Publishable) else None

    @cached_property
    def hits(self) -> list[Hit]:
        """Where it holds the terms; for a work what else it is called, unless its title says it all."""
        folded = fold(self.name)
        if self.row.work and all(term.stands_in(self.name, folded) for term in self.terms):
            return []
        _title, _headings, folded = self.row.folded.split("\n", 2)
        return find_hits(self.row.text, folded, self.row.places, self.terms, most=MOST_HITS)


def find(
    query: Query,
    *,
    owners: Collection[tuple[int, int]] | None = None,
    most: int = MOST_CANDIDATES,
    at: datetime | None = None,
) -> Findings:
    """What is live at `at` and holds every term; of the `owners` (content type, id) alone, where given.

    Order: the title itself, its first words, titles, headings, text; then the newest.
    """
    live = SearchRow.objects.live(at)
    if not query.terms:
        live, is_capped = live.filter(owned_by_any(owners or ()), work=None), False
    else:
        among = None if owners is None else list(live.filter(owned_by_any(owners)).values_list("pk", flat=True))
        ids, is_capped = _find_rows(query, most, among)
        live = live.filter(pk__in=ids)
    columns = ["pk", "content_type", "object_id", "work", "folded"]
    if any(term.is_exact for term in query.terms):
        columns += ["title", "text"]
    asked = " ".join(term.text for term in query.terms)
    label_of = cache(_label_of)
    ranked = []
    for pk, content_type, object_id, work, folded, *written in live.newest_first().values_list(*columns):
        exactly = written[-1:] * 2 if work else written  # a work's row has its names as its text
        answer = rank(folded, query.terms, exactly)
        if answer is not None:
            if work and answer[0]:
                answer = THE_TITLE if asked in folded.split("\n") else WORDS_OF_A_LINK
            # Several things may mention one work: the first of them shows it, best with more than its number.
            is_bare = bool(work) and says_nothing(folded.partition("\n")[0])
            match = Match(pk, _label(Work) if work else label_of(content_type), work or object_id)
            ranked.append((answer, is_bare, match))
    pages: dict[tuple[str, int], Match] = {}
    for _answer, _is_bare, match in sorted(ranked, key=itemgetter(0, 1)):
        pages.setdefault((match.kind, match.pk), match)
    return Findings(_with_pages(list(pages.values()), at), is_capped)


def read(matches: Iterable[Match], query: Query) -> list[Found]:
    """Read what a list shows of these pages, all at once."""
    kinds = {match.row: match.kind for match in matches}
    rows = SearchRow.objects.select_related("work").defer("grams").in_bulk(list(kinds))
    titles = titles_of({row.work for row in rows.values() if row.work})
    return [
        Found(kind, row, query.terms, titles[row.work_id] if row.work else row.title)
        for row, kind in ((rows[pk], kind) for pk, kind in kinds.items())
    ]


def _find_rows(query: Query, most: int, among: Collection[int] | None) -> tuple[list[int], bool]:
    """The ids of rows that may hold every term, at most `most` of a shelf, and whether there may be more of them."""
    grams = set().union(*(term.grams() for term in query.terms))
    alternatives = [{*asked, shelf_gram(shelf)} for shelf in SHELVES for asked in (as_headings(grams), grams)]
    found = find_candidates(alternatives, most=most, among=among)
    shelves = [dict.fromkeys(headings + texts) for headings, texts in zip(found[::2], found[1::2], strict=True)]
    return [id for ids in shelves for id in islice(ids, most)], any(len(ids) == most for ids in found)


def _with_pages(matches: list[Match], at: datetime | None) -> list[Match]:
    """Without speakers, tags and works that have no page, because nothing live is behind them."""
    asked: dict[str, set[int]] = {}
    for match in matches:
        asked.setdefault(match.kind, set()).add(match.pk)
    shown = {
        kind: set(apps.get_model(kind).objects.live(at).filter(pk__in=pks).values_list("pk", flat=True))
        for kind, pks in asked.items()
        if not issubclass(apps.get_model(kind), Publishable)  # their rows say it themselves
    }
    return [match for match in matches if match.kind not in shown or match.pk in shown[match.kind]]


def _label(model: type[Model]) -> str:
    return model._meta.label_lower


def _label_of(content_type: int) -> str:
    return _label(ContentType.objects.get_for_id(content_type).model_class())
