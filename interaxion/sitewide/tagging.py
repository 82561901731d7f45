"""Tags over all kinds of content: which are in use by something live, and how often."""

from collections import Counter

from django.contrib.contenttypes.models import ContentType

from interaxion.content.publishing.storing import kinds
from interaxion.content.tags import Tag, TaggedItem


def count_live_tags() -> list[Tag]:
    """The tags of what is live, most used first; each carries its number of uses as `uses`."""
    uses: Counter[int] = Counter()
    for kind in kinds():
        if hasattr(kind, "tags"):
            uses.update(
                TaggedItem.objects.filter(
                    content_type=ContentType.objects.get_for_model(kind),
                    object_id__in=kind.objects.live().values("pk"),
                ).values_list("tag_id", flat=True)
            )
    tags = list(Tag.objects.filter(pk__in=uses))
    for tag in tags:
        tag.uses = uses[tag.pk]
    return sorted(tags, key=lambda tag: (-tag.uses, tag.reading or tag.name))
