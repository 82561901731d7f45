"""The files of social cards: their addresses, drawing one at the first request, and the sweep of old ones."""

import hashlib
import json
import logging
from dataclasses import astuple

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from episodes.cards.fonts import find_fonts
from episodes.cards.picture import CardText, draw_card
from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.files.limits import FileRefused
from interaxion.content.files.orphans import sweep_folder
from interaxion.content.files.picture_reading import open_picture, still_of

FOLDER = "cards"
#: Part of the key. Raise it if the same episode is drawn differently from now on.
DRAWING_VERSION = 2
#: The last bytes of a PNG: a file without them was cut off by a crash and is drawn again.
PNG_END = b"IEND\xaeB`\x82"
log = logging.getLogger(__name__)


def card_path(episode: Episode, podcast: Podcast) -> str:
    """Return the address of the present card; it changes as soon as anything on the card does."""
    return reverse("episode_card", args=[episode.pk, card_key(episode, podcast)])


def card_key(episode: Episode, podcast: Podcast) -> str:
    """Return a hash of everything on the card."""
    artwork = episode.artwork or podcast.artwork
    inputs = [
        DRAWING_VERSION,
        *astuple(_card_text(episode, podcast)),
        artwork.name if artwork else "",
        *(font.name for font in find_fonts()),
    ]
    return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()[:24]


def read_card(episode: Episode, podcast: Podcast) -> bytes:
    """Return the card as a PNG; it is drawn and stored at the first request, if the disk takes it."""
    name = _name(card_key(episode, podcast))
    try:
        with default_storage.open(name) as stream:
            kept = stream.read()
        if kept.endswith(PNG_END):
            return kept
        default_storage.delete(name)
    except OSError:
        pass
    card = draw_card(_card_text(episode, podcast), fonts=find_fonts(), artwork=_artwork_of(episode, podcast))
    try:
        default_storage.save(name, ContentFile(card))
    except OSError as problem:
        log.warning("A social card is sent but not kept: %s", problem)
    return card


def sweep_cards() -> int:
    """Delete the cards that no live episode has any more. Returns how many."""
    podcast = Podcast.current()
    live = Episode.objects.live().with_people().defer("html", "text", "outline")
    kept = {_name(card_key(episode, podcast)) for episode in live}
    return sweep_folder(FOLDER, kept=kept)


def _name(key: str) -> str:
    return f"{FOLDER}/{key}.png"


def _card_text(episode: Episode, podcast: Podcast) -> CardText:
    people = tuple(appearance.speaker.name for appearance in episode.appearances.all())
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
