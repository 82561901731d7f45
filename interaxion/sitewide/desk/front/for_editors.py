"""Work that waits for editors: suggestions and corrections of hosts, and links that do not answer any more."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from interaxion.content.linking.broken import find_broken
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.revisions import Revision
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.sitewide.desk.front.entries import MOST, titles_of, url_of

CORRECTIONS_FOR = timedelta(days=14)


def for_editors(user: AbstractBaseUser, seen: list[type[Publishable]]) -> dict[str, Any]:
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
    titles = titles_of([*corrections, *suggestions[:MOST]])
    return {
        "corrections": [
            {
                "title": titles[revision.owner],
                "who": revision.user,
                "at": revision.saved_at,
                "url": url_of(revision.content_type, "difference", revision.object_id, revision.number),
            }
            for revision in corrections
            if revision.owner in titles
        ],
        "suggestions": [
            {
                "title": titles[copy.owner],
                "who": copy.who,
                "at": copy.submitted_at,
                "why": copy.note,
                "url": url_of(copy.content_type, "suggestion", copy.object_id, copy.pk),
            }
            for copy in suggestions[:MOST]
            if copy.owner in titles
        ],
    }


def broken_links(seen: list[type[Publishable]]) -> list[dict[str, Any]]:
    found = find_broken(seen, MOST)
    for place in (place for entry in found for place in entry["places"]):
        content_type = ContentType.objects.get_for_id(place["content_type"])
        place["form"] = url_of(content_type, "change", place["object_id"])
    return found
