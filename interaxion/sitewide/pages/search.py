"""The search page: all live pages that contain the words, by kind, with the sentence and its time."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from episodes.models import Episode
from interaxion.content.search.finding import Match, answer, find, suggest
from interaxion.content.search.results import SearchResult, read
from interaxion.sitewide.pages.search_addresses import Pasted, find_pasted
from interaxion.sitewide.pages.search_filters import Names, find_course, in_course, passing_all, passing_any
from interaxion.text.search.query import LONGEST_QUERY, Query, parse_query

#: Pages of each kind, unless the visitor asks for one kind alone.
MOST_OF_KIND = 10
EPISODES = "episodes.episode"
LABELS = {
    EPISODES: _("Episodes"),
    "posts.post": _("Posts"),
    "courses.course": _("Courses"),
    "courses.chapter": _("Chapters"),
    "sitewide.page": _("Plain pages"),
    "episodes.speaker": _("Speakers"),
    "content.tag": _("Tags"),
    "content.work": _("Works"),
}
#: Kinds that only lead to what was said and written, which comes first.
LEADING_ON = frozenset({"content.tag", "content.work"})


#: No course is searched alone.
EVERYWHERE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Group:
    """The results of one kind that are shown; `more` is the query string for all of them, "" if these are all."""

    kind: str
    label: str | Promise
    found: list[SearchResult]
    more: str


def search(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    only = request.GET.get("in", "")
    names = Names()
    typed_query = parse_query(typed, names.is_name)
    course = find_course(request.GET.get("course", ""))
    filters, filters_without = names.read(typed_query.filters), names.read(typed_query.filters_without)
    pasted = find_pasted(typed)
    if pasted and pasted.places and not course:
        query, findings = typed_query, find(typed_query)
        linking = find(Query(), within=list(pasted.places), oldest_first=pasted.is_paper).matches
        known = {(match.model, match.pk) for match in findings.matches}
        matches = [*findings.matches, *(match for match in linking if (match.model, match.pk) not in known)]
    else:
        query, findings = answer(
            typed_query,
            within=in_course(course, filters) if course else passing_all(filters),
            without=passing_any(filters_without),
        )
        matches = findings.matches
    within = {"course": course.slug} if course else {}
    groups = group(matches, query, typed, only if only in LABELS else "", pasted, within=within)
    return render(
        request,
        "sitewide/search.html",
        {
            "typed": typed,
            "query": query,
            "course": course,
            "filters": filters,
            "filters_without": filters_without,
            "pasted": pasted,
            "unknown": [unknown for unknown in (*filters, *filters_without) if not unknown.named],
            "groups": groups,
            "sounds": find_sounds(groups),
            "kinds": count_kinds(matches, {"q": typed} | within, only),
            "count": len(matches),
            "is_capped": findings.is_capped,
            "longest": LONGEST_QUERY,
            "kept_query": "?" + urlencode({"q": typed} | within) if typed else "",
        },
    )


def find_sounds(groups: list[Group]) -> dict[int, Episode]:
    """Return the episodes among the results that have audio, by the ids of their search rows."""
    rows = {found.row.object_id: found.row.pk for each in groups if each.kind == EPISODES for found in each.found}
    episodes = Episode.objects.with_audio().only("audio_url", "audio_file", "audio_seconds", "guid").in_bulk(list(rows))
    return {rows[pk]: episode for pk, episode in episodes.items()}


def count_kinds(
    matches: list[Match], asked: Mapping[str, str], only: str
) -> list[tuple[str | Promise, int, str, bool]]:
    """Return label, number of pages, query string and whether it is chosen, for each kind that was found: filters."""
    counts = Counter(match.model for match in matches)
    kinds = [("", _("All"), len(matches)), *((kind, LABELS[kind], counts[kind]) for kind in LABELS if counts[kind])]
    chosen = only if only in LABELS else ""
    return [
        (label, count, "?" + urlencode({**asked, **({"in": kind} if kind else {})}), kind == chosen)
        for kind, label, count in kinds
    ]


def suggestions(request: HttpRequest) -> JsonResponse:
    """Return the names of pages that hold what was typed so far: titles, people, tags, works, the best first."""
    typed = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    return JsonResponse(suggest(parse_query(typed)), safe=False)


def group(
    matches: list[Match],
    query: Query,
    typed: str,
    only: str,
    pasted: Pasted | None = None,
    *,
    within: Mapping[str, str] = EVERYWHERE,
) -> list[Group]:
    """Return the groups of kinds, all of kind `only` if it is given; the kind of the best match comes first."""
    by_kind: dict[str, list[Match]] = {}
    leading_on = LEADING_ON | ({"episodes.speaker"} if query.how == "less" else set())
    for match in sorted(matches, key=lambda match: match.model in leading_on):
        by_kind.setdefault(match.model, []).append(match)
    if only:
        shown = {only: by_kind.get(only, [])}
    else:
        shown = {kind: of_kind[:MOST_OF_KIND] for kind, of_kind in by_kind.items()}
    mentions = pasted.places if pasted else {}
    results = read([match for of_kind in shown.values() for match in of_kind], query, mentions)
    result_of = {result.row.pk: result for result in results}
    return [
        Group(
            kind,
            LABELS[kind],
            [result_of[match.row] for match in of_kind],
            "?" + urlencode({"q": typed, "in": kind, **within}) if len(by_kind[kind]) > len(of_kind) else "",
        )
        for kind, of_kind in shown.items()
        if of_kind
    ]
