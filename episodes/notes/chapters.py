"""Chapters, as podcast apps call the timed sections of an episode, and their two formats. No Django.

JSON: https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
Podlove: https://podlove.org/simple-chapters/
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from interaxion.text.web_addresses import absolute_url
from interaxion.web.feed_xml import Element, tag

PODLOVE = "http://podlove.org/simple-chapters"
#: Apps want a first chapter at 0:00. Its title is content, so it is in the language of the episode.
OPENINGS = {"ja": "オープニング", "en": "Opening"}
_HEADING_OR_PICTURE = re.compile(r'<h[1-6]\b[^>]*?\sid="(?P<anchor>[^"]*)"|<img\b[^>]*?\ssrc="(?P<address>[^"]*)"')


@dataclass(frozen=True)
class FeedChapter:
    """Times are in seconds. The end of the last chapter is None if the length of the audio is unknown."""

    starts_at: int
    ends_at: int | None
    title: str
    url: str
    picture: str = ""  # the address of the first picture in the section; "" for none


def find_chapters(
    outline: Iterable[Mapping[str, Any]], *, page_url: str, language: str, seconds: int | None, html: str = ""
) -> list[FeedChapter]:
    """Return the chapters of an episode of `seconds`, from its headings (text, anchor, starts_at) and its HTML.

    No time comes twice, and the first is 0. If nothing is timed, there are none.
    """
    first_at: dict[int, tuple[str, str]] = {}
    outline = list(outline)
    for heading in outline:
        if heading["starts_at"] is not None and heading["text"]:
            first_at.setdefault(heading["starts_at"], (heading["text"], f"{page_url}#{heading['anchor']}"))
    if not first_at:
        return []
    first_at.setdefault(0, (OPENINGS.get(language, OPENINGS["en"]), page_url))
    starts = sorted(first_at)
    end = seconds if seconds and seconds > starts[-1] else None
    ends = [*starts[1:], end]
    pictures = _find_pictures(html, {h["anchor"]: h["starts_at"] for h in outline if h["starts_at"] is not None})
    return [
        FeedChapter(start, stop, *first_at[start], absolute_url(pictures[start], page_url) if start in pictures else "")
        for start, stop in zip(starts, ends, strict=True)
    ]


def chapters_json(chapters: Sequence[FeedChapter], *, title: str) -> dict[str, Any]:
    """Return the document that `podcast:chapters` points to, version 1.2."""
    return {"version": "1.2.0", "title": title, "chapters": [_json(chapter) for chapter in chapters]}


def podlove_chapters(chapters: Sequence[FeedChapter]) -> Element:
    """Return the element `psc:chapters`; the feed or file that it goes into must declare the prefix."""
    root = Element("psc:chapters", {"version": "1.2"})
    for chapter in chapters:
        start = _play_time(chapter.starts_at)
        tag(root, "psc:chapter", start=start, title=chapter.title, href=chapter.url, image=chapter.picture)
    return root


def _json(chapter: FeedChapter) -> dict[str, Any]:
    end = {} if chapter.ends_at is None else {"endTime": float(chapter.ends_at)}
    picture = {"img": chapter.picture} if chapter.picture else {}
    return {"startTime": float(chapter.starts_at), **end, "title": chapter.title, **picture, "url": chapter.url}


def _find_pictures(html: str, starts: Mapping[str, int]) -> dict[int, str]:
    """Return the first picture below each timed heading, by its time; one before the first heading has the time 0.

    The text below untimed headings belongs to the timed heading before them.
    """
    found: dict[int, str] = {}
    start = 0
    for match in _HEADING_OR_PICTURE.finditer(html):
        if match["anchor"] is not None:
            start = starts.get(unescape(match["anchor"]), start)
        else:
            found.setdefault(start, unescape(match["address"]))
    return found


def _play_time(seconds: int) -> str:
    """Spell Normal Play Time: 90 → 00:01:30.000. https://www.rfc-editor.org/rfc/rfc2326#section-3.6"""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"
