"""Related things: those that share works, tags or people with a thing, each with the reason."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Value

from interaxion.content.linking.mentions import Neighbourhood, neighbourhood
from interaxion.content.publishing.derived import owned_by, owned_by_any
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.search.rows import SearchRow
from interaxion.content.tags import TaggedItem

MOST_RELATED = 6
#: What a shared work, tag and person say, divided among all who share it: the rare say more.
WEIGHTS = {"work": 6.0, "tag": 3.0, "person": 1.0}

Owner = tuple[int, int]


@dataclass(frozen=True)
class Reason:
    """`kind` is "work", "tag" or "person"."""

    kind: str
    label: str


@dataclass
class Related:
    row: SearchRow
    weight: float
    reasons: list[Reason] = field(default_factory=list)


def find_related(
    thing: Publishable, *, around: Neighbourhood | None = None, most: int = MOST_RELATED, at: datetime | None = None
) -> list[Related]:
    """What is live and shares most with `thing`. `around` spares a query where it is at hand."""
    sharing: dict[Reason, set[Owner]] = defaultdict(set)
    for reason, owner in (*_sharing_works(around or neighbourhood(thing, at)), *_sharing_names(thing)):
        sharing[reason].add(owner)
    owners = set().union(*sharing.values())
    related = {row.owner: Related(row, 0.0) for row in _rows(owners, at)}
    for reason, holders in sharing.items():
        for owner in holders & related.keys():
            related[owner].weight += WEIGHTS[reason.kind] / len(holders)
            related[owner].reasons.append(reason)
    best = sorted(related.values(), key=lambda each: (-each.weight, -each.row.publish_at.timestamp(), each.row.pk))
    return best[:most]


def _sharing_works(around: Neighbourhood) -> Iterable[tuple[Reason, Owner]]:
    names = {work.pk: name for work, name in around.works()}
    for work, links in around.to_its_works.items():
        for link in links:
            yield Reason("work", names[work]), link.owner


def _sharing_names(thing: Publishable) -> Iterable[tuple[Reason, Owner]]:
    """One query for its tags, in things of every kind, and its people, in its own: episodes go with episodes."""
    own = TaggedItem.objects.filter(**owned_by(thing))
    tagged = TaggedItem.objects.filter(tag__in=own.values("tag")).exclude(pk__in=own.values("pk"))
    found = tagged.values_list(Value("tag"), "tag__name", "content_type", "object_id")
    if thing.people:
        kind = type(thing)
        people = kind._base_manager.filter(pk=thing.pk).values(thing.people)
        others = kind._base_manager.filter(**{f"{thing.people}__in": people}).exclude(pk=thing.pk)
        its_type = Value(ContentType.objects.get_for_model(kind).pk)
        found = found.union(others.values_list(Value("person"), f"{thing.people}__name", its_type, "pk"), all=True)
    for reason, name, content_type, pk in found:
        yield Reason(reason, name), (content_type, pk)


def _rows(owners: set[Owner], at: datetime | None) -> Iterable[SearchRow]:
    rows = SearchRow.objects.live(at).filter(owned_by_any(owners), work=None)
    return rows.only("content_type", "object_id", "title", "path", "language", "publish_at", "work")
