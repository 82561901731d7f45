"""Rows and tags of a valid form, held in memory by the thing they belong to, as if they had been prefetched."""

from collections.abc import Iterable

from django.forms import BaseInlineFormSet

from interaxion.content.prefetching import set_prefetched
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.tags import Tag, find_tags

#: The primary key of a thing that is not stored yet: Django reads no relation of a thing without one.
NO_KEY = 0


def hold_typed_rows(thing: Publishable, formsets: Iterable[BaseInlineFormSet]) -> None:
    """Let `thing` hold the rows that its valid formsets would leave behind, in their order."""
    for formset in formsets:
        gone = formset.deleted_forms  # once: Django asks all forms for it
        forms = [form for form in formset.forms if form not in gone]
        rows = [form.instance for form in forms if form.instance.pk or form.has_changed()]
        for row in rows:
            setattr(row, formset.fk.name, thing)
        relation = formset.fk.remote_field.get_accessor_name()
        set_prefetched(thing, relation, sorted(rows, key=lambda row: getattr(row, "position", 0)))


def hold_typed_tags(thing: Publishable, tags: Iterable[Tag | str]) -> None:
    tags = list(tags)
    known = [tag for tag in tags if isinstance(tag, Tag)]
    found = find_tags(tag for tag in tags if isinstance(tag, str))
    named = [*known, *(Tag(name=tag) if isinstance(tag, str) else tag for tag in found)]
    for tag in named:
        tag.slug = tag.slug or tag.slugify(tag.name)
    set_prefetched(thing, "tags", named)
