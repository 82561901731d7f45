"""Tags over all kinds of content: which are in use by something live, how often, and which go together."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
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
#: Uses of a rare tag, at most.
FEW = 200


def weigh_tags(uses: dict[int, int], part: slice) -> list[Tag]:
    """Return a part of the tags with these uses, most used first.

    Each has the number of its uses as `uses`, and as `weight`, from 1 to 4, how that compares with the other tags.
    """
    all_uses = sorted(uses.values())
    most = all_uses[::-1][part]
    # Only those that are used as often as one of the part: the others have another place, whatever their names are.
    around = {tag for tag, count in uses.items() if most and most[-1] <= count <= most[0]}
    before = sum(count > most[0] for count in all_uses) if most else 0
    tags = _named([*around])
    for tag in tags:
        tag.uses = uses[tag.pk]
        tag.weight = 1 + bisect_right(QUANTILES, bisect_left(all_uses, tag.uses) / len(uses))
    return _most_used_first(tags)[part.start - before : part.stop - before]


def count_live_uses(*, beside: Tag | None = None, are_few: bool = False) -> dict[int, int]:
    """Return the number of live things of each tag that has any, by its key; only of things that have `beside` too.

    `are_few`: whether these are few, as `is_rare()` says; else the newest ones of each kind count.
    """
    now = timezone.now()
    count_beside = _count_beside_rare if are_few else _count_beside
    return +_add_up(count_beside(beside.pk, now) if beside else _count_all(now))


def _add_up(counted: Iterable[tuple[int, int]]) -> Counter[int]:
    uses: Counter[int] = Counter()
    for tag, count in counted:
        uses[tag] += count
    return uses


@Prepared
def _count_all(at: datetime) -> QuerySet[Any, tuple[int, int]]:
    return TaggedItem.objects.count_live(at=at)


@Prepared
def _count_hidden(at: datetime) -> QuerySet[Any, tuple[int, int]]:
    return TaggedItem.objects.count_hidden(at)


@Prepared
def _count_most_used(most: int) -> QuerySet[Any, tuple[int, int]]:
    return TaggedItem.objects.count_most_used(most)


@Prepared
def _count_beside(tag: int, at: datetime) -> QuerySet[Any, tuple[int, int]]:
    return TaggedItem.objects.count_live(tag, at, newest=FEW)


@Prepared
def _count_beside_rare(tag: int, at: datetime) -> QuerySet[Any, tuple[int, int]]:
    return TaggedItem.objects.count_live(tag, at)


def is_rare(tag: int) -> bool:
    """Whether so few things have the tag that they are found sooner by their keys than among all that is live."""
    return len(_first_uses(tag, 0, FEW + 1)) <= FEW


@Prepared
def _first_uses(tag: int, start: int, count: int) -> QuerySet[Any, tuple[int]]:
    return TaggedItem.objects.filter(tag=tag).order_by().values_list("object_id")[start : start + count]


def find_most_used_tags(most: int) -> list[Tag]:
    """Return the tags of live content with the most uses, at most `most`; each has their number as `uses`."""
    hidden = _add_up(_count_hidden(timezone.now()))
    # Enough to leave out those that only hidden things have. Twice as many: some are used as often as the last one.
    enough = 2 * most + len(hidden)
    first = _count_most_used(enough)
    uses = _add_up(first)
    uses.update({tag: count for tag, count in hidden.items() if tag in uses})
    has_all = len(first) < enough or first[-1][1] < min(nlargest(most, uses.values()))
    return _most_used(+uses if has_all else count_live_uses(), most)


def find_related_tags(tag: Tag, most: int = 12, *, are_few: bool = False) -> list[Tag]:
    """Return the tags of the same live things, at most `most`; each has the number of these things as `uses`."""
    uses = count_live_uses(beside=tag, are_few=are_few)
    return _most_used({other: count for other, count in uses.items() if other != tag.pk}, most)


def _most_used(uses: dict[int, int], most: int) -> list[Tag]:
    if not uses:
        return []
    least = min(nlargest(most, uses.values()))
    tags = _named([tag for tag, count in uses.items() if count >= least])
    for tag in tags:
        tag.uses = uses[tag.pk]
    return _most_used_first(tags)[:most]


@Prepared
def _named(tags: list[int]) -> QuerySet[Tag]:
    return Tag.objects.filter(pk__in=tags)


def _most_used_first(tags: list[Tag]) -> list[Tag]:
    return sorted(tags, key=lambda tag: (-tag.uses, reading_key(tag.name, tag.reading)))
