"""The description of an episode in the feed: every app shows it, and some show nothing else. No Django.

At most 4,000 bytes, with only `p ol ul li a`: https://podcasters.apple.com/support/823-podcast-requirements
"""

from collections.abc import Sequence
from html import escape

from episodes.notes.chapters import FeedChapter
from episodes.short_notes.writing import stamp

MOST_BYTES = 4000
#: Characters of a title behind a time stamp: apps that make chapters of the stamps cut the rest.
LONGEST_STAMP_TITLE = 40


def feed_description(summary: str, chapters: Sequence[FeedChapter], page_url: str) -> str:
    """Return summary, time stamps, and the address of the page with the full notes, as HTML.

    The address is never left out. If room is short, the stamps have priority over the summary.
    """
    ending = f'<p><a href="{escape(page_url)}">{escape(page_url)}</a></p>'
    room = MOST_BYTES - _bytes(ending)
    stamps: list[str] = []
    for chapter in chapters:
        line = f"<p>{_stamp(chapter)}</p>\n"
        if _bytes(line) > room:
            break
        room -= _bytes(line)
        stamps.append(line)
    opening = cut(" ".join(summary.split()), room - _bytes("<p></p>\n"))
    return (f"<p>{escape(opening)}</p>\n" if opening else "") + "".join(stamps) + ending


def cut(text: str, most_bytes: int) -> str:
    """Return as much of `text` as takes `most_bytes` once it is escaped, ending in … if it was cut."""
    if _bytes(escape(text)) <= most_bytes:
        return text
    room = most_bytes - _bytes("…")
    for length, character in enumerate(text):
        room -= _bytes(escape(character))
        if room < 0:
            return text[:length].rstrip() + "…" if length else ""
    return text


def _stamp(chapter: FeedChapter) -> str:
    """Return `(01:30) Title`: apps read it as a chapter."""
    title = chapter.title
    if len(title) > LONGEST_STAMP_TITLE:
        title = title[: LONGEST_STAMP_TITLE - 1].rstrip() + "…"
    return f"({stamp(chapter.starts_at)}) {escape(title)}"


def _bytes(text: str) -> int:
    return len(text.encode())
