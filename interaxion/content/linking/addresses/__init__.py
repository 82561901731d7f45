"""What an address on the web means: two spellings of one paper, video or page get one key. Pure.

`identify` reads as the list of rules, the most telling first. Each kind of work has a module.
"""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from interaxion.content.linking.addresses.arxiv import arxiv_by_address, arxiv_by_name
from interaxion.content.linking.addresses.doi import doi_by_address, doi_by_name
from interaxion.content.linking.addresses.identity import LONGEST_KEY, WorkIdentity
from interaxion.content.linking.addresses.isbn import isbn_by_address, isbn_by_name
from interaxion.content.linking.addresses.pages import PORTS, any_page, own_page, tweet, video

__all__ = ["LONGEST_KEY", "WorkIdentity", "identify"]


def identify(url: str, own_hosts: Collection[str] = ()) -> WorkIdentity | None:
    """What `url` (or `doi:…`, `arXiv:…`, `ISBN …`) means; None for what is no address of the web.

    `own_hosts` are the hosts of this site, ports included: their addresses, and those without a host, are "own".
    """
    url = re.sub(r"[\s\x00-\x1f]+", " ", url).strip()
    if named := doi_by_name(url) or arxiv_by_name(url) or isbn_by_name(url):
        return named
    try:
        parts = urlsplit("https:" + url if url.startswith("//") else url)
        port = parts.port
    except ValueError:
        return None
    if not parts.scheme and not parts.netloc and parts.path.startswith("/"):
        return own_page(parts)
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in PORTS or not host:
        return None
    if parts.netloc.lower() in own_hosts or host in own_hosts:
        return own_page(parts)
    bare = host.removeprefix("www.")
    return (
        arxiv_by_address(bare, parts)
        or doi_by_address(bare, parts)
        or isbn_by_address(bare, parts)
        or video(bare, parts)
        or tweet(bare, parts)
        or any_page(host, port if port != PORTS[parts.scheme] else None, parts)
    )
