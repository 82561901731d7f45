"""Chapters, as podcast apps call the timed sections of an episode: and their two formats. Pure.

JSON: https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
Podlove: https://podlove.org/simple-chapters/
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from interaxion.content.syndication.feed_xml import Element, tag

PODLOVE = "http://podlove.org/simple-chapters"
#: Apps want a first chapter at 0:00. Its title is content, heard in the language of the episode.
OPENINGS = {"ja": "オープニング", "en": "Opening"}


@dataclass(frozen=True)
class Chapter:
    """Times are in seconds; where the last one ends is known only if the length of the audio is."""

    starts_at: int
    ends_at: int | None
    title: str
    url: str


def find_chapters(
    outline: Iterable[Mapping[str, Any]], *, page_url: str, language: str, seconds: int | None
) -> list[Chapter]:
    """The chapters of an episode `seconds` long, from its headings (text, anchor, starts_at).

    No time comes twice, and the first is 0; where nothing is timed there are none.
    """
    first_at: dict[int, tuple[str, str]] = {}
    for heading in outline:
        if heading["starts_at"] is not None and heading["text"]:
            first_at.setdefault(heading["starts_at"], (heading["text"], f"{page_url}#{heading['anchor']}"))
    if not first_at:
        return []
    first_at.setdefault(0, (OPENINGS.get(language, OPENINGS["en"]), page_url))
    starts = sorted(first_at)
    end = seconds if seconds and seconds > starts[-1] else None
    ends = [*starts[1:], end]
    return [Chapter(start, stop, *first_at[start]) for start, stop in zip(starts, ends, strict=True)]


def chapters_json(chapters: Sequence[Chapter], *, title: str) -> dict[str, Any]:
    """The document that `podcast:chapters` points to, version 1.2."""
    return {"version": "1.2.0", "title": title, "chapters": [_json(chapter) for chapter in chapters]}


def podlove_chapters(chapters: Sequence[Chapter]) -> Element:
    """`psc:chapters`, to stand in a feed that names the prefix, or in a file of its own that does so."""
    root = Element("psc:chapters", {"version": "1.2"})
    for chapter in chapters:
        tag(root, "psc:chapter", start=_play_time(chapter.starts_at), title=chapter.title, href=chapter.url)
    return root


def _json(chapter: Chapter) -> dict[str, Any]:
    end = {} if chapter.ends_at is None else {"endTime": float(chapter.ends_at)}
    return {"startTime": float(chapter.starts_at), **end, "title": chapter.title, "url": chapter.url}


def _play_time(seconds: int) -> str:
    """Normal Play Time: 90 → 00:01:30.000. https://www.rfc-editor.org/rfc/rfc2326#section-3.6"""
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"
