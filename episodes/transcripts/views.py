"""The published transcript of a live episode: as a page, and as files for podcast apps, below the episode's address."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from episodes.models import Episode, Transcript
from episodes.parts import TRANSCRIPT
from episodes.transcripts.files import FORMS, Form
from episodes.transcripts.sections import said_in_sections
from episodes.transcripts.storing import cues_of
from interaxion.content.live_details import get_live_or_404
from interaxion.content.parts.reading import read_part
from interaxion.serving.security import FOR_ALL_SITES


def said_on_page(episode: Episode) -> dict[str, str]:
    """Return the HTML of what was said by the anchor of each section, stored if the episode is live; {} for none."""
    said = read_part(TRANSCRIPT, episode) if episode.is_live() else said_in_sections(episode) if episode.pk else ""
    return json.loads(said) if said else {}


def transcript_page(request: HttpRequest, pk: int) -> HttpResponse:
    episode = get_live_or_404(Episode, pk)
    said = said_on_page(episode)
    if not said:
        raise Http404
    headings: dict[str, dict[str, Any]] = {heading["anchor"]: heading for heading in episode.outline}
    sections = [(headings.get(anchor), html) for anchor, html in said.items()]
    return render(request, "episodes/transcript.html", {"episode": episode, "sections": sections})


def transcript_as_vtt(request: HttpRequest, pk: int) -> HttpResponse:
    return _file(pk, FORMS["transcript.vtt"])


def transcript_as_srt(request: HttpRequest, pk: int) -> HttpResponse:
    return _file(pk, FORMS["transcript.srt"])


def transcript_as_json(request: HttpRequest, pk: int) -> HttpResponse:
    return _file(pk, FORMS["transcript.json"])


def _file(pk: int, form: Form) -> HttpResponse:
    """Return the transcript in a form. Raises Http404 if the episode is not live, or its transcript not published."""
    live = Episode.objects.live().filter(pk=pk)
    transcript = get_object_or_404(Transcript, episode__in=live.values("pk"), is_published=True)
    content_type = f"{form.content_type}; charset=utf-8"
    return HttpResponse(form.write(cues_of(transcript)), content_type=content_type, headers=FOR_ALL_SITES)
