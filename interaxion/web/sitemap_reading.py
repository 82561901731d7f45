"""Reading the sitemap of another site: https://www.sitemaps.org/protocol.html"""

import zlib
from dataclasses import dataclass

from interaxion.text.source_errors import gettext_noop
from interaxion.web.xml_reading import XmlRefused, read_xml

#: Of one file, unpacked: what the protocol allows.
MOST_BYTES = 52_428_800
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Sitemap:
    urls: tuple[str, ...]  # of pages
    parts: tuple[str, ...]  # of further sitemaps, if it is an index


def read_sitemap(data: bytes) -> Sitemap:
    """Read a sitemap or an index of sitemaps, also packed by gzip. Raises XmlRefused for anything else."""
    root = read_xml(_unpack(data).lstrip(b"\xef\xbb\xbf \t\r\n"))
    kind = root.tag.rpartition("}")[2]
    if kind not in {"urlset", "sitemapindex"}:
        raise XmlRefused(gettext_noop("it is no sitemap"))
    found = [
        (child.text or "").strip()
        for entry in root
        for child in entry
        if child.tag.rpartition("}")[2] == "loc" and entry.tag.rpartition("}")[2] in {"url", "sitemap"}
    ]
    addresses = tuple(dict.fromkeys(filter(None, found)))
    return Sitemap(addresses, ()) if kind == "urlset" else Sitemap((), addresses)


def _unpack(data: bytes) -> bytes:
    if not data.startswith(_GZIP):
        return data
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacking.decompress(data, MOST_BYTES)
    except zlib.error as problem:
        raise XmlRefused(gettext_noop("it cannot be unpacked: %(problem)s"), problem=problem) from problem
    if unpacking.unconsumed_tail:
        raise XmlRefused(gettext_noop("it has more than %(bytes)s bytes"), bytes=MOST_BYTES)
    return unpacked
