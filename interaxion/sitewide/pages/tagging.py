"""Tags over all kinds of content: which are in use by something live, how often, and which go together."""

from bisect import bisect_left, bisect_right

from django.db.models import Count, Exists, OuterRef, QuerySet

from interaxion.content.tags import Tag, TaggedItem
from interaxion.text.japanese.reading_order import reading_key

#: A tag weighs 2, 3, 4 if at least this share of the tags is used less: most are used once or twice.
QUANTILES = (0.5, 0.8, 0.95)


def count_live_tags() -> list[Tag]:
    """Return the tags of live content, most used first.

    Each has the number of its uses as `uses`, and as `weight`, from 1 to 4, how that compares with the other tags.
    """
    tags = list(Tag.objects.filter(items__in=TaggedItem.objects.live()).annotate(uses=Count("items")))
    all_uses = sorted(tag.uses for tag in tags)
    for tag in tags:
        tag.weight = 1 + bisect_right(QUANTILES, bisect_left(all_uses, tag.uses) / len(tags))
    return _most_used_first(tags)


def find_related_tags(tag: Tag, most: int = 12) -> list[Tag]:
    """Return the tags of the same live things, at most `most`; each has the number of these things as `uses`."""
    same_thing = {"content_type": OuterRef("content_type"), "object_id": OuterRef("object_id")}
    beside = TaggedItem.objects.live().filter(Exists(TaggedItem.objects.filter(tag=tag, **same_thing)))
    related = Tag.objects.filter(items__in=beside).exclude(pk=tag.pk).annotate(uses=Count("items"))
    return _most_used_first(related)[:most]


def _most_used_first(tags: "list[Tag] | QuerySet[Tag]") -> list[Tag]:
    return sorted(tags, key=lambda tag: (-tag.uses, reading_key(tag.name, tag.reading)))
