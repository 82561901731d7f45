"""Parsing of the short notes that people cut by hand for podcast hosts.

They have no front matter, but a heading `# Ep. 57 Title`, an introduction with a link to the full notes, and sections.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import PurePosixPath

from episodes.importing.reading.source import EpisodeSource
from episodes.notes.notes import parse
from episodes.numbers import spell_number
from episodes.stated_numbers import MENTION, TITLE, full_version_numbers
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.source_errors import Note, Option, SourceError, gettext_noop

#: Sentences that call the text the short version: true only of this text, so they do not go into the summary.
_ABOUT_ITSELF = re.compile(rf"簡易版|short(?:ened)? (?:version|notes)|{MENTION.pattern}", re.IGNORECASE)


def is_short_notes(document: SourceDocument) -> bool:
    return not document.has_front_matter and bool(TITLE.match(document.body))


def read_short_notes(document: SourceDocument, *, number: Decimal | None = None) -> EpisodeSource:
    """Raise SourceError if the heading and the link to the full notes disagree and no `number` decides."""
    title = TITLE.match(document.body)
    if title is None:
        raise SourceError(
            document.name,
            1,
            gettext_noop("these are no short notes"),
            gettext_noop("begin them with a heading such as `# Ep. 57 Title`"),
        )
    heading_line = document.body.count("\n", 0, title.start(1)) + 1
    in_heading = Decimal(title[1].replace("-", "."))
    sections = parse(document.body[title.end() :])
    introduction = sections.pop(0).body if sections and not sections[0].heading else ""
    linked = tuple(full_version_numbers(document.body, heading_line))
    if number is None:
        _validate_agreement(document, in_heading, heading_line, linked)
    return EpisodeSource(
        number=in_heading if number is None else number,
        title=title[2].strip(),
        sections=tuple(sections),
        summary=_summary(introduction),
        is_draft="_drafts" in PurePosixPath(document.name).parts,
        short_notes=document.text.replace("\r\n", "\n").replace("\r", "\n"),
        warnings=tuple(_warnings(number, in_heading, heading_line, linked)),
    )


def _validate_agreement(
    document: SourceDocument, in_heading: Decimal, heading_line: int, linked: Iterable[tuple[Decimal, int]]
) -> None:
    for other, line in linked:
        if other != in_heading:
            raise SourceError(
                document.name,
                heading_line,
                gettext_noop(
                    "the heading says episode %(heading)s, but the link to the full notes in line %(line)d "
                    "says %(linked)s"
                ),
                gettext_noop("correct one of them, or import the file with %(option)s %(linked)s"),
                option=Option.NUMBER,
                heading=spell_number(in_heading),
                line=line,
                linked=spell_number(other),
            )


def _warnings(
    number: Decimal | None, in_heading: Decimal, heading_line: int, linked: Iterable[tuple[Decimal, int]]
) -> Iterator[Note]:
    if number is None:
        return
    if number != in_heading:
        yield Note(
            heading_line,
            gettext_noop("read as %(number)s: title and introduction look like those of episode %(heading)s"),
            {"number": spell_number(number), "heading": spell_number(in_heading)},
        )
    for other, line in linked:
        if other != number:
            yield Note(
                line,
                gettext_noop("read as %(number)s, though the link to the full notes says %(linked)s"),
                {"number": spell_number(number), "linked": spell_number(other)},
            )


def _summary(introduction: str) -> str:
    lines = introduction.split("\n")
    kept = ["".join(s for s in re.split("(?<=。)", line) if not _ABOUT_ITSELF.search(s)) for line in lines]
    remaining = [new for new, old in zip(kept, lines, strict=True) if new.strip() or not old.strip()]
    return "\n".join(remaining).strip()
