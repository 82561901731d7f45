"""Whether the bytes of a picture hold only the picture: no EXIF, no comment, nothing after its end. No Django.

Animated WebP: https://developers.google.com/speed/webp/docs/riff_container
JPEG: ITU-T T.81 §B.1.1.3; PNG: https://www.w3.org/TR/png-3/#5Chunk-layout.
"""

PNG = b"\x89PNG\r\n\x1a\n"
#: Size, colours, transparency, colour profile, pixels.
PNG_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"IDAT", b"IEND"})
WEBP_CHUNKS = frozenset({b"VP8X", b"ICCP", b"ANIM", b"ANMF"})
WEBP_FRAME_CHUNKS = frozenset({b"ALPH", b"VP8 ", b"VP8L"})
#: JFIF and colour profile, quantisation, frame (baseline, extended, progressive), Huffman tables, restarts, scan.
JPEG_MARKERS = frozenset({0xE0, 0xE2, 0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDD, 0xDA})


def is_bare(data: bytes) -> bool:
    """Whether the picture could be from our own encoder: there is nothing to remove from it."""
    if data.startswith(PNG):
        return _is_bare_png(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _is_bare_animation(data)
    return data.startswith(b"\xff\xd8") and _is_bare_jpeg(data)


def _is_bare_png(data: bytes) -> bool:
    """Whether the PNG is bare; our encoder does not write 16 bits either."""
    if data[24:25] == b"\x10":
        return False
    at = len(PNG)
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        at += 12 + length
        if kind not in PNG_CHUNKS:
            return False
        if kind == b"IEND":
            return length == 0 and at == len(data)
    return False


def _is_bare_animation(data: bytes) -> bool:
    """Whether the animated WebP is bare; our encoder writes no still WebP."""
    chunks = _chunks(data, 12)
    frames = [content for kind, content in chunks if kind == b"ANMF"]
    inner = [kind for frame in frames for kind, _content in _chunks(frame, 16)]
    is_whole = int.from_bytes(data[4:8], "little") + 8 == len(data)
    return is_whole and bool(frames) and {kind for kind, _ in chunks} <= WEBP_CHUNKS and set(inner) <= WEBP_FRAME_CHUNKS


def _chunks(data: bytes, at: int) -> list[tuple[bytes, bytes]]:
    """Return the RIFF chunks from offset `at` to the end, each with its name; a truncated one has the rest."""
    chunks = []
    while at < len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        chunks.append((data[at : at + 4], data[at + 8 : at + 8 + length]))
        at += 8 + length + length % 2
    return chunks


def _is_bare_jpeg(data: bytes) -> bool:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xD9:
            return False  # an end before the last two bytes
        if marker not in JPEG_MARKERS:
            return False
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            at = _end_of_scan(data, at)
            if data[at:] == b"\xff\xd9":
                return True
    return False


def _end_of_scan(data: bytes, at: int) -> int:
    """Return the offset where the pixels end: the first 0xFF that is neither a stuffed byte nor a restart marker."""
    while (at := data.find(b"\xff", at)) >= 0:
        if at + 1 < len(data) and (data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7):
            at += 2
            continue
        return at
    return len(data)
