"""Related things: those that share works, tags or people with a thing, each with the reasons."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from math import inf

from django.db.models import Exists, OuterRef, Q

from interaxion.content.discovery.editions import paths_in
from interaxion.content.linking.mentions import Neighbourhood, neighbourhood
from interaxion.content.owned_rows import Owner, owned_by, owner_of
from interaxion.content.paths import url_of
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import live_condition
from interaxion.content.search.names import PERSON, TAG
from interaxion.content.search.rows import SearchRow
from interaxion.content.tags import TaggedItem
from interaxion.text.addresses import CITED_KINDS

MOST_RELATED = 6
#: The weight of a shared paper or book, other page, tag and person, divided by how many share it: rare ones weigh more.
WEIGHTS = {"paper": 6.0, "page": 2.0, "tag": 3.0, "person": 1.0}
PAPERS = (*CITED_KINDS, "isbn")
#: A page that more things link (the source of the music, a form) does not relate them.
MOST_SHARING_PAGE = 3
#: The columns of a search row that are shown of a related thing.
_SHOWN = ("title", "path", "language", "dated_at")


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
    related: dict[Owner, RelatedThing] = {}
    sharing: dict[Reason, set[Owner]] = {}
    for work, name, links in (around or neighbourhood(thing, at)).by_work():
        if work.kind not in PAPERS and len({link.owner for link in links}) > MOST_SHARING_PAGE:
            continue
        reason = Reason("work", name, WEIGHTS["paper" if work.kind in PAPERS else "page"])
        for link in links:
            related.setdefault(link.owner, RelatedThing(link.title, link.path, link.language, link.dated_at))
            sharing.setdefault(reason, set()).add(link.owner)
    for kind, name, row in _sharing_names(thing, at):
        related.setdefault(row.owner, RelatedThing(row.title, row.path, row.language, row.dated_at))
        sharing.setdefault(Reason(kind, name, WEIGHTS[kind]), set()).add(row.owner)
    for reason, owners in sharing.items():
        for owner in owners:
            related[owner].weight += reason.weight / len(owners)
            related[owner].reasons.append(reason)
    related = _without_editions(thing, related)

    def order(owner: Owner) -> tuple[float, float, Owner]:
        dated_at = related[owner].dated_at
        return -related[owner].weight, -dated_at.timestamp() if dated_at else inf, owner

    best = sorted(related, key=order)
    return [related[owner] for owner in best[:most]]


def _without_editions(thing: Publishable, related: dict[Owner, RelatedThing]) -> dict[Owner, RelatedThing]:
    """Leave out the thing itself in another language, and things that are related in its own language as well."""
    paths = {each.path for each in related.values()} | {thing.path}
    return {
        owner: each
        for owner, each in related.items()
        if each.language == thing.language or paths.isdisjoint(paths_in(each.path, each.language, thing.language))
    }


def _sharing_names(thing: Publishable, at: datetime | None) -> Iterator[tuple[str, str, SearchRow]]:
    """Yield the live things that share tags (of any kind of content) or people (of the same kind only) with `thing`.

    Each is "tag" or "person", the shared name, and the search row of the other thing. The names are those that the
    rows hold, so one query reads all.
    """
    mine = Q(**owned_by(thing))
    own_tags = TaggedItem.objects.filter(mine).values("tag")
    same = TaggedItem.objects.filter(tag__in=own_tags)
    shares = Q(Exists(same.filter(content_type=OuterRef("content_type"), object_id=OuterRef("object_id"))))
    content_type = owner_of(thing)[0]
    if thing.people:
        kind = type(thing)
        people = kind.objects.filter(pk=thing.pk).values(thing.people)
        others = kind.objects.filter(**{f"{thing.people}__in": people})
        shares |= Q(content_type=content_type, object_id__in=others.values("pk"))
    around = SearchRow.objects.filter(mine | (live_condition(at) & shares), work=None, named__isnull=False)
    rows = {row.owner: row for row in around.only("content_type", "object_id", "named", *_SHOWN)}
    own = rows.pop(owner_of(thing), None)
    for kind_of_name in (TAG, PERSON) if own else ():
        for name in own.named[kind_of_name]:
            for row in rows.values():
                is_shared = kind_of_name == TAG or row.content_type_id == content_type
                if is_shared and name in row.named[kind_of_name]:
                    yield kind_of_name, name, row
