"""The addresses of the old site, from its sitemap: an address or a file, also an index of several."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from interaxion.web.sitemap_reading import MOST_BYTES, Sitemap, read_sitemap
from interaxion.web.ssrf_guard import FetchFailed, FetchRefused, IPNetwork, fetch
from interaxion.web.xml_reading import XmlRefused

MOST_PARTS = 200


class SitemapRefused(Exception):
    """The sitemap cannot be read; the message says why."""


def read_old_site(source: str, networks: Sequence[IPNetwork] = ()) -> list[str]:
    """Return the URLs in a sitemap, each once. Raises SitemapRefused."""
    urls: dict[str, None] = {}
    waiting, seen = [source], {source}
    while waiting:
        sitemap = _read(waiting.pop(), networks)
        urls.update(dict.fromkeys(sitemap.urls))
        new = [part for part in sitemap.parts if part not in seen and urlsplit(part).scheme in {"http", "https"}]
        seen.update(new)
        waiting += new
        if len(seen) > MOST_PARTS:
            raise SitemapRefused(f"{source}: it has more than {MOST_PARTS} parts. Give them one by one.")
    return list(urls)


def _read(source: str, networks: Sequence[IPNetwork]) -> Sitemap:
    try:
        if urlsplit(source).scheme not in {"http", "https"}:
            return read_sitemap(Path(source).read_bytes())
        answer = fetch(source, most_bytes=MOST_BYTES, allowed_networks=networks)
        if answer.status != 200:
            raise SitemapRefused(f"{source}: the host answers {answer.status}. Give the address of the sitemap itself.")
        return read_sitemap(answer.body)
    except (FetchFailed, FetchRefused) as problem:
        raise SitemapRefused(f"{problem}. Save the sitemap from a browser and give the file instead.") from problem
    except XmlRefused as problem:
        raise SitemapRefused(f"{source}: {problem}.") from problem
    except OSError as problem:
        raise SitemapRefused(f"{source}: the file cannot be read ({problem.strerror}).") from problem
