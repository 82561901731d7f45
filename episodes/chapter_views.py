"""The chapters of a live episode, for podcast apps and for players on other sites."""

from decimal import Decimal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from episodes.chapters import PODLOVE, Chapter, chapters_json, find_chapters, podlove_chapters
from episodes.models import Episode
from interaxion.content.public_pages import public_page
from interaxion.content.security import FOR_ALL_SITES
from interaxion.content.syndication.feed_html import absolute_url
from interaxion.content.syndication.feed_xml import write


@public_page
def chapters_as_json(request: HttpRequest, number: Decimal) -> HttpResponse:
    episode, chapters = _chapters_of(number)
    return JsonResponse(
        chapters_json(chapters, title=str(episode)),
        content_type="application/json+chapters",
        headers=FOR_ALL_SITES,
        json_dumps_params={"ensure_ascii": False},
    )


@public_page
def chapters_as_podlove(request: HttpRequest, number: Decimal) -> HttpResponse:
    root = podlove_chapters(_chapters_of(number)[1])
    root.set("xmlns:psc", PODLOVE)
    return HttpResponse(write(root), content_type="application/xml; charset=utf-8", headers=FOR_ALL_SITES)


def _chapters_of(number: Decimal) -> tuple[Episode, list[Chapter]]:
    """Raises Http404 where no live episode has the number, or nothing in it is timed."""
    episode = get_object_or_404(Episode.objects.live(), number=number)
    chapters = find_chapters(
        episode.outline,
        page_url=absolute_url(episode.path, settings.SITE_URL),
        language=episode.language,
        seconds=episode.audio_seconds,
        html=episode.html,
    )
    if not chapters:
        raise Http404
    return episode, chapters
