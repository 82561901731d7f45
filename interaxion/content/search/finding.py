"""find(): the pages that hold what a visitor asked for, the best first.

answer() asks find() for what the query says, and for what else it may mean where nothing holds that.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model

from interaxion.content.linking.works import Work
from interaxion.content.owned_rows import Owner, owned_by_any
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.search.index import find_candidates
from interaxion.content.search.rows import SHELVES, SearchRow
from interaxion.text.addresses import says_nothing
from interaxion.text.search.fallbacks import looser_readings
from interaxion.text.search.grams import as_headings, shelf_gram
from interaxion.text.search.query import Query
from interaxion.text.search.ranking import IN_TEXT, THE_TITLE, rank

#: So many pages of each shelf are looked at, those that have the words in titles and headings first.
MOST_CANDIDATES = 100
#: They name a work as a title does where they are all that was asked for; else less than any text.
WORDS_OF_A_LINK = (IN_TEXT + 1, 0)


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


def answer(query: Query, **narrowed: Any) -> tuple[Query, Findings]:
    """The first reading of the query by which something is found, and what; the query itself where nothing is."""
    findings = find(query, **narrowed)
    if findings.matches:
        return query, findings
    found = ((looser, find(looser, **narrowed)) for looser in looser_readings(query))
    return next((each for each in found if each[1].matches), (query, findings))


def find(
    query: Query,
    *,
    owners: Collection[Owner] | None = None,
    without: Collection[Owner] = (),
    most: int = MOST_CANDIDATES,
    at: datetime | None = None,
) -> Findings:
    """What is live at `at`, holds every term, and none of those to do without; of the `owners` (content type, id)
    alone, where given, and not `without` these.

    Order: the title itself, its first words, titles, headings, names of people and tags, text; then the newest.
    """
    live = SearchRow.objects.live(at)
    if not query.terms:
        live, is_capped = live.filter(owned_by_any(owners or ()), work=None), False
    else:
        among = None if owners is None else list(live.filter(owned_by_any(owners)).values_list("pk", flat=True))
        ids, is_capped = _find_rows(query, most, among)
        live = live.filter(pk__in=ids)
    asked = " ".join(term.text for term in query.terms)
    label_of = cache(_label_of)
    ranked = []
    newest_first = live.order_by(F("dated_at").desc(nulls_last=True), "-pk")
    rows = newest_first.values_list("pk", "content_type", "object_id", "work", "folded")
    for pk, content_type, object_id, work, folded in rows:
        how_well = rank(folded, query.terms, query.without)
        if how_well is not None and (content_type, object_id) not in without:
            if work and how_well[0]:
                how_well = THE_TITLE if asked in folded.split("\n") else WORDS_OF_A_LINK
            # Several things may mention one work: the first of them shows it, best with more than its number.
            is_bare = bool(work) and says_nothing(folded.partition("\n")[0])
            match = Match(pk, _label(Work) if work else label_of(content_type), work or object_id)
            ranked.append((how_well, is_bare, match))
    pages: dict[tuple[str, int], Match] = {}
    for _how_well, _is_bare, match in sorted(ranked, key=itemgetter(0, 1)):
        pages.setdefault((match.kind, match.pk), match)
    return Findings(_with_pages(list(pages.values()), at), is_capped)


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
