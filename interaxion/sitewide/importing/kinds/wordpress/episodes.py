"""Episodes as the podcast plugins of WordPress describe them: PowerPress and Seriously Simple Podcasting.

https://blubrry.com/support/powerpress-documentation/, https://castos.com/seriously-simple-podcasting/
"""

import re
from typing import Any

from episodes.importing.reading.theme_keys import sound_in
from episodes.numbers import parse_number
from episodes.title_numbers import split_number
from interaxion.sitewide.importing.kinds.wordpress.wxr import WordPressItem

#: Seriously Simple Podcasting: its keys → ours.
_KEYS = {
    "duration": "seconds", "filesize_raw": "bytes", "itunes_episode_number": "number", "itunes_season_number": "season",
}  # fmt: skip
#: PowerPress: the keys of what it serialises in the fourth line of an enclosure → ours.
_SERIALISED_KEYS = {"duration": "seconds", "episode_no": "number", "season": "season"}
_SERIALISED = re.compile(r's:\d+:"(\w+)";(?:s:\d+:"([^"]*)"|i:(\d+))')


def keys_of_sound(item: WordPressItem) -> dict[str, Any]:
    """Return our keys for the sound of the item; empty for what has none and so is no episode."""
    enclosure = next(
        (value for key, value in item.meta.items() if key == "enclosure" or key.endswith(":enclosure")), ""
    )
    lines = enclosure.split("\n")
    address, size = sound_in("\n".join(lines[:3])) if enclosure else ("", "")
    found: dict[str, Any] = {"audio": item.meta.get("audio_file", "").strip() or address, "bytes": size}
    if not found["audio"] or not _is_sound(found["audio"], enclosure):
        return {}
    for key, text, digits in _SERIALISED.findall("\n".join(lines[3:])):
        if key in _SERIALISED_KEYS:
            found[_SERIALISED_KEYS[key]] = text or digits
    found |= {ours: item.meta[key].strip() for key, ours in _KEYS.items() if item.meta.get(key, "").strip()}
    if "number" not in found and (numbered := split_number(item.title)):
        found["number"] = str(numbered.number)
    if parse_number(found.get("number", "")) is None:
        found.pop("number", None)
    return {key: value for key, value in found.items() if value and value != "0"}


def _is_sound(address: str, enclosure: str) -> bool:
    """A video or a picture that a text links to is an enclosure, too."""
    return bool(sound_in(address)[0]) and not re.search(r"\b(?:video|image|application)/", enclosure)
