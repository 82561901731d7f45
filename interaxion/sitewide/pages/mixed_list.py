"""Content of several models as one list, newest first, of which only a slice is loaded."""

from collections.abc import Sequence

from interaxion.content.publishing.publishable import Publishable, PublishableQuerySet


class MixedList:
    """A sequence for a paginator. All keys cost one query per model, the things of a slice one more each."""

    def __init__(self, querysets: Sequence[PublishableQuerySet]) -> None:
        self.querysets = querysets
        keys = [
            (publish_at, kind, pk)
            for kind, things in enumerate(querysets)
            for publish_at, pk in things.order_by().values_list("publish_at", "pk").distinct()
        ]
        self.keys = [(kind, pk) for _, kind, pk in sorted(keys, key=lambda key: (key[0], key[2]), reverse=True)]

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, part: slice) -> list[Publishable]:
        keys = self.keys[part]
        loaded = {
            (kind, thing.pk): thing
            for kind, things in enumerate(self.querysets)
            if (pks := [pk for of_kind, pk in keys if of_kind == kind])
            for thing in things.model.objects.filter(pk__in=pks).defer("text", "outline")
        }
        return [loaded[key] for key in keys]
