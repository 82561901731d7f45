"""The front matter of the themes that podcasters use: which of their keys is which field of an episode. No Django.

Our own key comes first. yattecast: https://github.com/r7kamura/yattecast, Octopod: https://github.com/haslinger/octopod,
`podcast_link`: https://github.com/jekyll/jekyll and its forks for podcasts, `enclosure`: exports of WordPress.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import NULL

#: Field → the keys that name it, the first that a document has wins.
KEYS: Mapping[str, tuple[str, ...]] = {
    "number": ("number", "episode_number", "episode_no", "episode", "ep"),
    "season": ("season", "season_number"),
    "excerpt": ("excerpt", "summary", "description", "subtitle"),
    "starring": ("starring", "actor_ids", "speakers", "cast", "participants", "presenters"),
    "hosts": ("hosts", "host"),
    "guests": ("guests", "guest"),
    "anchorEmbedding": ("anchorEmbedding", "podcast_embed", "embed", "player"),
    "twitter_image": ("twitter_image", "episode_image", "image", "cover", "artwork"),
    "audio": (
        "audio", "audio_file_path", "podcast_link", "podcast_url", "podcast_file", "enclosure", "enclosure_url",
        "audio_url", "audio_file", "audio_link", "mp3", "mp3_url", "m4a", "media_url",
    ),
    "seconds": (
        "seconds", "duration", "podcast_duration", "audio_duration", "enclosure_duration", "itunes_duration", "length",
    ),
    "transcript": ("transcript", "transcript_file", "transcript_path", "transcript_url", "transcription"),
    "bytes": (
        "bytes", "audio_file_size", "podcast_length", "podcast_bytes", "podcast_file_size", "podcast_size",
        "enclosure_length", "audio_size", "filesize", "file_size",
    ),
}  # fmt: skip
#: What somebody may say that a key means → our own key for it.
FIELDS: Mapping[str, str] = {
    "audio": "audio", "length": "seconds", "size": "bytes", "number": "number", "season": "season", "title": "title",
    "summary": "excerpt", "people": "starring", "hosts": "hosts", "guests": "guests", "tags": "tags", "date": "date",
    "player": "anchorEmbedding", "artwork": "twitter_image", "language": "lang", "category": "category",
}  # fmt: skip
#: Keys that only an episode has; those of the second kind name its sound, however its address ends.
EPISODE_KEYS = frozenset({"starring", "anchorEmbedding", "actor_ids"})
SOUND_KEYS = ("audio_file_path", "podcast_link", "podcast_url", "podcast_file")

_SOUND = re.compile(r"\.(?:mp3|m4a|aac|ogg|oga|opus|wav)(?:[?#].*)?$", re.IGNORECASE)


def names_sound(document: SourceDocument) -> bool:
    """Whether a key that we know names its sound: then it is an episode."""
    if any(text for key in SOUND_KEYS for text in addresses_of(document.meta.get(key))):
        return True
    return any(_SOUND.search(address) for key in KEYS["audio"] for address in addresses_of(document.meta.get(key)))


def with_our_keys(document: SourceDocument) -> SourceDocument:
    """Return the document with our own keys in place of those of its theme."""
    names = {field: next(filter(document.meta.__contains__, keys), field) for field, keys in KEYS.items()}
    return renamed(document, {key: field for field, key in names.items() if key != field})


def renamed(document: SourceDocument, names: Mapping[str, str]) -> SourceDocument:
    """Return the document with other names for some of its keys; a value under the new name makes room."""
    if not names.keys() & document.meta.keys():
        return document
    new = {names[key] for key in names.keys() & document.meta.keys()}
    meta = {names.get(key, key): value for key, value in document.meta.items() if key in names or key not in new}
    lines = {names.get(key, key): line for key, line in document.key_lines.items() if key in names or key not in new}
    return replace(document, meta=meta, key_lines=lines)


def parse_key_map(lines: Iterable[str]) -> dict[str, str]:
    """Parse lines such as `klang=audio` into names for `renamed`. Raises ValueError for a line that cannot be read."""
    names = {}
    for line in filter(str.strip, lines):
        key, equals, field = (part.strip() for part in line.partition("="))
        if not key or not equals or FIELDS.get(field, field) not in FIELDS.values():
            raise ValueError(line.strip())
        names[key] = FIELDS.get(field, field)
    return names


def addresses_of(value: Any) -> Iterable[str]:
    """Yield the addresses in a value: one, the lines of an enclosure (address, size, type), a list, or a mapping."""
    if isinstance(value, str):
        yield from (line for line in value.split() if line.lower() not in NULL)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from addresses_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from addresses_of(each)


def sound_in(value: Any) -> tuple[str, str]:
    """Return address and size in the value of `audio:`, `enclosure:` or the like; "" for what it does not say."""
    parts = list(addresses_of(value))
    address = next(filter(_SOUND.search, parts), "") or next((part for part in parts if "://" in part), "")
    if not address and len(parts) == 1:
        address = parts[0]
    size = value.get("length", "") if isinstance(value, Mapping) else ""
    if isinstance(value, str) and len(parts) > 1:
        size = next((part for part in parts if part.isdecimal()), "")
    return address, str(size)
