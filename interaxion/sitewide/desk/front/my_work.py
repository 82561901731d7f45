"""The work of the user: drafts, what was saved last, and text that is not saved."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType

from interaxion.content.owned_rows import Owner, owned_by_any, owner_of
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.publishing.revisions import Revision
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.sitewide.desk.front.entries import MOST, form_url, keys_by_type, newest_titles

#: The newest saves that are looked at for what was worked on last: most are of the same few things.
LATELY = 100


def owned_by(user: AbstractBaseUser, things: list[Publishable]) -> set[Owner]:
    """Return those that the user saved at some time, or in which the speaker of the account takes part."""
    return _saved_by(user, things) | _with(user, things)


def worked_on_last(user: AbstractBaseUser, seen: list[type[Publishable]]) -> list[dict[str, Any]]:
    types = [ContentType.objects.get_for_model(kind).pk for kind in seen]
    saves = Revision.objects.filter(user=user, content_type__in=types).select_related("content_type").defer("data")
    return newest_titles(saves.order_by("-saved_at", "-pk")[:LATELY])


def unsaved_texts(user: AbstractBaseUser) -> list[dict[str, Any]]:
    """Return unsaved texts of new things and of those that can be edited; a thing in the trash has to be restored."""
    forms = [content_type.pk for content_type in ContentType.objects.get_for_models(*kinds()).values()]
    copies = WorkingCopy.objects.unsaved_by(user).filter(content_type__in=forms).select_related("content_type")
    copies = list(copies[: MOST * 4])
    existing = _find_untrashed(copies)
    return [
        {"title": str(copy), "at": copy.saved_at, "answer": copy.answer, "url": form_url(copy)}
        for copy in copies
        if copy.content_type.model_class() and (copy.object_id is None or copy.owner in existing)
    ][:MOST]


def _saved_by(user: AbstractBaseUser, things: list[Publishable]) -> set[Owner]:
    saved = Revision.objects.filter(owned_by_any([owner_of(thing) for thing in things]), user=user)
    return set(saved.order_by().values_list("content_type_id", "object_id").distinct())


def _with(user: AbstractBaseUser, things: list[Publishable]) -> set[Owner]:
    """Return what the user speaks in or writes, as the speaker of this account."""
    by_kind: dict[type[Publishable], list[int]] = {}
    for thing in things:
        by_kind.setdefault(type(thing), []).append(thing.pk)
    return {
        (ContentType.objects.get_for_model(kind).pk, pk)
        for kind, pks in by_kind.items()
        if kind.people
        for pk in kind.objects.filter(pk__in=pks, **{f"{kind.people}__user": user}).values_list("pk", flat=True)
    }


def _find_untrashed(rows: list[Any]) -> set[Owner]:
    """Return (content type, primary key) of the targets that are not in the trash; one query for each class."""
    return {
        (content_type, pk)
        for content_type, pks in keys_by_type(rows).items()
        if (model := ContentType.objects.get_for_id(content_type).model_class())
        for pk in model._base_manager.filter(pk__in=pks, deleted_at=None).values_list("pk", flat=True)
    }
