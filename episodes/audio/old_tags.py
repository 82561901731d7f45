"""Tags of older formats at the end of an MP3: players that read them would show an old title.

ID3v1: https://id3.org/ID3v1; APE: https://wiki.hydrogenaud.io/index.php?title=APEv2_specification
"""

from pathlib import Path

from django.utils.translation import gettext as _
from mutagen import MutagenError
from mutagen.apev2 import APEv2

from interaxion.content.languages import in_a_row

#: The fields of an APE tag that our tags have too.
APE_FIELDS = ("Title", "Artist", "Album", "Track", "Genre")
APE_COVER = "Cover Art (Front)"


def has_id3v1(path: Path) -> bool:
    """Whether the last 128 bytes of the file are an ID3v1 tag."""
    with path.open("rb") as stream:
        stream.seek(max(path.stat().st_size - 128, 0))
        return stream.read(3) == b"TAG"


def remove_from_ape(path: Path, *, has_cover: bool) -> list[str]:
    """Remove from an APE tag what the ID3 tag says too (the cover only if it has one); other fields stay.

    Returns a list of one sentence that names the removed fields; empty if there are none.
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
    names = in_a_row(found)
    return [_("Removed from the APE tag, for ID3 says it now: %(names)s.") % {"names": names}] if found else []
