"""find(): the pages that hold all terms of a query, the best first.

answer() calls find() with the query as typed, then with other readings of it until something is found: looser ones,
then guesses at words that nothing holds, then without one word.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, reduce
from itertools import chain, islice, product
from operator import itemgetter, or_
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model, Q, QuerySet

from interaxion.content.linking.titles import titles_of
from interaxion.content.linking.works import Work
from interaxion.content.owned_rows import Owner, owned_by_any
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.search.index import find_candidates
from interaxion.content.search.rows import SHELVES, SearchRow
from interaxion.content.search.synonyms import read_same_words
from interaxion.content.search.vocabulary import read_vocabulary
from interaxion.text.addresses import says_nothing
from interaxion.text.search.fallbacks import guessed_readings, looser_readings
from interaxion.text.search.folding import fold_letters
from interaxion.text.search.grams import as_headings, shelf_gram
from interaxion.text.search.guesses import in_other_script, one_edit_away
from interaxion.text.search.query import Query
from interaxion.text.search.ranking import (
    IN_LONGER_WORD,
    THE_TITLE,
    THE_TITLE_RESPELLED,
    dwelling,
    is_another_name,
    rank,
)

#: How many pages of each shelf are looked at, those with the terms in titles and headings first.
MOST_CANDIDATES = 100
MOST_SUGGESTIONS = 8
#: Choices of one word for each term that are looked up, where words have others that mean the same.
MOST_CHOICES = 12
#: The rank of a work by the words of its links, below any text; if they are the whole query, they count as a title.
WORDS_OF_A_LINK = (IN_LONGER_WORD + 1, 0)
#: The same of what was said: the notes say what an episode is about, and speech mentions everything.
SAID = (IN_LONGER_WORD + 1, 1)
#: Rows of what was said in one episode that a result shows.
MOST_SAID = 3
#: Returns the condition by which things of a kind are chosen; the query has their key in the column of that name.
Condition = Callable[[type[Publishable], str], Q]


@dataclass(frozen=True)
class Match:
    """A page that holds the terms. `row` is the id of its search row, `model` a label such as `episodes.episode`."""

    row: int
    model: str
    pk: int
    #: The ids of rows of what was said there, the best first.
    said: tuple[int, ...] = ()


@dataclass(frozen=True)
class Findings:
    #: The best first.
    matches: list[Match]
    #: Whether there are more pages than were looked at: another word would narrow the search.
    is_capped: bool = False


def answer(query: Query, **narrowed: Any) -> tuple[Query, Findings]:
    """Return the first reading of the query that finds something, and what it finds; else the query and nothing."""
    same_words = read_same_words()
    query = same_words.expand(query)
    findings = find(query, **narrowed)
    if findings.matches:
        return query, findings
    found = ((each, find(each, **narrowed)) for each in map(same_words.expand, _other_readings(query)))
    return next((each for each in found if each[1].matches), (query, findings))


def _other_readings(query: Query) -> Iterator[Query]:
    reading = query
    for reading in looser_readings(query):
        yield reading
    if reading.terms:
        words = cache(read_vocabulary)
        guesses = [lambda word, guess=guess: guess(word, words()) for guess in (in_other_script, one_edit_away)]
        yield from guessed_readings(reading, lambda term: bool(find(Query((term,))).matches), guesses)


def find(
    query: Query,
    *,
    within: Condition | Collection[Owner] | None = None,
    without: Condition | None = None,
    most: int = MOST_CANDIDATES,
    oldest_first: bool = False,
    at: datetime | None = None,
) -> Findings:
    """Return what is live at `at` and holds every term of the query, and none of its excluded terms.

    If `within` is given, only pages of things that it chooses, or that it holds if they are few; never of those that
    `without` chooses. A query without terms finds the newest things `within`, of each kind at most `most`.
    Order: the title itself or another name, its first words, titles, headings and summaries, names of people and tags,
    text;
    then those that dwell on them; then the newest.
    """
    live = SearchRow.objects.live(at)
    if query.terms:
        among = _narrowed(within, without) if without or within is not None else None
        ids, is_capped = _find_rows(query, most, among, are_few=within is not None and not callable(within))
        live = live.filter(pk__in=ids)
    else:
        owners, is_capped = _find_newest(within, without, most, at) if within else ([], False)
        # Per kind, so that the index leads to the row of each thing: it has others for the works that it mentions.
        by_kind = (
            owned_by_any([owner for owner in owners if owner[0] == kind]) for kind in {kind for kind, _ in owners}
        )
        live = live.filter(reduce(or_, (Q(of_kind, work=None, said_from=None) for of_kind in by_kind), Q(pk__in=[])))
    typed = " ".join(term.text for term in query.terms)
    label_of, is_content = cache(_label_of), cache(_is_content)
    ranked = []
    # Not by the key of the row: a save writes another row, and what nobody changed would change places.
    date = F("dated_at").asc(nulls_last=True) if oldest_first else F("dated_at").desc(nulls_last=True)
    in_order = live.order_by(date, "content_type", "-object_id", "work")
    rows = in_order.values_list("pk", "content_type", "object_id", "work", "folded", "dated_at", "said_from")
    for pk, content_type, object_id, work, folded, dated_at, said_from in rows:
        how_well = rank(folded, query.terms, query.without)
        if how_well is not None:
            model = _label(Work) if work else label_of(content_type)
            if work and how_well[0]:
                how_well = THE_TITLE if typed in folded.split("\n") else WORDS_OF_A_LINK
            elif how_well[0] and not is_content(model) and is_another_name(folded, query.terms):
                how_well = THE_TITLE_RESPELLED
            if said_from is not None:
                how_well = SAID
            # Several things may mention one work: it is shown once, preferably by a mention with more than its number.
            is_bare = bool(work) and says_nothing(folded.partition("\n")[0])
            said = () if said_from is None else (pk,)
            match = Match(pk, model, work or object_id, said)
            is_aside = is_bare or dated_at is None  # a glossary tells what an episode talks about
            ranked.append((how_well, is_aside, -dwelling(folded, query.terms), match))
    pages: dict[tuple[str, int], Match] = {}
    for *_how_well, match in sorted(ranked, key=itemgetter(0, 1, 2)):
        best = pages.setdefault((match.model, match.pk), match)
        if match is not best and len(best.said) < MOST_SAID:
            pages[match.model, match.pk] = replace(best, said=best.said + match.said)
    return Findings(_with_pages(list(pages.values()), at), is_capped)


def _narrowed(within: Condition | Collection[Owner] | None, without: Condition | None) -> QuerySet[SearchRow]:
    rows = SearchRow.objects.all()
    if within is not None:
        rows = rows.filter(of_things(within) if callable(within) else owned_by_any(within))
    return rows.filter(~of_things(without)) if without else rows


def of_things(chosen: Condition) -> Q:
    """Return the condition for rows that belong to the things that are chosen."""
    condition = Q(pk__in=[])
    for kind in kinds():
        condition |= Q(chosen(kind, "object_id"), content_type=ContentType.objects.get_for_model(kind))
    return condition


def _find_newest(
    within: Condition | Collection[Owner], without: Condition | None, most: int, at: datetime | None
) -> tuple[Collection[Owner], bool]:
    """Return the newest live things of each kind, at most `most`, and whether there may be more."""
    owners: list[Owner] = []
    is_capped = False
    for kind in kinds():
        content_type = ContentType.objects.get_for_model(kind).pk
        wanted = within(kind, "pk") if callable(within) else Q(pk__in=[pk for of, pk in within if of == content_type])
        live = kind.objects.live(at).filter(wanted)
        live = live.exclude(without(kind, "pk")) if without else live
        pks = list(live.newest_first().values_list("pk", flat=True)[:most])
        owners += ((content_type, pk) for pk in pks)
        is_capped |= len(pks) == most
    return owners, is_capped


def _find_rows(query: Query, most: int, among: QuerySet[SearchRow] | None, *, are_few: bool) -> tuple[list[int], bool]:
    """Return the ids of rows that may hold every term, at most `most` of a shelf, and whether there may be more."""
    choices = islice(product(*(term.alternatives() for term in query.terms)), MOST_CHOICES)
    each = [set().union(*choice) for choice in choices]
    in_headings = list(map(as_headings, each))  # those with the words in titles and headings first
    wanted = {shelf: each if shelf == "said" else in_headings + each for shelf in SHELVES}
    alternatives = [{*grams, shelf_gram(shelf)} for shelf in SHELVES for grams in wanted[shelf]]
    found = find_candidates(alternatives, most=most, among=among, are_few=are_few)
    arms = iter(found)
    shelves = [dict.fromkeys(chain.from_iterable(islice(arms, len(wanted[shelf])))) for shelf in SHELVES]
    return [id for ids in shelves for id in islice(ids, most)], any(len(ids) == most for ids in found)


def _with_pages(matches: list[Match], at: datetime | None) -> list[Match]:
    """Leave out the speakers, tags and works that have no page, because nothing live belongs to them."""
    found: dict[str, set[int]] = {}
    for match in matches:
        found.setdefault(match.model, set()).add(match.pk)
    live = {
        model: set(apps.get_model(model).objects.live(at).filter(pk__in=pks).values_list("pk", flat=True))
        for model, pks in found.items()
        if not _is_content(model)  # search rows of content are live only while it is
    }
    return [match for match in matches if match.model not in live or match.pk in live[match.model]]


def _is_content(model: str) -> bool:
    return issubclass(apps.get_model(model), Publishable)


def _label(model: type[Model]) -> str:
    return model._meta.label_lower


def _label_of(content_type: int) -> str:
    return _label(ContentType.objects.get_for_id(content_type).model_class())


def suggest(query: Query, *, most: int = MOST_SUGGESTIONS) -> list[str]:
    """Return the titles and names that hold every term, each once, the best first."""
    matches = find(query).matches if query.terms else []
    rows = SearchRow.objects.select_related("work").in_bulk([match.row for match in matches])
    titles = titles_of({row.work for row in rows.values() if row.work})
    names = [titles[row.work_id] if row.work else row.title for row in (rows[match.row] for match in matches)]
    held = (name for name in names if all(term.stands_in(fold_letters(name)) for term in query.terms))
    return list(islice(dict.fromkeys(held), most))
