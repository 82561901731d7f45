"""Files for audio editors: chapters to download, and ID3 tags written into the uploaded MP3."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from episodes.audio.tagging import chapters_of, tag_uploaded_audio, tags_of
from episodes.models import Episode
from episodes.notes.chapter_files import audacity_labels, ffmetadata
from interaxion.content.saving.storing import StaleVersion
from interaxion.desk.saving.suggestions import is_guest_at


def _labels(episode: Episode) -> str:
    return audacity_labels(chapters_of(episode))


def _ffmetadata(episode: Episode) -> str:
    tags = tags_of(episode)
    head = {"title": tags.title, "artist": tags.artist, "album": tags.album, "track": tags.number}
    return ffmetadata(chapters_of(episode), head)


#: The writer of each file, by the end of its name.
FILES: dict[str, Callable[[Episode], str]] = {"labels.txt": _labels, "ffmetadata.txt": _ffmetadata}


def file_urls(admin: ModelAdmin) -> list[URLPattern]:
    """Return the URLs below an episode in the admin. Each view checks the permission on that episode."""
    view = admin.admin_site.admin_view
    return [
        path("<int:pk>/chapters/<str:name>", view(_download(admin)), name="episodes_episode_chapter_file"),
        path("<int:pk>/tag-audio/", view(require_POST(_tag(admin))), name="episodes_episode_tag_audio"),
    ]


def _download(admin: ModelAdmin) -> Callable[..., HttpResponse]:
    def download(request: HttpRequest, pk: int, name: str) -> HttpResponse:
        episode = _episode(admin, request, pk, admin.has_view_permission)
        if name not in FILES or not chapters_of(episode):
            raise Http404
        saved_as = f"episode-{episode.spelled_number or episode.pk}-{name}"
        return HttpResponse(
            FILES[name](episode),
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{saved_as}"'},
        )

    return download


def _tag(admin: ModelAdmin) -> Callable[..., HttpResponse]:
    def tag(request: HttpRequest, pk: int) -> HttpResponse:
        episode = _episode(admin, request, pk, admin.has_change_permission)
        if is_guest_at(request.user, episode):
            messages.error(request, _("This is published: only an editor writes into its audio file."))
            return redirect("admin:episodes_episode_change", pk)
        try:
            tagging = tag_uploaded_audio(episode, user=request.user)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        except StaleVersion:
            messages.error(request, _("Somebody saved the episode in the meantime. Try again."))
        else:
            messages.success(request, _("The audio file has the tags of this episode now."))
            for loss in tagging.losses:
                messages.warning(request, loss)
        return redirect("admin:episodes_episode_change", pk)

    return tag


def _episode(admin: ModelAdmin, request: HttpRequest, pk: int, may: Callable[..., Any]) -> Episode:
    """Return the episode. Raises Http404 or PermissionDenied."""
    episode = admin.get_object(request, str(pk))
    if episode is None:
        raise Http404
    if not may(request, episode):
        raise PermissionDenied
    return episode
