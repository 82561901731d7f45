"""Measuring an audio file: the size, type and length that a feed must have, read from the file itself.

How it sounds takes longer: `sound/`.
"""

import hashlib
from dataclasses import dataclass
from typing import IO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from mutagen import File
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4

#: The formats that directories accept: content type and suffix, by the class that mutagen recognises.
TYPES = {MP3: ("audio/mpeg", ".mp3"), MP4: ("audio/mp4", ".m4a")}


class AudioRefused(ValidationError):
    """The file is not audio that apps can play."""


@dataclass(frozen=True)
class Audio:
    bytes: int
    type: str  # the content type
    seconds: int
    name: str  # of the stored file: a hash, because addresses in feeds must be ASCII
    channels: int
    bit_rate: int  # bits in a second, on average


def measure(stream: IO[bytes], size: int) -> Audio:
    """Measure an open file of `size` bytes. Raises AudioRefused if it is neither MP3 nor M4A, or damaged."""
    stream.seek(0)
    try:
        audio = File(stream, options=list(TYPES))
    except Exception as problem:  # mutagen raises many kinds for impossible sizes and depths
        raise AudioRefused(_("This audio file is damaged. Export it again as MP3 or M4A.")) from problem
    if audio is None or not audio.info.length > 0 or getattr(audio.info, "layer", 3) != 3:  # 2 is an .mp2
        raise AudioRefused(_("This is no MP3 or M4A file. Export the audio as one of them."))
    if _is_cut_short(audio, size):
        raise AudioRefused(_("This audio file ends too early: a part of it is missing. Upload it again."))
    content_type, suffix = TYPES[type(audio)]
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
    stream.seek(0)
    name = digest.hexdigest()[:24] + suffix
    seconds = max(round(audio.info.length), 1)
    return Audio(size, content_type, seconds, name, audio.info.channels, audio.info.bitrate)


def _is_cut_short(audio: MP3 | MP4, size: int) -> bool:
    """Whether the file is shorter than its header says. False for an MP3 without such a header, and for M4A."""
    if not isinstance(audio, MP3) or audio.info is None:
        return False
    return bool(audio.info.length * audio.info.bitrate / 8 > size * 1.02 + 1000)
