"""When the texts of a page changed for the last time."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Model
from django.db.models.functions import Coalesce, Greatest

from episodes.people.speakers import Speaker
from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work
from interaxion.content.publishing.publishable import kinds
from interaxion.content.publishing.window import live_condition
from interaxion.content.tags import Tag

#: Links of a work that are asked for their last change. The page of one with more changes with nearly every text.
MOST_LINKS = 50


def change_of(relation: str = "") -> Greatest:
    """Return `changed_at` of content as an expression, through a relation if one is named."""
    edited, published = (f"{relation}__{name}" if relation else name for name in ("text_changed_at", "publish_at"))
    return Greatest(Coalesce(edited, published), published)


CHANGED_AT = change_of()


def changes_by_work(works: Iterable[Work]) -> dict[int, datetime]:
    """Return the last change of a text that links each work, by primary key; none for a work with many links.

    One query for the links, then one for each kind of text: in one query SQLite would read all links of the site.
    """
    few = [work.pk for work in works if work.link_count <= MOST_LINKS]
    texts: dict[int, dict[int, set[int]]] = {}
    links = Link.objects.filter(live_condition(), work__in=few).order_by()
    for content_type, pk, work in links.values_list("content_type", "object_id", "work"):
        texts.setdefault(content_type, {}).setdefault(pk, set()).add(work)
    changes: dict[int, datetime] = {}
    for content_type, works_of in texts.items():
        things = ContentType.objects.get_for_id(content_type).get_all_objects_for_this_type(pk__in=works_of)
        for pk, changed_at in things.values_list("pk", CHANGED_AT):
            changes |= {work: max(changed_at, changes.get(work, changed_at)) for work in works_of[pk]}
    return changes


def changes_around(model: type[Model], first: int, last: int) -> dict[int, datetime]:
    """Return the last change of a text on the page of each row, by primary key. One query for each kind of content."""
    changes: dict[int, datetime] = {}
    for kind in kinds():
        relation = {Speaker: kind.people, Tag: "tags" if hasattr(kind, "tags") else ""}[model]
        if not relation:
            continue
        things = kind.objects.live().filter(**{f"{relation}__pk__range": (first, last)}).order_by()
        for pk, changed_at in things.values_list(relation).annotate(at=Max(CHANGED_AT)):
            changes[pk] = max(changed_at, changes.get(pk, changed_at))
    return changes
