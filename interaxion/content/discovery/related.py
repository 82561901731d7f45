"""Related things: those that share works, tags or people with a thing, each with the reasons."""

from dataclasses import dataclass, field
from datetime import datetime
from math import inf

from django.utils import timezone

from interaxion.content.discovery.editions import paths_in
from interaxion.content.discovery.shared_names import find_sharing, titles_of
from interaxion.content.linking.mentions import Neighbourhood, neighbourhood
from interaxion.content.owned_rows import Owner
from interaxion.content.paths import url_of
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.addresses import CITED_KINDS

MOST_RELATED = 6
#: The weight of a shared paper or book, other page, tag and person, divided by how many share it: rare ones weigh more.
WEIGHTS = {"paper": 6.0, "page": 2.0, "tag": 3.0, "person": 1.0}
PAPERS = (*CITED_KINDS, "isbn")
#: A page that more things link (the source of the music, a form) does not relate them.
MOST_SHARING_PAGE = 3


@dataclass(frozen=True)
class Reason:
    """`kind` is "work", "tag" or "person"; `weight` is divided among all things that share it."""

    kind: str
    label: str
    weight: float = field(compare=False)


@dataclass
class RelatedThing:
    title: str
    path: str
    language: str
    dated_at: datetime | None
    weight: float = 0.0
    reasons: list[Reason] = field(default_factory=list)

    def get_absolute_url(self) -> str:
        return url_of(self.path)


def find_related(
    thing: Publishable, *, around: Neighbourhood | None = None, most: int = MOST_RELATED, at: datetime | None = None
) -> list[RelatedThing]:
    """Return the live things that share most with `thing`, at most `most`. `around`, if given, saves a query."""
    at = at or timezone.now()
    related: dict[Owner, RelatedThing] = {}
    sharing: dict[Reason, set[Owner]] = {}
    for work, name, links in (around or neighbourhood(thing, at)).by_work():
        if work.kind not in PAPERS and len({link.owner for link in links}) > MOST_SHARING_PAGE:
            continue
        reason = Reason("work", name, WEIGHTS["paper" if work.kind in PAPERS else "page"])
        for link in links:
            related.setdefault(link.owner, RelatedThing(link.title, link.path, link.language, link.dated_at))
            sharing.setdefault(reason, set()).add(link.owner)
    for kind, name, other in find_sharing(thing, at):
        related.setdefault(other.owner, RelatedThing("", other.path, other.language, other.dated_at))
        sharing.setdefault(Reason(kind, name, WEIGHTS[kind]), set()).add(other.owner)
    for reason, owners in sharing.items():
        for owner in owners:
            related[owner].weight += reason.weight / len(owners)
            related[owner].reasons.append(reason)
    related = _without_editions(thing, related)

    def order(owner: Owner) -> tuple[float, float, Owner]:
        dated_at = related[owner].dated_at
        return -related[owner].weight, -dated_at.timestamp() if dated_at else inf, owner

    best = sorted(related, key=order)[:most]
    for owner, title in titles_of([owner for owner in best if not related[owner].title]).items():
        if owner in related:
            related[owner].title = title
    return [related[owner] for owner in best]


def _without_editions(thing: Publishable, related: dict[Owner, RelatedThing]) -> dict[Owner, RelatedThing]:
    """Leave out the thing itself in another language, and things that are related in its own language as well."""
    paths = {each.path for each in related.values()} | {thing.path}
    return {
        owner: each
        for owner, each in related.items()
        if each.language == thing.language or paths.isdisjoint(paths_in(each.path, each.language, thing.language))
    }
