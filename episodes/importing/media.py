"""What can be heard and seen of an episode as its file names it: player, artwork, audio. None of it stops an import."""

import io
import re

from django.core.exceptions import ValidationError

from episodes.audio.measuring import measure
from episodes.importing.reading import EpisodeSource
from episodes.models import Episode
from interaxion.content.files.limits import ARTWORK_SIDE
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.saving import keep_picture, refusal
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import line_of
from interaxion.text.markdown.html.embeds import parse_embed
from interaxion.text.source_errors import Note, gettext_noop


def take_player(episode: Episode, source: EpisodeSource, document: SourceDocument) -> list[Note]:
    embed = parse_embed(source.player)
    if embed and embed.provider in Episode.Player.values:
        episode.player_provider, episode.player_id = embed.provider, embed.id
    elif "//" in source.player:
        message = gettext_noop("the player is none that we know: it is left out")
        return [Note(line_of(document, "anchorEmbedding"), message)]
    return []


def take_artwork(episode: Episode, source: EpisodeSource, document: SourceDocument, inputs: ImportInputs) -> list[Note]:
    picture, warnings = keep_picture(document, inputs, "twitter_image", source.artwork, longest_side=ARTWORK_SIDE)
    if picture:
        episode.artwork = picture
    return warnings


def take_audio(episode: Episode, source: EpisodeSource, document: SourceDocument, inputs: ImportInputs) -> list[Note]:
    """An address of another host as it is, with what the file says of it; a file of the site is kept and measured."""
    if re.match("https?://", source.audio):
        episode.audio_url = source.audio
        episode.audio_bytes, episode.audio_seconds = source.audio_bytes, source.audio_seconds
        episode.audio_type = ""  # of which we know no more than its address says
        return []
    if not source.audio:
        return []
    name = inputs.files.find(source.audio)
    if name is None:
        message = gettext_noop("the audio file %(file)s is missing")
        return [Note(line_of(document, "audio"), message, {"file": source.audio})]
    data = inputs.files.read(name)
    try:
        audio = measure(io.BytesIO(data), len(data))
    except ValidationError as refused:
        return [refusal(document, name, refused, line=line_of(document, "audio"))]
    episode.audio_file, episode.audio_url = inputs.files.keep(f"audio/{audio.name}", data), ""
    episode.audio_bytes, episode.audio_type, episode.audio_seconds = audio.bytes, audio.type, audio.seconds
    return []
