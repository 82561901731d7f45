"""Tags of older kinds at the end of an MP3: players that read them would show an old title. Pure.

ID3v1: https://id3.org/ID3v1; APE: https://wiki.hydrogenaud.io/index.php?title=APEv2_specification
"""

from pathlib import Path

from django.utils.translation import gettext as _
from mutagen import MutagenError
from mutagen.apev2 import APEv2

#: What an APE tag may say of the same things as ours.
APE_FIELDS = ("Title", "Artist", "Album", "Track", "Genre")
APE_COVER = "Cover Art (Front)"


def has_id3v1(path: Path) -> bool:
    """Whether its last 128 bytes are one."""
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - 128, 0))
        return stream.read(3) == b"TAG"


def remove_from_ape(path: Path, *, has_cover: bool) -> list[str]:
    """Let an APE tag say nothing of what the ID3 tag says, which may have a cover; what else is in it stays.

    Returns the fields removed, as a sentence.
    """
    try:
        ape = APEv2(path)
    except MutagenError:
        return []
    found = [name for name in (*APE_FIELDS, *([APE_COVER] if has_cover else [])) if name in ape]
    for name in found:
        del ape[name]
    if found and ape:
        ape.save(path)
    elif found:
        ape.delete(path)
    names = ", ".join(found)
    return [_("Removed from the APE tag, for ID3 says it now: %(names)s.") % {"names": names}] if found else []
