"""The description of an episode in the feed: what every app shows, and all that some show. Pure.

At most 4,000 bytes, of `p ol ul li a` only: https://podcasters.apple.com/support/823-podcast-requirements
"""

from collections.abc import Sequence
from html import escape

from episodes.notes.chapters import FeedChapter

MOST_BYTES = 4000
#: Of a title behind a time stamp: apps that make chapters of the stamps cut the rest.
LONGEST_STAMP_TITLE = 40


def feed_description(summary: str, chapters: Sequence[FeedChapter], page_url: str) -> str:
    """Summary, time stamps, and the address of the page with the full notes, which always has its place.

    The stamps come before the summary where room is short.
    """
    ending = f'<p><a href="{escape(page_url)}">{escape(page_url)}</a></p>'
    room = MOST_BYTES - _bytes(ending)
    stamps: list[str] = []
    for chapter in chapters:
        stamp = f"<p>{_stamp(chapter)}</p>\n"
        if _bytes(stamp) > room:
            break
        room -= _bytes(stamp)
        stamps.append(stamp)
    opening = cut(" ".join(summary.split()), room - _bytes("<p></p>\n"))
    return (f"<p>{escape(opening)}</p>\n" if opening else "") + "".join(stamps) + ending


def cut(text: str, most_bytes: int) -> str:
    """As much of `text` as takes `most_bytes` once it is escaped, with … behind what was cut."""
    if _bytes(escape(text)) <= most_bytes:
        return text
    room = most_bytes - _bytes("…")
    for length, character in enumerate(text):
        room -= _bytes(escape(character))
        if room < 0:
            return text[:length].rstrip() + "…" if length else ""
    return text


def _stamp(chapter: FeedChapter) -> str:
    """`(01:30) Title`, or `(01:02:03) Title` after the first hour, which apps read as chapters."""
    minutes, seconds = divmod(chapter.starts_at, 60)
    hours, minutes = divmod(minutes, 60)
    time = f"{hours:02}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"
    title = chapter.title
    if len(title) > LONGEST_STAMP_TITLE:
        title = title[: LONGEST_STAMP_TITLE - 1].rstrip() + "…"
    return f"({time}) {escape(title)}"


def _bytes(text: str) -> int:
    return len(text.encode())
