"""The search page: everything live that holds the words, by kind, with the sentence and its time."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from episodes.speakers import Speaker, parts_of_speakers
from interaxion.content.publishing.public_row import AddressedRow
from interaxion.content.search.finding import Found, Match, find, read
from interaxion.content.search.folding import fold
from interaxion.content.search.query import LONGEST_QUERY, Query, parse_query
from interaxion.content.tags import Tag, TaggedItem

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

Owners = set[tuple[int, int]]


@dataclass(frozen=True)
class Group:
    """What is shown of one kind, and where the rest is."""

    kind: str
    label: str | Promise
    found: list[Found]
    more: str


def search(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "")[:LONGEST_QUERY].strip()
    only = request.GET.get("in", "")
    query = parse_query(typed)
    findings = find(query, owners=find_owners(query))
    groups = group(findings.matches, query, typed, only if only in LABELS else "")
    return render(
        request,
        "sitewide/search.html",
        {
            "typed": typed,
            "query": query,
            "groups": groups,
            "count": len(findings.matches),
            "is_capped": findings.is_capped,
            "longest": LONGEST_QUERY,
            "kept_query": "?" + urlencode({"q": typed}) if typed else "",
        },
    )


def group(matches: list[Match], query: Query, typed: str, only: str) -> list[Group]:
    """By kind; the kind of the best page comes first."""
    kinds: dict[str, list[Match]] = {}
    for match in matches:
        kinds.setdefault(match.kind, []).append(match)
    shown = {only: kinds.get(only, [])} if only else {kind: each[:MOST_OF_KIND] for kind, each in kinds.items()}
    found = {each.row.pk: each for each in read([match for each in shown.values() for match in each], query)}
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


def find_owners(query: Query) -> Owners | None:
    """Everything with the speakers and tags that the filters name; None without filters."""
    if not query.filters:
        return None
    named = {"speaker": _things_with_speaker, "tag": _things_with_tag}
    return set.intersection(*(named[kind](name) for kind, name in query.filters))


def _things_with_speaker(name: str) -> Owners:
    speakers = _called(name, Speaker.objects.all())
    things: Owners = set()
    for part, owner in parts_of_speakers() if speakers else ():
        kind = ContentType.objects.get_for_model(part._meta.get_field(owner).related_model)
        things |= {(kind.pk, pk) for pk in part.objects.filter(speaker__in=speakers).values_list(owner, flat=True)}
    return things


def _things_with_tag(name: str) -> Owners:
    items = TaggedItem.objects.filter(tag__in=_called(name, Tag.objects.all()))
    return set(items.values_list("content_type", "object_id"))


def _called(name: str, named: Iterable[AddressedRow]) -> list[AddressedRow]:
    """Those with this name, reading or alias, spelled as freely as any word of a search."""
    folded = " ".join(fold(name).split())
    return [each for each in named if folded in map(fold, each.searched_as()[0])]
