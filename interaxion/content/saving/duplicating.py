"""A new draft with the content of another thing."""

from copy import copy as shallow
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.saving.storing import store

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def duplicate(thing: Publishable, *, user: "AbstractBaseUser | None") -> Publishable:
    """Store a draft with the texts, tags and rows of `thing`, but nothing by which people and apps know that one."""
    new = type(thing)()
    for name in thing.snapshot_fields:
        if name not in {*thing.identity_fields, *thing.single_fields}:
            setattr(new, name, getattr(thing, name))
    new.title = (_("%(title)s (copy)") % {"title": thing.title})[: thing._meta.get_field("title").max_length]
    store(
        new, user=user, note=_("From %(thing)s.") % {"thing": thing}, write_related=lambda: _write_related(thing, new)
    )
    return new


def _write_related(thing: Publishable, new: Any) -> None:
    if hasattr(thing, "tags"):
        new.tags.set(thing.tags.all())
    for relation in thing.snapshot_rows:
        manager = getattr(thing, relation)
        for row in manager.all():
            made = shallow(row)
            made.pk, made._state = None, type(row._state)()
            setattr(made, manager.field.name, new)
            made.save()
