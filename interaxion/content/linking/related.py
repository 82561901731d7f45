"""Related things: those that share works, tags or people with a thing, each with the reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Value

from interaxion.content.linking.mentions import Neighbourhood, neighbourhood
from interaxion.content.nested_rows import NestedThings
from interaxion.content.paths import url_of
from interaxion.content.publishing.derived import DerivedRow, owned_by
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.search.rows import SearchRow
from interaxion.content.tags import TaggedItem

MOST_RELATED = 6
#: What a shared work, tag and person say, divided among all who share it: the rare say more.
WEIGHTS = {"work": 6.0, "tag": 3.0, "person": 1.0}


@dataclass(frozen=True)
class Reason:
    """`kind` is "work", "tag" or "person"."""

    kind: str
    label: str


@dataclass
class Related:
    #: Any of the other thing's rows: they say how it is listed.
    row: DerivedRow
    weight: float = 0.0
    reasons: list[Reason] = field(default_factory=list)

    @property
    def url(self) -> str:
        return url_of(self.row.path)


def find_related(
    thing: Publishable, *, around: Neighbourhood | None = None, most: int = MOST_RELATED, at: datetime | None = None
) -> list[Related]:
    """What is live and shares most with `thing`. `around` spares a query where it is at hand."""
    related: dict[tuple[int, int], Related] = {}
    sharing: dict[Reason, set[tuple[int, int]]] = {}
    for reason, row in (*_sharing_works(around or neighbourhood(thing, at)), *_sharing_names(thing, at)):
        related.setdefault(row.owner, Related(row))
        sharing.setdefault(reason, set()).add(row.owner)
    for reason, owners in sharing.items():
        for owner in owners:
            related[owner].weight += WEIGHTS[reason.kind] / len(owners)
            related[owner].reasons.append(reason)
    best = sorted(related.values(), key=lambda each: (-each.weight, -each.row.publish_at.timestamp(), each.row.owner))
    return best[:most]


def _sharing_works(around: Neighbourhood) -> Iterable[tuple[Reason, DerivedRow]]:
    names = {work.pk: name for work, name in around.works()}
    for work, links in around.to_its_works.items():
        for link in links:
            yield Reason("work", names[work]), link


def _sharing_names(thing: Publishable, at: datetime | None) -> Iterable[tuple[Reason, DerivedRow]]:
    """One query for its tags, in things of every kind, and its people, in its own: episodes go with episodes."""
    rows = SearchRow.objects.live(at).filter(work=None)
    columns = ("content_type", "object_id", "title", "path", "language", "publish_at")
    own = TaggedItem.objects.filter(**owned_by(thing))
    of_item = rows.filter(content_type=OuterRef("content_type"), object_id=OuterRef("object_id"))
    tagged = TaggedItem.objects.filter(tag__in=own.values("tag")).exclude(pk__in=own.values("pk"))
    found = tagged.values_list(Value("tag"), "tag__name", NestedThings(of_item, columns))
    if thing.people:
        kind = type(thing)
        people = kind._base_manager.filter(pk=thing.pk).values(thing.people)
        others = kind._base_manager.filter(**{f"{thing.people}__in": people}).exclude(pk=thing.pk)
        of_other = rows.filter(content_type=ContentType.objects.get_for_model(kind), object_id=OuterRef("pk"))
        names = others.values_list(Value("person"), f"{thing.people}__name", NestedThings(of_other, columns))
        found = found.union(names, all=True)
    for kind_of_name, name, live in found:
        for row in live:
            yield Reason(kind_of_name, name), row
