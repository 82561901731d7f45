"""The page itself: the lines beside the audio, from what is stored, from a version, or from a kept text."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from episodes.desk.transcript.typed import Typed, read_lines
from episodes.models import Episode, Transcript
from episodes.podcast import Podcast
from episodes.transcripts.storing import transcript_of
from interaxion.content.jobs.job import Job
from interaxion.content.languages import language_choices
from interaxion.content.publishing.working_copies import WorkingCopy, forget
from interaxion.desk.pages.access import thing_to_edit
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.autosave_views import key_of_form

#: Versions that the page lists, and unsaved texts that it offers.
MOST_VERSIONS, MOST_COPIES = 30, 5


def transcript_page(model_admin: DeskAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Show the transcript as stored; with `?version=N` as it was then, not saved."""
    episode = thing_to_edit(model_admin, request, str(pk))
    transcript = transcript_of(episode)
    number = request.GET.get("version", "")
    if not number:
        return _page(model_admin, request, transcript, Typed.of(transcript))
    revision = transcript.revisions.filter(number=int(number[:9]) if number.isdecimal() else 0).first()
    if revision is None:
        raise Http404
    fields = revision.data["fields"]
    then = Typed(fields["cues"], fields["language"], transcript.is_published)  # it is not published by going back
    return _page(model_admin, request, transcript, then, unsaved="sent")


def recover_transcript(model_admin: DeskAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """POST `key`: show the lines that were kept, not saved; with `discard` throw them away."""
    episode = thing_to_edit(model_admin, request, str(pk))
    transcript, key = transcript_of(episode), request.POST.get("key", "")
    copy = _unsaved(transcript, request.user).filter(key=key).first()
    if copy is None:
        raise Http404
    if "discard" in request.POST:
        forget(request.user, Transcript, transcript.pk, key)
        return redirect(model_admin.url_of("transcript", episode))
    typed = read_lines(copy.data)
    return _page(model_admin, request, transcript, typed, unsaved="kept", key=key, base=copy.base_version)


def _page(
    model_admin: DeskAdmin,
    request: HttpRequest,
    transcript: Transcript,
    shown: Typed,
    *,
    unsaved: str = "",
    key: str = "",
    base: int | None = None,
) -> HttpResponse:
    """`unsaved` is that of static/js/admin/form_state.js; `base` the version that `shown` began with."""
    if unsaved:
        messages.info(request, _("This is not saved yet."))
    episode, key = transcript.episode, key or key_of_form(request)
    url = {
        name: model_admin.url_of(f"transcript_{name}", episode)
        for name in ("save", "autosave", "recover", "words", "transcribe")
    }
    context: dict[str, Any] = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Transcript"),
        "thing": episode,
        "change_url": model_admin.url_of("change", episode),
        "transcript": transcript,
        "rows": shown.rows,
        "shown": shown,
        "languages": language_choices(),
        "base": transcript.version if base is None else base,
        "names": _names(episode),
        "url": url,
        "job": Job.objects.unfinished().filter(kind="transcribe", subject=str(episode.pk)).first(),
        "can_transcribe": bool(settings.TRANSCRIBE_COMMAND and episode.audio_address and not transcript.is_published),
        "may_keep_words": request.user.has_perm("episodes.change_podcast"),
        "misheard": Podcast.current().misheard_words,
        "versions": transcript.revisions.select_related("user").defer("data")[:MOST_VERSIONS] if transcript.pk else [],
        # What admin/desk_notices.html and static/js/admin/autosave.js want.
        "unsaved": unsaved,
        "has_change_permission": transcript.pk is not None,
        "working_copy_key": key,
        "form_address": model_admin.url_of("transcript", episode),
        "autosave_url": url["autosave"],
        "recover_url": url["recover"],
        "kept": _unsaved(transcript, request.user).exclude(key=key)[:MOST_COPIES],
    }
    return TemplateResponse(request, "admin/transcript/page.html", context)


def _names(episode: Episode) -> list[str]:
    return [appearance.speaker.name for appearance in episode.appearances.select_related("speaker")]


def _unsaved(transcript: Transcript, user: Any) -> Any:
    copies = WorkingCopy.objects.of(transcript) if transcript.pk else WorkingCopy.objects.none()
    return copies.unsaved_by(user)
