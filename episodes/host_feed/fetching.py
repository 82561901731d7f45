"""Fetching the feed of a host, from an address or a file, and asking whether its audio is at https too.

Every request goes through the SSRF guard.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from episodes.host_feed.reading import HostFeed, NoFeed, read_host_feed, secure
from interaxion.content.reasons import spell_reason
from interaxion.web.downloads import AnsweredOtherwise, download
from interaxion.web.ssrf_guard import MOST_REDIRECTS_OF_AUDIO, FetchFailed, FetchRefused, IPNetwork, fetch
from interaxion.web.xml_reading import XmlRefused

MOST_BYTES = 50_000_000
SECONDS = 120.0
#: Some hosts refuse HEAD where they answer GET; all the same they are there.
ANSWERS = {200, 405}


class FeedRefused(Exception):
    """The feed cannot be read; the message says why and what to do."""


def fetch_host_feed(source: str, *, allowed_networks: Sequence[IPNetwork] = ()) -> HostFeed:
    """Read the feed at an address or in a file. Raises FeedRefused, also if the feed has no items."""
    try:
        host_feed = read_host_feed(_fetch(source, allowed_networks))
    except (FetchRefused, FetchFailed) as problem:
        message = _("%(problem)s. Save the feed from a browser and give the file instead.")
        raise FeedRefused(message % {"problem": spell_reason(problem)}) from problem
    except NoFeed as problem:
        message = _("%(source)s: this is no RSS feed. Give the address of the feed, which its host shows.")
        raise FeedRefused(message % {"source": source}) from problem
    except XmlRefused as problem:
        message = _("%(source)s: %(problem)s. Repair that place in a copy, and give the file instead.")
        raise FeedRefused(message % {"source": source, "problem": spell_reason(problem)}) from problem
    except OSError as problem:
        message = _("%(source)s: the file cannot be read (%(problem)s).")
        raise FeedRefused(message % {"source": source, "problem": problem.strerror}) from problem
    if not host_feed.items:
        raise FeedRefused(_("%(source)s: there is no item in this feed.") % {"source": source})
    return host_feed


def _fetch(source: str, allowed_networks: Sequence[IPNetwork]) -> bytes:
    if urlsplit(source).scheme not in {"http", "https"}:
        return Path(source).read_bytes()
    with tempfile.TemporaryFile() as file:
        try:
            download(source, file, most_bytes=MOST_BYTES, seconds=SECONDS, allowed_networks=allowed_networks)
        except AnsweredOtherwise as answer:
            raise FeedRefused(
                _("%(problem)s. Give the address of the feed itself.") % {"problem": spell_reason(answer)}
            ) from answer
        file.seek(0)
        return file.read()


class AnswerProbe:
    """Tells whether an address answers. A host that did not answer once is not asked again."""

    def __init__(self, allowed_networks: Sequence[IPNetwork] = ()) -> None:
        self.allowed_networks = allowed_networks
        self.silent_hosts: set[str] = set()

    def __call__(self, url: str) -> bool:
        host = urlsplit(url).netloc
        if host in self.silent_hosts:
            return False
        try:
            return self._status(url) in ANSWERS
        except (FetchRefused, FetchFailed):
            self.silent_hosts.add(host)
            return False

    def _status(self, url: str) -> int:
        return fetch(
            url,
            most_bytes=MOST_BYTES,
            method="HEAD",
            allowed_networks=self.allowed_networks,
            most_redirects=MOST_REDIRECTS_OF_AUDIO,
        ).status


def read_feed(file: str, networks: Sequence[IPNetwork] = ()) -> HostFeed:
    """Read a file or an address; audio at http becomes https where that answers. Raises FeedRefused."""
    feed = fetch_host_feed(file, allowed_networks=networks)
    answers = AnswerProbe(networks)
    return replace(feed, items=tuple(secure(item, answers) for item in feed.items))
