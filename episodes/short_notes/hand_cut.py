"""Short notes cut by hand: written in the form of a profile, and compiled ones as Markdown to continue from."""

import re
from collections.abc import Callable, Iterator

from episodes.short_notes.choosing import key_of
from episodes.short_notes.outline import Line, OutlineLink, links_of, read_sections
from episodes.short_notes.profiles import Profile
from episodes.short_notes.result import ShortNotes
from episodes.short_notes.writing import Draft, Part, link_to_page
from interaxion.text.markdown import render
from interaxion.text.times import spell_time

#: The title at the start of such notes. Podcast hosts ask for it in a field of its own.
_TITLE = re.compile(r"\A\s*#[ \t][^\n]*(?:\n|\Z)")
_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def write_hand_cut(markdown: str, *, profile: Profile, page_url: str, language: str = "ja") -> ShortNotes:
    """Return all that the host wrote, even if it does not fit; the link to the full notes is added if it is missing."""
    lead, *sections = read_sections(render(_TITLE.sub("", markdown)).html, page_url)
    opening = tuple(item.joined for item in lead.items)
    parts = tuple(
        Part(section.heading, section.starts_at, tuple(item.joined for item in section.items)) for section in sections
    )
    lines = [*opening, *(line for part in parts for line in part.lines)]
    is_linked = any(key_of(link.url) == key_of(page_url) for line in lines for link in links_of(line))
    link = None if is_linked else link_to_page(page_url, language)
    return ShortNotes(Draft(profile, opening, link, parts))


def spell_markdown(notes: ShortNotes) -> str:
    """Return the notes as Markdown that `write_hand_cut` reads back as the same notes."""
    return "\n\n".join(_blocks(notes.draft)) + "\n"


def _blocks(draft: Draft) -> Iterator[str]:
    links = [[draft.page_link]] if draft.page_link else []
    yield from (_spell("", line) for line in (*draft.opening, *links) if line)
    for part in draft.parts:
        if part.heading or part.starts_at is not None:
            yield _spell("### " if part.starts_at is None else f"### {spell_time(part.starts_at)} ", [part.heading])
        if part.lines:
            yield "\n".join(_spell("- ", line) for line in part.lines)


def _spell(marks: str, line: Line) -> str:
    """Return the line as a person would type it; with a backslash before every sign if it would be read differently."""
    plain = marks + "".join(_spell_piece(piece, str) for piece in line)
    careful = marks + "".join(_spell_piece(piece, _escape) for piece in line)
    return plain if _read(plain) == _read(careful) else careful


def _spell_piece(piece: str | OutlineLink, write: Callable[[str], str]) -> str:
    if isinstance(piece, str):
        return write(piece)
    return f"[{write(piece.text)}]({f'<{piece.url}>' if re.search('[()]', piece.url) else piece.url})"


def _escape(text: str) -> str:
    return _MARKS.sub(r"\\\1", text)


def _read(markdown: str) -> object:
    return [
        (section.heading, section.starts_at, [item.joined for item in section.items])
        for section in read_sections(render(markdown).html, "https://page.invalid/")
    ]
