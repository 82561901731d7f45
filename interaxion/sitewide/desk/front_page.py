"""The first page of the desk: what waits for the user. The number of queries does not depend on the content."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from episodes.models import Episode, Letter
from interaxion.content.jobs.job import Job
from interaxion.content.linking.broken import find_broken
from interaxion.content.owned_rows import Owner, owner_of
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.publishing.revisions import Revision
from interaxion.content.publishing.window import Status
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.desk.human_time import spell_moment

#: The length of each list; the lists of the admin show the rest.
MOST = 12
CORRECTIONS_FOR = timedelta(days=14)


def desk_index(user: AbstractBaseUser) -> dict[str, Any]:
    """Return the context of `admin/desk_index.html`."""
    seen = [kind for kind in kinds() if user.has_perm(f"{kind._meta.app_label}.view_{kind._meta.model_name}")]
    waiting = [thing for kind in seen for thing in _unpublished(kind)]
    mine = _saved_by(user) | _with(user, seen)
    drafts = [thing for thing in waiting if thing.status == Status.DRAFT and owner_of(thing) in mine]
    return {
        "my_drafts": _newest_first(drafts),
        "in_review": _newest_first(thing for thing in waiting if thing.status == Status.REVIEW),
        "scheduled": _scheduled(waiting),
        "jobs": Job.objects.of_interest_to(user)[:MOST],
        "unsaved": _unsaved(user),
        "broken_links": _broken_links(seen),
        **_letters(user),
        **_for_editors(user, seen),
        **_next_episode(waiting),
    }


def _unpublished(kind: type[Publishable]) -> list[Publishable]:
    now = timezone.now()
    return list(
        kind.objects.untrashed()
        .filter(~Q(status=Status.PUBLISHED) | Q(publish_at__gt=now))
        .for_lists()
        .prefetch_related(None)
        .order_by("-stored_at")[:200]
    )


def _saved_by(user: AbstractBaseUser) -> set[Owner]:
    return set(Revision.objects.filter(user=user).order_by().values_list("content_type_id", "object_id").distinct())


def _with(user: AbstractBaseUser, seen: list[type[Publishable]]) -> set[Owner]:
    """Return the owners of what the user speaks in or writes, as the speaker of this account."""
    return {
        (ContentType.objects.get_for_model(kind).pk, pk)
        for kind in seen
        if kind.people
        for pk in kind.objects.filter(**{f"{kind.people}__user": user}).values_list("pk", flat=True)
    }


def _scheduled(things: list[Publishable]) -> list[dict[str, Any]]:
    soonest = sorted(
        (thing for thing in things if thing.status == Status.PUBLISHED), key=lambda thing: thing.publish_at
    )
    return [{**_entry(thing), "moment": spell_moment(thing.publish_at)} for thing in soonest[:MOST]]


def _unsaved(user: AbstractBaseUser) -> list[dict[str, Any]]:
    """Return unsaved texts of new things and of those that can be edited; a thing in the trash has to be restored."""
    copies = list(WorkingCopy.objects.unsaved_by(user).select_related("content_type")[: MOST * 4])
    existing = _find_untrashed(copies)
    return [
        {"title": str(copy), "at": copy.saved_at, "answer": copy.answer, "url": _form_url(copy)}
        for copy in copies
        if copy.content_type.model_class() and (copy.object_id is None or copy.owner in existing)
    ][:MOST]


def _find_untrashed(rows: list[Any]) -> set[Owner]:
    """Return (content type, primary key) of the targets that are not in the trash; one query for each class."""
    return {
        (content_type, pk)
        for content_type, pks in _wanted(rows).items()
        if (model := ContentType.objects.get_for_id(content_type).model_class())
        for pk in model._base_manager.filter(pk__in=pks, deleted_at=None).values_list("pk", flat=True)
    }


def _for_editors(user: AbstractBaseUser, seen: list[type[Publishable]]) -> dict[str, Any]:
    """Return the corrections and suggestions of hosts, for users who may publish the thing."""
    edited = [kind for kind in seen if user.has_perm(f"{kind._meta.app_label}.publish_{kind._meta.model_name}")]
    if not edited:
        return {"corrections": [], "suggestions": []}
    types = [ContentType.objects.get_for_model(kind).pk for kind in edited]
    corrections = (
        Revision.objects.filter(
            is_correction=True, saved_at__gt=timezone.now() - CORRECTIONS_FOR, content_type__in=types
        )
        .select_related("user", "content_type")
        .defer("data")
        .order_by("-saved_at")[:MOST]
    )
    suggestions = WorkingCopy.objects.submitted().filter(content_type__in=types).select_related("user", "content_type")
    titles = _titles([*corrections, *suggestions[:MOST]])
    return {
        "corrections": [
            {
                "title": titles[revision.owner],
                "who": revision.user,
                "at": revision.saved_at,
                "url": _url(revision.content_type, "difference", revision.object_id, revision.number),
            }
            for revision in corrections
            if revision.owner in titles
        ],
        "suggestions": [
            {
                "title": titles[copy.owner],
                "who": copy.user,
                "at": copy.submitted_at,
                "url": _url(copy.content_type, "suggestion", copy.object_id, copy.pk),
            }
            for copy in suggestions[:MOST]
            if copy.owner in titles
        ],
    }


def _broken_links(seen: list[type[Publishable]]) -> list[dict[str, Any]]:
    found = find_broken(seen, MOST)
    for place in (place for entry in found for place in entry["places"]):
        content_type = ContentType.objects.get_for_id(place["content_type"])
        place["form"] = _url(content_type, "change", place["object_id"])
    return found


def _letters(user: AbstractBaseUser) -> dict[str, Any]:
    if not user.has_perm("episodes.view_letter"):
        return {"letters": [], "letter_count": 0}
    new = Letter.objects.new()
    return {
        "letters": [
            {
                "title": str(letter),
                "who": letter.name,
                "at": letter.received_at,
                "url": reverse("admin:episodes_letter_change", args=[letter.pk]),
            }
            for letter in new.newest_first()[:MOST]
        ],
        "letter_count": new.count(),
    }


def _next_episode(waiting: list[Publishable]) -> dict[str, Any]:
    """Return the first episode after those that are live, and its problems."""
    last = Episode.objects.live().order_by(F("number").desc(nulls_last=True)).values_list("number", flat=True).first()
    numbered = [thing for thing in waiting if isinstance(thing, Episode) and thing.number is not None]
    later = sorted((thing for thing in numbered if last is None or thing.number > last), key=lambda thing: thing.number)
    if not later:
        return {"next_episode": None}
    episode = Episode.objects.with_details().get(pk=later[0].pk)
    return {"next_episode": _entry(episode), "problems": episode.problems()}


def _titles(rows: list[Any]) -> dict[Owner, str]:
    """Return the titles of the targets of rows, by (content type, primary key); one query for each class."""
    return {
        (content_type, thing.pk): str(thing)
        for content_type, pks in _wanted(rows).items()
        for thing in ContentType.objects.get_for_id(content_type)
        .model_class()
        .objects.for_lists()
        .prefetch_related(None)
        .filter(pk__in=pks)
    }


def _wanted(rows: list[Any]) -> dict[int, set[int]]:
    wanted: dict[int, set[int]] = {}
    for row in rows:
        wanted.setdefault(row.content_type_id, set()).add(row.object_id)
    return wanted


def _newest_first(things: Any) -> list[dict[str, Any]]:
    newest = sorted(things, key=lambda thing: thing.stored_at, reverse=True)
    return [_entry(thing) for thing in newest[:MOST]]


def _entry(thing: Publishable) -> dict[str, Any]:
    content_type = ContentType.objects.get_for_model(thing)
    return {
        "title": str(thing),
        "kind": thing._meta.verbose_name,
        "at": thing.stored_at,
        "url": _url(content_type, "change", thing.pk),
    }


def _form_url(copy: WorkingCopy) -> str:
    return _url(copy.content_type, "change", copy.object_id) if copy.object_id else _url(copy.content_type, "add")


def _url(content_type: ContentType, view: str, *args: Any) -> str:
    return reverse(f"admin:{content_type.app_label}_{content_type.model}_{view}", args=args)
