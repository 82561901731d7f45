"""Files that are stored byte for byte: their content decides the type, never their name alone.

Formats that are not taken although people have them are refused with what they become, and how.
"""

import io
import zipfile

from django.utils.translation import gettext_lazy as _

from interaxion.content.files.limits import FileRefused
from interaxion.content.files.picture_reading import reads_heic

#: Suffix → (content type, signatures, their offset).
_SIGNED = {
    ".mp3": ("audio/mpeg", (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"), 0),
    ".m4a": ("audio/mp4", (b"ftyp",), 4),
    ".mp4": ("video/mp4", (b"ftyp",), 4),
    ".pdf": ("application/pdf", (b"%PDF-",), 0),
    ".vtt": ("text/vtt", (b"WEBVTT", b"\xef\xbb\xbfWEBVTT"), 0),
}
#: Slides are zip archives. Suffix → (content type, members: at least one must be in the zip).
_SLIDES = {
    # ECMA-376, part 2: https://ecma-international.org/publications-and-standards/standards/ecma-376/
    ".pptx": (
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        {"ppt/presentation.xml"},
    ),
    # Keynote since 2013, as one file or as a package, and before 2013.
    ".key": ("application/vnd.apple.keynote", {"Index/Document.iwa", "Index.zip", "index.apxl"}),
    ".odp": ("application/vnd.oasis.opendocument.presentation", {"content.xml"}),
}
#: Suffix → content type, independent of the table of this machine.
CONTENT_TYPES = {suffix: entry[0] for suffix, entry in (_SIGNED | _SLIDES).items()}


def is_what_it_claims(suffix: str, data: bytes) -> bool:
    """Whether the bytes are of the type that the suffix claims; False for an unknown suffix."""
    if suffix in _SLIDES:
        return _is_slides(suffix, data)
    _content_type, signatures, offset = _SIGNED.get(suffix, ("", (), 0))
    return any(data[offset:].startswith(signature) for signature in signatures)


def _is_slides(suffix: str, data: bytes) -> bool:
    content_type, members = _SLIDES[suffix]
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if not members & set(archive.namelist()):
                return False
            # OpenDocument 1.3, part 2, 3.3: the first member, uncompressed, names the type of the archive.
            return suffix != ".odp" or data[30:].startswith(f"mimetype{content_type}".encode())
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


_TO_MP3 = _("%(format)s is not taken: export it as MP3 (in Audacity: File, Export Audio, MP3), then upload that.")
_TO_MP4 = _("%(format)s is not taken: save it as MP4 (H.264), for example with HandBrake, then upload that.")
_TO_PDF = _("%(format)s is not taken: export it as PDF, then upload that.")
_TO_PPTX = _("%(format)s is not taken: save it as PPTX or PDF, then upload that.")
_TO_PNG = _("%(format)s is not taken: export it as PNG or JPEG, then upload that.")
_TO_JPEG = _(
    "%(format)s is read only where pillow-heif is installed (the extra “heif”). Or save it as JPEG: on an iPhone under"
    " Settings, Camera, Formats, Most Compatible."
)
_HOW = {
    **dict.fromkeys((".wav", ".aif", ".aiff", ".flac", ".ogg", ".oga", ".opus", ".wma", ".caf"), _TO_MP3),
    **dict.fromkeys((".mov", ".avi", ".mkv", ".webm", ".wmv"), _TO_MP4),
    **dict.fromkeys((".doc", ".docx", ".odt", ".pages", ".rtf", ".tex", ".xls", ".xlsx", ".ods", ".numbers"), _TO_PDF),
    ".ppt": _TO_PPTX,
    **dict.fromkeys((".tif", ".tiff", ".psd", ".ai", ".eps", ".bmp", ".jxl", ".cr2", ".nef", ".dng"), _TO_PNG),
}


def tell_how_to_convert(name: str) -> None:
    """Raise FileRefused with what to do, if this format is not taken, but can be converted."""
    suffix = "." + name.rpartition(".")[2].lower() if "." in name else ""
    how = _TO_JPEG if suffix in {".heic", ".heif"} and not reads_heic() else _HOW.get(suffix)
    if how:
        raise FileRefused(how % {"format": suffix.removeprefix(".").upper()})
