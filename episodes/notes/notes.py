"""Show notes as one Markdown document, and as the sections that it consists of. No Django.

A section begins at a heading of level 2 to 6 that is written with `#` at the document's own level. A single
`#` is the document's title and stays text, as do underlined headings and those in code, HTML, lists,
quotations and `<details>`. A heading may begin with its time (`### 1:30 Nobel prizes`) and end with the id
that it had on an imported site (`{#130-nobel-prizes}`). Text before the first heading is a section, too.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b
from itertools import pairwise

from markdown_it.token import Token

from interaxion.text.markdown.dialect import parser
from interaxion.text.markdown.syntax.lists import nest_under_numbers
from interaxion.text.source_errors import gettext_noop
from interaxion.text.times import spell_time, split_time

__all__ = [
    "NoteHeading",
    "NoteSection",
    "find_errors",
    "find_headings",
    "find_section_errors",
    "join",
    "parse",
    "parse_once",
    "tidy",
]

LEVELS = range(2, 7)
#: Of one document. Each section is read by itself, and becomes a row.
MOST_SECTIONS = 1_000
LEAD_LEVEL = 3  # of the text before the first heading, where the level has no effect
LATEST = 999 * 3600 + 59 * 60 + 59  # seconds: the greatest time that can be written

_ATX = re.compile(r"[ \t]*#+[ \t]+(.*)")
_ANCHOR = re.compile(r"(?<=\S)\s+\{#([^\s{}#\"'<>&]+)\}$")
_BLANK_START = re.compile(r"\A(?:[ \t]*\n)+")
_DETAILS = re.compile(r"<(/?)details\b", re.IGNORECASE)


@dataclass(frozen=True)
class NoteSection:
    level: int
    starts_at: int | None  # seconds
    heading: str  # inline Markdown
    body: str
    imported_anchor: str = ""


#: Put after a section: it closes what the text leaves open, and its own heading is lost.
_FOLLOWING = NoteSection(LEAD_LEVEL, None, "x", "</details>\n\n$$")

#: Hashes of the sections that were read back whole last: while somebody writes, one of many changes.
_sound: set[bytes] = set()
MOST_REMEMBERED = 2_000


@dataclass(frozen=True)
class NoteHeading:
    line: int  # counted from 0
    level: int
    source: str  # inline Markdown, with time and id
    opens_section: bool


def parse(text: str) -> list[NoteSection]:
    """Split any text into sections; `find_section_errors` finds what is wrong with a section."""
    text = _one_line_end(text)
    lines = text.split("\n")
    heads = [heading for heading in find_headings(text) if heading.opens_section]
    ends = [*(heading.line for heading in heads), len(lines)]
    lead = _trim("\n".join(lines[: ends[0]]))
    sections = [NoteSection(LEAD_LEVEL, None, "", lead)] if lead else []
    for heading, end in zip(heads, ends[1:], strict=True):
        anchor = _ANCHOR.search(heading.source)
        starts_at, title = split_time(_ANCHOR.sub("", heading.source))
        body = _trim("\n".join(lines[heading.line + 1 : end]))
        sections.append(NoteSection(heading.level, starts_at, _escape_end(title), body, anchor[1] if anchor else ""))
    return sections


def parse_once(document: str) -> list[NoteSection]:
    """Split a document as `parse()` does.

    One in our own spelling is parsed with what `find_errors()` puts behind it, which then need not parse it again. If
    that is read back whole, the document leaves nothing open, and so its own sections are the same without it.
    """
    *sections, last = parse(f"{document}\n{join([_FOLLOWING])}")
    if last == _FOLLOWING and join(sections, anchors=True) == document:
        _remember_sound(sections)
        return sections
    return parse(document)


def _remember_sound(sections: Iterable[NoteSection]) -> None:
    if len(_sound) > MOST_REMEMBERED:
        _sound.clear()
    _sound.update(map(_hash_of, sections))


def _hash_of(section: NoteSection) -> bytes:
    return blake2b(repr(section).encode(errors="surrogatepass"), digest_size=16).digest()


def join(sections: Sequence[NoteSection], *, anchors: bool = False) -> str:
    """Return the document of these sections; with `anchors` it has the ids of the imported site, as for rendering."""
    blocks: list[str] = []
    for section in sections:
        anchor = f"{{#{section.imported_anchor}}}" if anchors and section.imported_anchor else ""
        time = "" if section.starts_at is None else spell_time(section.starts_at)
        line = " ".join(filter(None, (time, section.heading, anchor)))
        if line or blocks:
            blocks.append(f"{'#' * section.level} {line}".rstrip())
        if section.body:
            blocks.append(section.body)
    return "\n\n".join(blocks) + "\n" if blocks else ""


def find_headings(text: str) -> Sequence[NoteHeading]:
    """Return all headings at the document's own level. The parser that renders the notes finds them."""
    return _parse_headings(_one_line_end(text))


@lru_cache(maxsize=8)  # reading, joining and checking the same notes ask for them again and again
def _parse_headings(text: str) -> Sequence[NoteHeading]:
    lines = text.split("\n")
    tokens: list[Token] = []
    md = parser("notes")
    md.block.parse(nest_under_numbers(text), md, {}, tokens)
    headings: list[NoteHeading] = []
    open_details: list[int] = []  # how many headings there were before each <details> that is still open
    unfolded: list[int] = []  # the places of the headings that no <details> holds so far
    for token, content in pairwise([*tokens, Token("end", "", 0)]):
        if token.level != 0:
            continue
        if token.type == "html_block":
            _fold_headings(token.content, headings, open_details, unfolded)
        elif token.type == "heading_open" and token.map:
            line, level = token.map[0], int(token.tag[1])
            atx = _ATX.fullmatch(lines[line]) if token.markup.startswith("#") else None
            source = _without_closing_marks(atx[1]) if atx else content.content
            unfolded.append(len(headings))
            headings.append(NoteHeading(line, level, source, bool(atx and source) and level in LEVELS))
    return tuple(headings)


def _fold_headings(html: str, headings: list[NoteHeading], open_details: list[int], unfolded: list[int]) -> None:
    """Follow the <details> that this HTML opens and closes; the headings inside them open no section."""
    for closing in _DETAILS.findall(html):
        if not closing:
            open_details.append(len(headings))
        elif open_details:
            first = open_details.pop()
            while unfolded and unfolded[-1] >= first:
                place = unfolded.pop()
                headings[place] = replace(headings[place], opens_section=False)


def _without_closing_marks(heading: str) -> str:
    """Strip the `#` that may end a heading, after a space."""
    text = heading.strip()
    bare = text.rstrip("#")
    return bare.rstrip() if bare.endswith((" ", "\t")) else text


def tidy(section: NoteSection) -> NoteSection:
    """Return the section with normal spacing, as `parse` returns it."""
    heading = _escape_end(section.heading.strip())
    level = section.level if heading or section.starts_at is not None else LEAD_LEVEL
    return replace(section, level=level, heading=heading, body=_trim(_one_line_end(section.body)))


def find_errors(sections: Sequence[NoteSection]) -> list[list[str]]:
    """Return the errors of each of the tidy sections of a document, as `find_section_errors()` does.

    If a document of those that are new gives all of them back, none has an error that only parsing finds: it is parsed
    once.
    """
    are_plain = not any(_find_plain_errors(section, place == 0) for place, section in enumerate(sections))
    if are_plain and _are_sound([each for each in sections if _hash_of(each) not in _sound]):
        return [[] for _section in sections]
    return [find_section_errors(section, place == 0) for place, section in enumerate(sections)]


def _are_sound(sections: Sequence[NoteSection]) -> bool:
    """Whether each of these sections is read back from a document as it is."""
    whole = [*sections, _FOLLOWING]
    if sections and parse(join(whole, anchors=True)) != whole:
        return False
    _remember_sound(sections)
    return True


def find_section_errors(section: NoteSection, is_first: bool) -> list[str]:
    """Return why a tidy section would not be read back from the document as it is, in sentences to translate."""
    problems = _find_plain_errors(section, is_first)
    if "\n" in section.heading or "\r" in section.heading:
        return problems
    if section.heading and not problems and _loses_its_end(section.heading):
        problems.append(gettext_noop("Write a backslash before the # that ends the heading."))
    if any(heading.opens_section for heading in find_headings(section.body)):
        problems.append(gettext_noop("The text holds a heading: make a section of its own of it."))
    if not problems:
        read = parse(join([section, _FOLLOWING], anchors=True))
        if read[1:] != [_FOLLOWING]:
            problems.append(
                gettext_noop("Code, a formula, a comment or a tag is left open at the end of the text: close it.")
            )
        elif read[0] != section:
            problems.append(gettext_noop("Delete the blank lines and spaces at the start and the end."))
    return problems


def _find_plain_errors(section: NoteSection, is_first: bool) -> list[str]:
    """Return the errors that are seen without parsing."""
    if "\n" in section.heading or "\r" in section.heading:
        return [gettext_noop("Write the heading in one line.")]
    problems = []
    if not section.heading and (not is_first or section.starts_at is not None):
        problems.append(gettext_noop("Write a heading: only text before the first one may lack it."))
    elif not section.heading and not section.body:
        problems.append(gettext_noop("Write a heading or a text."))
    if not section.heading:
        return problems
    if section.level not in LEVELS:
        problems.append(gettext_noop("The level of a heading is between 2 and 6."))
    if section.starts_at is not None and not 0 <= section.starts_at <= LATEST:
        problems.append(gettext_noop("The time is between 0:00 and 999:59:59."))
    if section.starts_at is None and split_time(section.heading)[0] is not None:
        problems.append(gettext_noop("The heading begins with a time: write it into the time's own field."))
    elif _ANCHOR.search(f"x {section.heading}"):  # also if a time comes before it
        problems.append(gettext_noop("The heading ends with {#…}, which means an id: write it differently."))
    return problems


def _loses_its_end(heading: str) -> bool:
    """Whether the `#` at the end of the heading would be read as closing marks."""
    return [part.heading for part in parse(f"## x {heading}")] != [f"x {heading}".rstrip()]


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _escape_end(heading: str) -> str:
    """Put a backslash before the `#` at the end of a heading, which would be read as closing marks."""
    return re.sub(r"(?<!\S)(#+)$", r"\\\1", heading)


def _trim(text: str) -> str:
    """Remove the blank lines around a text; the first line keeps its indent, which may make it code."""
    return _BLANK_START.sub("", text).rstrip(" \t\n")
