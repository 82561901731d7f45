"""Fetching what a feed names besides the audio: pictures and chapters. Every request goes through the SSRF guard."""

import json
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from episodes.host_feed.details import HostChapter
from interaxion.content.files.limits import ARTWORK_SIDE, MOST_PICTURE_BYTES
from interaxion.content.files.picture_encoding import reencode
from interaxion.content.files.pictures import hash_name
from interaxion.text.source_errors import gettext_noop
from interaxion.web.ssrf_guard import FetchFailed, IPNetwork, fetch

MOST_CHAPTER_BYTES = 1_000_000
MOST_CHAPTERS = 1_000


class ShowFiles:
    """Fetches files of a show. What was asked for once in a run is not asked for again."""

    def __init__(self, allowed_networks: Sequence[IPNetwork] = ()) -> None:
        self.allowed_networks = allowed_networks
        self._pictures: dict[str, str] = {}

    def keep_picture(self, url: str) -> str:
        """Store the picture at `url`, re-encoded, and return its name in the storage.

        Raises FetchRefused, FetchFailed, or FileRefused for what is no picture.
        """
        if url not in self._pictures:
            data = self._fetch(url, MOST_PICTURE_BYTES)
            picture = reencode(data, longest_side=ARTWORK_SIDE, is_still=True)
            name = f"pictures/{hash_name(picture.data, picture.suffix)}"
            if not default_storage.exists(name):
                name = default_storage.save(name, ContentFile(picture.data))
            self._pictures[url] = name
        return self._pictures[url]

    def read_chapters(self, url: str) -> tuple[HostChapter, ...]:
        """Return the chapters in a file of the podcast namespace. Raises FetchRefused, or FetchFailed."""
        try:
            found = json.loads(self._fetch(url, MOST_CHAPTER_BYTES))["chapters"]
            chapters = [_chapter(each) for each in found[:MOST_CHAPTERS] if each.get("toc") is not False]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
            raise FetchFailed(gettext_noop("%(url)s: these are no chapters"), url=url) from problem
        return tuple(sorted(filter(None, chapters), key=lambda chapter: chapter.starts_at))

    def _fetch(self, url: str, most_bytes: int) -> bytes:
        answer = fetch(url, most_bytes=most_bytes, allowed_networks=self.allowed_networks)
        if answer.status != 200:
            raise FetchFailed(gettext_noop("%(url)s: the host answers %(status)s"), url=url, status=answer.status)
        return answer.body


def _chapter(data: dict[str, object]) -> HostChapter | None:
    title, url = " ".join(str(data.get("title") or "").split()), str(data.get("url") or "")
    seconds = int(float(str(data["startTime"])))
    is_address = url.startswith(("https://", "http://")) and " " not in url and ">" not in url
    return HostChapter(seconds, title, url if is_address else "") if title and 0 <= seconds < 3_600_000 else None
