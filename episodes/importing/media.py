"""Player, artwork and audio of an episode as its file names them. A fault in them is a warning, never an error."""

import io
import re

from django.core.exceptions import ValidationError

from episodes.audio.measuring import measure
from episodes.importing.reading import EpisodeSource
from episodes.importing.reading.theme_keys import KEYS
from episodes.models import Episode
from interaxion.content.files.limits import ARTWORK_SIDE
from interaxion.content.importing.document_import import DocumentImport
from interaxion.text.jekyll.keys import line_of
from interaxion.text.markdown.html.embeds import parse_embed
from interaxion.text.source_errors import Subject, gettext_noop


def take_player(episode: Episode, source: EpisodeSource, job: DocumentImport) -> None:
    embed = parse_embed(source.player)
    if embed and embed.provider in Episode.Player.values:
        episode.player_provider, episode.player_id = embed.provider, embed.id
    elif "//" in source.player:
        message = gettext_noop("the player is none that we know: it is left out")
        job.warn(line_of(job.document, *KEYS["anchorEmbedding"]), message, Subject.SOUND)


def take_artwork(episode: Episode, source: EpisodeSource, job: DocumentImport) -> None:
    if picture := job.keep_picture("twitter_image", source.artwork, longest_side=ARTWORK_SIDE):
        episode.artwork = picture


def take_audio(episode: Episode, source: EpisodeSource, job: DocumentImport) -> None:
    """Take an address on another host as it is, with what the file says of it; keep and measure a file of the site."""
    files, line = job.inputs.files, line_of(job.document, *KEYS["audio"])
    name = files.find(source.audio) if source.audio and "//" not in source.audio else None
    address = f"https:{source.audio}" if source.audio.startswith("//") else source.audio
    if source.audio and name is None and "//" not in address and job.inputs.audio_folder:
        address = f"{job.inputs.audio_folder.rstrip('/')}/{address.lstrip('/')}"
    if re.match("https?://", address):
        episode.audio_url = address
        episode.audio_bytes, episode.audio_seconds = source.audio_bytes, source.audio_seconds
        episode.audio_type = ""  # the suffix of the address is all that we know
        return
    if not source.audio:
        return
    if name is None:
        job.warn(line, gettext_noop("the audio file %(file)s is missing"), Subject.SOUND, file=source.audio)
        return
    data = files.read(name)
    try:
        audio = measure(io.BytesIO(data), len(data))
    except ValidationError as refused:
        job.warn_of_refused_file(name, refused, line=line)
        return
    episode.audio_file, episode.audio_url = files.keep(f"audio/{audio.name}", data), ""
    episode.audio_bytes, episode.audio_type, episode.audio_seconds = audio.bytes, audio.type, audio.seconds
