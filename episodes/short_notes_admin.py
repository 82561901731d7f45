"""The short notes beside the form: what they are now, how long, and what changed since they were copied."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from episodes.copied_notes import CopiedNotes
from episodes.distribution import distribute
from episodes.short_notes import PROFILES


def short_notes(model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    """A piece of the page: the short notes as last saved, for the place `profile`. A POST says they were copied."""
    episode = model_admin.get_object(request, unquote(object_id))
    if not model_admin.has_change_permission(request, episode):
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    profile = PROFILES.get(asked.get("profile", "spotify"))
    if episode is None or profile is None:
        raise Http404
    result = distribute(episode, profile)
    if request.method == "POST":
        CopiedNotes.objects.update_or_create(
            episode=episode,
            profile=profile.key,
            defaults={"text": result.notes.text, "copied_at": timezone.now(), "user": request.user},
        )
    copied = episode.copied_notes.filter(profile=profile.key).select_related("user").first()
    return render(
        request,
        "admin/short_notes.html",
        {
            "result": result,
            "profile": profile,
            "profiles": PROFILES.values(),
            "size": f"{result.notes.size:,} / {profile.limit:,}",
            "copied": copied,
            "changes": copied.changes_to(result.notes.text) if copied else [],
            "left_out": [cut for cut in result.notes.cuts if cut.what == "link"],
            "is_just_copied": request.method == "POST",
        },
    )
