"""The social picture of a live episode."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from episodes.cards.files import card_key, card_path, read_card
from episodes.models import Episode
from episodes.podcast import Podcast


def episode_card(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Return the card, to be cached for ever; the address of an older card redirects to the present one."""
    live = Episode.objects.live().with_people()
    episode, podcast = get_object_or_404(live, pk=pk), Podcast.current()
    if key != card_key(episode, podcast):
        return redirect(card_path(episode, podcast))
    return HttpResponse(
        read_card(episode, podcast),
        content_type="image/png",
        headers={"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"},
    )
