"""Whether the bytes of a picture hold the picture alone: no EXIF, no comment, nothing behind its end. Pure.

JPEG: ITU-T T.81 §B.1.1.3; PNG: https://www.w3.org/TR/png-3/#5Chunk-layout.
"""

PNG = b"\x89PNG\r\n\x1a\n"
#: Size, colours, transparency, colour profile, pixels.
PNG_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"iCCP", b"IDAT", b"IEND"})
#: JFIF and colour profile, quantisation, frame (baseline, extended, progressive), Huffman tables, restarts, scan.
JPEG_MARKERS = frozenset({0xE0, 0xE2, 0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDD, 0xDA})


def is_bare(data: bytes) -> bool:
    """Whether the picture is as our encoder writes one: there is nothing to take out of it."""
    if data.startswith(PNG):
        return _is_bare_png(data)
    return data.startswith(b"\xff\xd8") and _is_bare_jpeg(data)


def _is_bare_png(data: bytes) -> bool:
    at = len(PNG)
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        at += 12 + length
        if kind not in PNG_CHUNKS:
            return False
        if kind == b"IEND":
            return length == 0 and at == len(data)
    return False


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
    """Where the pixels end: at the first 0xFF that is neither a stuffed byte nor a restart."""
    while (at := data.find(b"\xff", at)) >= 0:
        if at + 1 < len(data) and (data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7):
            at += 2
            continue
        return at
    return len(data)
