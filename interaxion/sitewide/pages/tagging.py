"""Tags over all kinds of content: which are in use by something live, how often, and which go together."""

from bisect import bisect_left, bisect_right
from collections import Counter
from datetime import datetime
from heapq import nlargest
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from interaxion.content.prepared import Prepared
from interaxion.content.tags import Tag, TaggedItem
from interaxion.text.japanese.reading_order import reading_key

#: A tag weighs 2, 3, 4 if at least this share of the tags is used less: most are used once or twice.
QUANTILES = (0.5, 0.8, 0.95)


def weigh_tags(uses: dict[int, int], part: slice) -> list[Tag]:
    """Return a part of the tags with these uses, most used first.

    Each has the number of its uses as `uses`, and as `weight`, from 1 to 4, how that compares with the other tags.
    """
    all_uses = sorted(uses.values())
    most = all_uses[::-1][part]
    # Only those that are used as often as one of the part: the others have another place, whatever their names are.
    around = {tag for tag, count in uses.items() if most and most[-1] <= count <= most[0]}
    before = sum(count > most[0] for count in all_uses) if most else 0
    tags = list(Tag.objects.filter(pk__in=around))
    for tag in tags:
        tag.uses = uses[tag.pk]
        tag.weight = 1 + bisect_right(QUANTILES, bisect_left(all_uses, tag.uses) / len(uses))
    return _most_used_first(tags)[part.start - before : part.stop - before]


def count_live_uses(*, beside: Tag | None = None) -> dict[int, int]:
    """Return the number of live things of each tag that has any, by its key; only of things that have `beside` too."""
    uses: Counter[int] = Counter()
    now = timezone.now()
    for tag, count in _count_beside(beside.pk, now) if beside else _count_all(now):
        uses[tag] += count
    return +uses


@Prepared
def _count_all(at: datetime) -> QuerySet[Any, tuple[int, int]]:
    return TaggedItem.objects.count_live(at=at)


@Prepared
def _count_beside(tag: int, at: datetime) -> QuerySet[Any, tuple[int, int]]:
    return TaggedItem.objects.count_live(tag, at)


def find_most_used_tags(most: int) -> list[Tag]:
    """Return the tags of live content with the most uses, at most `most`; each has their number as `uses`."""
    return _most_used(count_live_uses(), most)


def find_related_tags(tag: Tag, most: int = 12) -> list[Tag]:
    """Return the tags of the same live things, at most `most`; each has the number of these things as `uses`."""
    return _most_used({other: count for other, count in count_live_uses(beside=tag).items() if other != tag.pk}, most)


def _most_used(uses: dict[int, int], most: int) -> list[Tag]:
    least = min(nlargest(most, uses.values()), default=0)
    tags = list(Tag.objects.filter(pk__in=[tag for tag, count in uses.items() if count >= least]))
    for tag in tags:
        tag.uses = uses[tag.pk]
    return _most_used_first(tags)[:most]


def _most_used_first(tags: list[Tag]) -> list[Tag]:
    return sorted(tags, key=lambda tag: (-tag.uses, reading_key(tag.name, tag.reading)))
