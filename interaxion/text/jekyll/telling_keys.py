"""Keys that we do not know, told apart: what may be the sound of an episode, its length or its people, and the rest.

What a key may mean is a guess by its name and value. So it is said, with how to say that it is so, and never acted on.
"""

import re
from typing import Any

from interaxion.text.source_errors import Note, Option, Subject, gettext_noop

_WORD = re.compile(r"[A-Z]?[a-z]+\d*|[A-Z]+\d*|[^\x00-\x7f]+")
_SOUND = re.compile(r"\.(?:mp3|m4a|aac|ogg|opus|wav)(?:[?#]\S*)?\s*$", re.IGNORECASE | re.MULTILINE)
#: Words in the names of keys → what the key may be, in the words of `--map`.
_MEANINGS = {
    "audio": {"audio", "sound", "mp3", "m4a", "enclosure", "podcast", "soundcloud", "recording", "音声"},
    "length": {"duration", "length", "runtime", "seconds"},
    "people": {"hosts", "host", "guests", "guest", "speaker", "speakers", "cast", "actors", "presenter", "presenters"},
}
_MESSAGES = {
    "audio": gettext_noop("%(key)s may be the sound of an episode: %(option)s %(key)s=audio takes it as that"),
    "length": gettext_noop("%(key)s may be the length of the sound: %(option)s %(key)s=length takes it as that"),
    "people": gettext_noop("%(key)s may be the people: %(option)s %(key)s=people takes it as that"),
}


def meaning_of(key: str, value: Any) -> str:
    """Return `audio`, `length` or `people` if the key may mean that, else ""."""
    if isinstance(value, str) and _SOUND.search(value):
        return "audio"
    words = {word.lower() for word in _WORD.findall(key)}
    return next((meaning for meaning, names in _MEANINGS.items() if words & names and value), "")


def note_on_key(key: str, value: Any, line: int) -> Note:
    if meaning := meaning_of(key, value):
        subject = Subject.KEY if meaning == "people" else Subject.SOUND
        return Note(line, _MESSAGES[meaning], {"key": key, "option": Option.MAP}, subject)
    return Note(line, gettext_noop("unknown key, kept: %(key)s"), {"key": key}, Subject.KEY)
