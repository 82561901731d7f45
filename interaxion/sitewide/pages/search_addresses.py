"""Search for a pasted URL: the pages of this site that link it, with the places, or the page itself if it is ours."""

import re
from dataclasses import dataclass, field

from django.db.models import F, Max, QuerySet
from django.utils.html import escape

from interaxion.content.linking.link_places import own_hosts, own_path_of
from interaxion.content.linking.links import Link
from interaxion.content.linking.titles import titles_of
from interaxion.content.linking.works import Work
from interaxion.content.owned_rows import Owner, owned_by_any
from interaxion.content.paths import find_path
from interaxion.content.search.excerpts import Hit
from interaxion.content.search.finding import MOST_CANDIDATES
from interaxion.content.search.results import MOST_HITS
from interaxion.text.addresses import NAMED_KINDS, identify, identify_words

_ADDRESS = re.compile(r"(?P<scheme>\w+://)?(?(scheme)|[\w-]+(?:\.[\w-]+)+(?::\d+)?/)\S+")

#: A DOI, arXiv id or ISBN.
_NUMBER = re.compile(r"(?:doi:? ?)?10\.\d{4,}/\S+|arxiv:? ?\S+|(?:isbn:? ?)?97[89][\d-]{10,14}", re.IGNORECASE)


@dataclass(frozen=True)
class Pasted:
    """The pages that a pasted URL leads to."""

    places: dict[Owner, list[Hit]] = field(default_factory=dict)
    #: The work at this URL, if it has a page here, and its title.
    work: Work | None = None
    title: str = ""
    #: Whether it is a paper or a book: where it was discussed first is then what is asked for.
    is_paper: bool = False


def find_pasted(typed: str) -> Pasted | None:
    """Return None unless a URL, which may lack its scheme, or the number of a work is all that was typed."""
    match = _ADDRESS.fullmatch(typed)
    if _NUMBER.fullmatch(typed):
        identity = identify_words(typed)
    else:
        identity = identify(typed if match["scheme"] else f"https://{typed}", own_hosts()) if match else None
    if identity is None:
        return None
    if identity.kind == "own":
        row = find_path(own_path_of(identity.key))
        return Pasted({row.owner: []} if row else {})
    found = Work.objects.filter(key=identity.key).select_related("merged_into").first()
    if found is None:
        return Pasted()
    named = found.merged_into or found
    places: dict[Owner, list[Hit]] = {}
    for link in _newest_links_to(named):
        hits = places.setdefault(link.owner, [])
        hit = Hit(link.anchor, escape(link.heading), link.starts_at, escape(link.text))
        if len(hits) < MOST_HITS and hit not in hits:
            hits.append(hit)
    work = Work.objects.live().filter(pk=named.pk).first() if places else None
    return Pasted(places, work, titles_of([work])[work.pk] if work else "", is_paper=identity.kind in NAMED_KINDS)


def _newest_links_to(work: Work) -> QuerySet[Link]:
    """Return the live links to a work, in the order of their texts, in the newest things that have one."""
    links = Link.objects.live().filter(work=work).order_by()
    things = links.values("content_type", "object_id").annotate(at=Max("dated_at"))
    newest = things.order_by(F("at").desc(nulls_last=True)).values_list("content_type", "object_id")
    return links.filter(owned_by_any(newest[:MOST_CANDIDATES])).order_by("position")
