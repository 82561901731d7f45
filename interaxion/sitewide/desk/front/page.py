"""The first page of the desk: what waits for the user. The number of queries does not depend on the content."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from episodes.models import Episode, Letter
from interaxion.content.jobs.job import Job
from interaxion.content.owned_rows import owner_of
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.publishing.window import Status
from interaxion.desk.human_time import spell_moment
from interaxion.sitewide.desk.front.entries import MOST, entry_of, last_words, newest_first, with_words
from interaxion.sitewide.desk.front.for_editors import broken_links, for_editors
from interaxion.sitewide.desk.front.lacking import find_lacking
from interaxion.sitewide.desk.front.my_work import owned_by, unsaved_texts, worked_on_last


def desk_index(user: AbstractBaseUser) -> dict[str, Any]:
    """Return the context of `admin/desk_index.html`."""
    seen = [kind for kind in kinds() if user.has_perm(f"{kind._meta.app_label}.view_{kind._meta.model_name}")]
    waiting = [thing for kind in seen for thing in _unpublished(kind)]
    drafts = [thing for thing in waiting if thing.status == Status.DRAFT]
    mine = owned_by(user, drafts)
    drafts = [thing for thing in drafts if owner_of(thing) in mine]
    handed_over = [thing for thing in waiting if thing.status == Status.REVIEW]
    words = last_words([*drafts, *handed_over])
    return {
        "my_drafts": with_words(newest_first(drafts), words),
        "in_review": with_words(newest_first(handed_over), words),
        "worked_on": worked_on_last(user, seen),
        "lacking": find_lacking() if user.has_perm("episodes.change_podcast") else [],
        "scheduled": _scheduled(waiting),
        "jobs": Job.objects.of_interest_to(user)[:MOST],
        "unsaved": unsaved_texts(user),
        "broken_links": broken_links(seen),
        **_letters(user),
        **for_editors(user, seen),
        **_next_episode(waiting),
    }


def _unpublished(kind: type[Publishable]) -> list[Publishable]:
    now = timezone.now()
    # An index tells what is hidden, so that nothing that is live is read.
    hidden = kind.objects.order_by().hidden(now).values("pk")
    return list(
        kind.objects.untrashed()
        .filter(pk__in=hidden)
        .filter(~Q(status=Status.PUBLISHED) | Q(publish_at__gt=now))
        .for_lists()
        .prefetch_related(None)
        .order_by("-stored_at")[:200]
    )


def _scheduled(things: list[Publishable]) -> list[dict[str, Any]]:
    soonest = sorted(
        (thing for thing in things if thing.status == Status.PUBLISHED), key=lambda thing: thing.publish_at
    )
    return [{**entry_of(thing), "moment": spell_moment(thing.publish_at)} for thing in soonest[:MOST]]


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
    return {"next_episode": entry_of(episode), "problems": episode.problems()}
