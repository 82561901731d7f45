"""The social picture of an episode: its address, the file that is made when it is first asked for, and the sweep."""

import hashlib
import json
from dataclasses import astuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from episodes.cards.fonts import find_font
from episodes.cards.picture import CardText, draw_card
from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.files.limits import FileRefused
from interaxion.content.files.picture_reading import open_picture, still_of

FOLDER = "cards"
#: Rises when the same episode would be drawn differently.
DRAWING_VERSION = 1
#: How a PNG ends: a file that a crash cut short is drawn again.
PNG_END = b"IEND\xaeB`\x82"


def card_path(episode: Episode, podcast: Podcast) -> str:
    """The address of the present card: another one as soon as anything on it changes."""
    return reverse("episode_card", args=[episode.pk, card_key(episode, podcast)])


def card_key(episode: Episode, podcast: Podcast) -> str:
    """A hash of all that is on the card."""
    artwork, font = episode.artwork or podcast.artwork, find_font()
    inputs = [
        DRAWING_VERSION,
        *astuple(_text_of(episode, podcast)),
        artwork.name if artwork else "",
        font.name if font else "",
    ]
    return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()[:24]


def read_card(episode: Episode, podcast: Podcast) -> bytes:
    """The card as a PNG, drawn and kept where it is not there yet."""
    name = _name(card_key(episode, podcast))
    try:
        with default_storage.open(name) as stream:
            kept = stream.read()
        if kept.endswith(PNG_END):
            return kept
        default_storage.delete(name)
    except OSError:
        pass
    card = draw_card(_text_of(episode, podcast), font=find_font(), artwork=_artwork_of(episode, podcast))
    default_storage.save(name, ContentFile(card))
    return card


def sweep_cards() -> int:
    """Delete the cards that nothing live has any more. Returns how many."""
    podcast = Podcast.current()
    live = Episode.objects.live().with_people().defer("html", "text", "outline")
    kept = {_name(card_key(episode, podcast)) for episode in live}
    try:
        found = default_storage.listdir(FOLDER)[1]
    except OSError:
        return 0
    old = [name for file in found if (name := f"{FOLDER}/{file}") not in kept]
    for name in old:
        default_storage.delete(name)
    return len(old)


def _name(key: str) -> str:
    return f"{FOLDER}/{key}.png"


def _text_of(episode: Episode, podcast: Podcast) -> CardText:
    people = "、".join(appearance.speaker.name for appearance in episode.appearances.all())
    return CardText(episode.spelled_number, episode.title, people, podcast.title)


def _artwork_of(episode: Episode, podcast: Podcast) -> Image.Image | None:
    artwork = episode.artwork or podcast.artwork
    if not artwork:
        return None
    try:
        with artwork.storage.open(artwork.name) as stream:
            return still_of(open_picture(stream.read())[0]).convert("RGB")
    except (FileRefused, OSError):
        return None
