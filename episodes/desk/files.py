"""Files for audio editors: chapters to download, and ID3 tags written into the uploaded MP3."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from episodes.audio.tagging import chapters_of, tag_uploaded_audio, tags_of
from episodes.desk.chapter_import import import_chapters
from episodes.models import Episode
from episodes.notes.chapter_files import audacity_labels, ffmetadata
from interaxion.content.saving.storing import StaleVersion
from interaxion.desk.pages.access import thing_to_edit, thing_to_view
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.suggestions import is_guest_at


def _labels(episode: Episode) -> str:
    return audacity_labels(chapters_of(episode))


def _ffmetadata(episode: Episode) -> str:
    tags = tags_of(episode)
    head = {"title": tags.title, "artist": tags.artist, "album": tags.album, "track": tags.number}
    return ffmetadata(chapters_of(episode), head)


#: The writer of each file, by the end of its name.
FILES: dict[str, Callable[[Episode], str]] = {"labels.txt": _labels, "ffmetadata.txt": _ffmetadata}


def file_urls(model_admin: DeskAdmin) -> list[URLPattern]:
    """Return the URLs below an episode in the admin. Each view checks the permission on that episode."""
    protect = model_admin.admin_site.admin_view
    return [
        path(
            "<int:pk>/chapters/<str:name>",
            protect(partial(chapter_file, model_admin)),
            name="episodes_episode_chapter_file",
        ),
        path(
            "<int:pk>/chapters/import/",
            protect(require_POST(partial(import_chapters, model_admin))),
            name="episodes_episode_import_chapters",
        ),
        path(
            "<int:pk>/tag-audio/",
            protect(require_POST(partial(tag_audio, model_admin))),
            name="episodes_episode_tag_audio",
        ),
    ]


def chapter_file(model_admin: DeskAdmin, request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Return the chapters as the file `name`, one of FILES; 404 for an episode without chapters."""
    episode = thing_to_view(model_admin, request, str(pk))
    if name not in FILES or not chapters_of(episode):
        raise Http404
    saved_as = f"episode-{episode.spelled_number or episode.pk}-{name}"
    return HttpResponse(
        FILES[name](episode),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{saved_as}"'},
    )


def tag_audio(model_admin: DeskAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Write the ID3 tags of the episode into its uploaded MP3."""
    episode = thing_to_edit(model_admin, request, str(pk))
    if is_guest_at(request.user, episode):
        messages.error(request, _("This is published: only an editor writes into its audio file."))
        return redirect(model_admin.url_of("change", episode))
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
    return redirect(model_admin.url_of("change", episode))
