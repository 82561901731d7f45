"""Chapters read from the files of audio editors, and put into show notes. No Django.

Audacity: https://manual.audacityteam.org/man/importing_and_exporting_labels.html
JSON: https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from episodes.notes.chapters import OPENINGS
from episodes.notes.notes import LEAD_LEVEL, NoteSection
from interaxion.text.link_words import spell_link_words
from interaxion.text.markdown import plain_text

_LABEL = re.compile(r"\s*(\d+(?:[.,]\d+)?)\t(?:\d+(?:[.,]\d+)?)(?:\t(.*))?")
_SPECTRAL = re.compile(r"\\\t")  # a line of Audacity about frequencies belongs to the label before it


@dataclass(frozen=True)
class Mark:
    starts_at: int  # seconds
    title: str


def read_labels(text: str) -> list[Mark]:
    """Read Audacity's labels. Raises ValueError, with the number of the line, if a line is none."""
    marks = []
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not line.strip() or _SPECTRAL.match(line):
            continue
        found = _LABEL.fullmatch(line)
        if found is None:
            raise ValueError(number)
        marks.append(Mark(int(float(found[1].replace(",", "."))), (found[2] or "").strip()))
    return marks


def read_chapters_json(text: str) -> list[Mark]:
    """Read the chapters that `podcast:chapters` points to. Raises ValueError if it is another document."""
    document = json.loads(text.removeprefix("\ufeff"))
    chapters = document.get("chapters") if isinstance(document, dict) else None
    if not isinstance(chapters, list):
        raise ValueError("no list of chapters")
    marks = []
    for chapter in chapters:
        start = chapter.get("startTime") if isinstance(chapter, dict) else None
        if isinstance(start, bool) or not isinstance(start, int | float) or not 0 <= start < 360_000:
            raise ValueError("a chapter without a start")
        if chapter.get("toc") is not False:  # such a chapter only changes a picture
            marks.append(Mark(int(start), str(chapter.get("title") or "").strip()))
    return marks


def take_marks(sections: Sequence[NoteSection], marks: Iterable[Mark]) -> list[NoteSection]:
    """Return the sections with the times of the marks of the same title. A mark of another title becomes a section.

    It stands before the first section that starts later. A section without a mark stays as it is; a mark without a
    title is left out: which section it means is not said.
    """
    result = list(sections)
    waiting = [_fold(plain_text(section.heading)) for section in result]  # "" once a section has its time
    for mark in sorted(marks, key=lambda mark: mark.starts_at):
        title = _fold(mark.title)
        if title and title in waiting:
            place = waiting.index(title)
            result[place], waiting[place] = replace(result[place], starts_at=mark.starts_at), ""
        elif title and not (mark.starts_at == 0 and mark.title in OPENINGS.values()):
            place = _place_of(mark, result)
            result.insert(place, NoteSection(LEAD_LEVEL, mark.starts_at, spell_link_words(mark.title), ""))
            waiting.insert(place, "")
    return result


def _place_of(mark: Mark, sections: Sequence[NoteSection]) -> int:
    """Return the index of the first section that starts later, else of the first without a time, else the end."""
    later = (n for n, each in enumerate(sections) if each.starts_at is not None and each.starts_at > mark.starts_at)
    untimed = (n for n, each in enumerate(sections) if each.heading and each.starts_at is None)
    return next(later, next(untimed, len(sections)))


def _fold(title: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", title).casefold().split())
