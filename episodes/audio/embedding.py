"""An episode in pages of other sites: its player in a frame, and the oEmbed answer that tells them of it.

https://oembed.com
"""

from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.clickjacking import xframe_options_exempt

from episodes.cards.files import card_path
from episodes.cards.picture import HEIGHT, WIDTH
from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.paths import find_path, public_url, url_of
from interaxion.serving.security import FOR_ALL_SITES, policy_for

#: What follows the address of an episode's page.
ENDING = "/embed"
#: In pixels. A frame is as wide as its place allows.
FRAME_WIDTH, FRAME_HEIGHT = 720, 360
LEAST_WIDTH = 280
#: Seconds for which other sites may keep the answer.
CACHE_AGE = 24 * 60 * 60


@xframe_options_exempt
def embedded_episode(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the player of a live episode that has audio, for a frame. Raises Http404 for any other."""
    episode = get_object_or_404(Episode.objects.live().with_audio(), pk=pk)
    response = render(request, "episodes/embed.html", {"episode": episode})
    response.headers["Content-Security-Policy"] = policy_for("embed")
    return response


def frame(source: str, title: str, width: int | str = FRAME_WIDTH, height: int = FRAME_HEIGHT) -> str:
    """Return the HTML that another site puts into its page, in one line."""
    context = {"source": source, "title": title, "width": width, "height": height}
    return " ".join(render_to_string("episodes/parts/frame.html", context).split())


def oembed(request: HttpRequest) -> HttpResponse:
    """Answer for the address of an episode: `url`, and if wanted `maxwidth`, `maxheight` in pixels and `format`.

    Raises Http404 for what is no live episode with audio.
    """
    if request.GET.get("format", "json") != "json":
        return HttpResponse("Only JSON is spoken here.", status=501, content_type="text/plain")
    try:
        url = urlsplit(request.GET.get("url", ""))
    except ValueError as problem:
        raise Http404 from problem
    path = url.path.removeprefix("/en/").strip("/").removesuffix(ENDING)
    row = find_path(path) if url.netloc == urlsplit(settings.SITE_URL).netloc else None
    if row is None or row.owner_model is not Episode:
        raise Http404
    episode = get_object_or_404(Episode.objects.live().with_audio().with_people(), pk=row.object_id)
    width = _within(request.GET.get("maxwidth", ""), FRAME_WIDTH)
    height = _within(request.GET.get("maxheight", ""), FRAME_HEIGHT)
    moment = parse_qs(url.query).get("t", [""])[0]
    return JsonResponse(
        _describe(episode, width, height, moment), headers=FOR_ALL_SITES, json_dumps_params={"ensure_ascii": False}
    )


def _describe(episode: Episode, width: int, height: int, moment: str) -> dict[str, Any]:
    podcast = Podcast.current()
    address = public_url(url_of(episode.path + ENDING))
    source = f"{address}?{urlencode({'t': moment})}" if moment else address
    return {
        "version": "1.0",
        "type": "rich",
        "title": str(episode),
        "author_name": podcast.author or podcast.title,
        "author_url": public_url("/"),
        "provider_name": podcast.title,
        "provider_url": public_url("/"),
        "cache_age": CACHE_AGE,
        "thumbnail_url": public_url(card_path(episode, podcast)),
        "thumbnail_width": WIDTH,
        "thumbnail_height": HEIGHT,
        "html": frame(source, str(episode), width, height),
        "width": width,
        "height": height,
    }


def _within(most: str, usual: int) -> int:
    return min(usual, max(int(most), LEAST_WIDTH)) if most.isascii() and most.isdecimal() and len(most) < 6 else usual
