"""Files that are stored byte for byte: their content decides the type, never their name alone."""

import io
import zipfile

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
