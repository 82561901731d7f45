"""The search page: everything live that holds the words, by kind, with the sentence and its time."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from interaxion.content.search.finding import Match, answer, find
from interaxion.content.search.results import SearchResult, read
from interaxion.sitewide.pages.search_addresses import Pasted, find_pasted
from interaxion.sitewide.pages.search_filters import Names, find_owners
from interaxion.text.search.query import LONGEST_QUERY, Query, parse_query

#: So many pages of each kind, until a visitor asks for one kind alone.
MOST_OF_KIND = 10
LABELS = {
    "episodes.episode": _("Episodes"),
    "posts.post": _("Posts"),
    "courses.course": _("Courses"),
    "courses.chapter": _("Chapters"),
    "sitewide.page": _("Plain pages"),
    "episodes.speaker": _("Speakers"),
    "content.tag": _("Tags"),
    "content.work": _("Works"),
}


@dataclass(frozen=True)
class Group:
    """What is shown of one kind, and where the rest is."""

    kind: str
    label: str | Promise
    found: list[SearchResult]
    more: str


def search(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    only = request.GET.get("in", "")
    names = Names()
    asked = parse_query(typed, names.is_name)
    filters, filters_without = names.read(asked.filters), names.read(asked.filters_without)
    pasted = find_pasted(typed)
    if pasted and pasted.places:
        query, findings = asked, find(asked)
        linking = find(Query(), owners=pasted.places.keys()).matches
        matches = [*findings.matches, *(match for match in linking if match not in findings.matches)]
    else:
        query, findings = answer(
            asked,
            owners=set.intersection(*find_owners(filters)) if filters else None,
            without=set().union(*find_owners(filters_without)),
        )
        matches = findings.matches
    groups = group(matches, query, typed, only if only in LABELS else "", pasted)
    return render(
        request,
        "sitewide/search.html",
        {
            "typed": typed,
            "query": query,
            "is_reread": query != asked,
            "filters": filters,
            "filters_without": filters_without,
            "pasted": pasted,
            "unknown": [each for each in (*filters, *filters_without) if not each.named],
            "groups": groups,
            "count": len(matches),
            "is_capped": findings.is_capped,
            "longest": LONGEST_QUERY,
            "kept_query": "?" + urlencode({"q": typed}) if typed else "",
        },
    )


def group(matches: list[Match], query: Query, typed: str, only: str, pasted: Pasted | None = None) -> list[Group]:
    """By kind; the kind of the best page comes first."""
    kinds: dict[str, list[Match]] = {}
    for match in matches:
        kinds.setdefault(match.kind, []).append(match)
    shown = {only: kinds.get(only, [])} if only else {kind: each[:MOST_OF_KIND] for kind, each in kinds.items()}
    mentions = pasted.places if pasted else {}
    found = {each.row.pk: each for each in read([match for each in shown.values() for match in each], query, mentions)}
    return [
        Group(
            kind,
            LABELS[kind],
            [found[match.row] for match in each],
            "?" + urlencode({"q": typed, "in": kind}) if len(kinds[kind]) > len(each) else "",
        )
        for kind, each in shown.items()
        if each
    ]
