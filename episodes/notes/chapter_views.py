"""The chapters of a live episode, for podcast apps and players on other sites, under the address of its page."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from episodes.models import Episode
from episodes.notes.chapters import PODLOVE, FeedChapter, chapters_json, find_chapters, podlove_chapters
from interaxion.content.live_details import get_live_alone_or_404
from interaxion.content.paths import public_url
from interaxion.serving.security import FOR_ALL_SITES
from interaxion.web.feed_xml import write


def chapters_as_json(request: HttpRequest, pk: int) -> HttpResponse:
    episode, chapters = _chapters_of(pk)
    return JsonResponse(
        chapters_json(chapters, title=str(episode)),
        content_type="application/json+chapters",
        headers=FOR_ALL_SITES,
        json_dumps_params={"ensure_ascii": False},
    )


def chapters_as_podlove(request: HttpRequest, pk: int) -> HttpResponse:
    root = podlove_chapters(_chapters_of(pk)[1])
    root.set("xmlns:psc", PODLOVE)
    return HttpResponse(write(root), content_type="application/xml; charset=utf-8", headers=FOR_ALL_SITES)


def _chapters_of(pk: int) -> tuple[Episode, list[FeedChapter]]:
    """Return a live episode and its chapters. Raises Http404 if it is not live, or nothing in it is timed."""
    episode = get_live_alone_or_404(Episode, pk)
    chapters = find_chapters(
        episode.outline,
        page_url=public_url(episode.path),
        language=episode.language,
        seconds=episode.audio_seconds,
        html=episode.html,
    )
    if not chapters:
        raise Http404
    return episode, chapters
