"""The description of an episode on another host as show notes, in sections where it states times. No Django."""

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from episodes.host_feed.details import HostChapter
from episodes.notes.notes import MOST_SECTIONS, find_errors, join, parse
from interaxion.text.html_markdown import to_markdown
from interaxion.text.times import parse_time, spell_time

#: One time alone may be part of a sentence: `10:30 we begin`.
FEWEST_STAMPS = 2
#: Characters: a longer line is prose, whatever it begins with.
LONGEST_LINE = 1000
_TIME = "[0-9０-９]{1,3}(?:[:：][0-5０-５][0-9０-９]){1,2}"
_STAMP = re.compile(
    rf"""
    (?P<indent>\s*)(?:[-*+]\s+|\d{{1,3}}[.)]\s+)?
    (?:[^\w\s\[\]()（）【】<>「」『』*_\\|`\#]\ufe0f?\s*)*                   # the host's own bullets and emoji
    (?P<emphasis>\*\*|__|)
    (?:
      \[\\?[\[(（]?(?P<linked>{_TIME})\\?[\])）]?\]\([^()\s]*\)           # a link to the moment on another site
      | \\?(?P<bracket>[\[(（【]?)\s*(?P<time>{_TIME})(?:\s*[-–—〜～~]\s*{_TIME})?\s*\\?[\])）】]?
    )
    (?P<closing>\*\*|__|)
    (?:\s*(?:\\?[-–—:：|｜>〜～・])+\s*|\s+|(?<=[\])）】*]))(?P<title>\S.*?)\s*\\?
    """,
    re.VERBOSE,
)
_HEADING = re.compile(r"#{2,6}\s")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_HTML = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")


@dataclass(frozen=True)
class Stamp:
    line: int
    starts_at: int  # seconds
    title: str  # inline Markdown
    indent: int


def write_notes(description: str, chapters: Sequence[HostChapter] = (), *, seconds: int | None = None) -> str:
    """Return the notes of an episode of `seconds`; `chapters` make the sections if the text states no times.

    Raises nothing: a text whose sections could not be stored is one section.
    """
    text = read_description(description)
    lines = text.split("\n")
    if is_timed(text):
        pass  # its headings state the times: what else begins with one is text
    elif stamps := find_stamps(lines, seconds):
        text = _cut_at(lines, stamps)
    elif chapters:
        text = _put_before_headings(text, [_heading(each.starts_at, _link(each)) for each in chapters])
    sections = parse(text)
    if len(sections) > MOST_SECTIONS or any(find_errors(sections)):
        sections = parse(_as_one_section(description))
    return join(sections)


def is_timed(document: str) -> bool:
    return any(section.starts_at is not None for section in parse(document))


def read_description(description: str) -> str:
    """Return HTML or plain text as Markdown."""
    if not _HTML.search(description):
        paragraphs = re.split(r"\n[ \t]*\n", description.replace("\r\n", "\n").replace("\r", "\n"))
        description = "".join(f"<p>{escape(p.strip(), quote=False)}</p>".replace("\n", "<br>") for p in paragraphs)
        # Hosts that send no tags may send entities all the same.
        description = re.sub(r"&amp;(#\d{1,7}|[a-zA-Z]{2,8});", r"&\1;", description)
    return to_markdown(description)


def find_stamps(lines: Sequence[str], seconds: int | None = None) -> list[Stamp]:
    """Return the lines that begin with a time; none if these are not in order or go beyond the end of the audio."""
    stamps: list[Stamp] = []
    is_code = False
    for number, line in enumerate(lines):
        is_code ^= bool(_FENCE.match(line))
        found = None if is_code or len(line) > LONGEST_LINE else _STAMP.fullmatch(line)
        if found is None:
            continue
        starts_at = parse_time(found["linked"] or found["time"])
        if starts_at is not None:
            stamps.append(Stamp(number, starts_at, _title(found), len(found["indent"])))
    times = [stamp.starts_at for stamp in stamps]
    is_whole = len(times) >= FEWEST_STAMPS and times == sorted(times) and times[0] < times[-1]
    return stamps if is_whole and not (seconds and times[-1] > seconds) else []


def _title(found: re.Match[str]) -> str:
    emphasis, title = found["emphasis"], found["title"]
    if emphasis and not found["closing"]:
        is_around = title.endswith(emphasis) and title.count(emphasis) == 1
        title = title.removesuffix(emphasis) if is_around else emphasis + title
    return title.strip()


def _cut_at(lines: Sequence[str], stamps: Sequence[Stamp]) -> str:
    """Return the document with a section for each stamp.

    What follows a bare list of stamps is of the whole episode: it stands before the first.
    """
    ends = [*(stamp.line for stamp in stamps[1:]), len(lines)]
    bodies = [_body(lines[stamp.line + 1 : end]) for stamp, end in zip(stamps, ends, strict=True)]
    headings = [_heading(stamp.starts_at, stamp.title) for stamp in stamps]
    lead = _body(lines[: stamps[0].line])
    is_bare = not any(bodies[:-1])
    after = _end_of_nested(lines, stamps[-1]) if is_bare else len(lines)
    bodies[-1], rest = _body(lines[stamps[-1].line + 1 : after]), _body(lines[after:])
    parts = [part for pair in zip(headings, bodies, strict=True) for part in pair if part]
    if not is_bare:
        return "\n\n".join(filter(None, [lead, *parts]))
    return _put_before_headings("\n\n".join(filter(None, [lead, rest])), parts)


def _end_of_nested(lines: Sequence[str], stamp: Stamp) -> int:
    """Return the line after what is nested in the list item of a stamp."""
    number = stamp.line + 1
    while number < len(lines) and (not lines[number].strip() or _indent(lines[number]) > stamp.indent):
        number += 1
    return number


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _put_before_headings(text: str, headings: Sequence[str]) -> str:
    """Return the text with these headings before its own first one, or at its end."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if _HEADING.match(line)), len(lines))
    parts = ["\n".join(lines[:first]).strip("\n"), *headings, "\n".join(lines[first:]).strip("\n")]
    return "\n\n".join(filter(None, parts)) + "\n"


def _body(lines: Sequence[str]) -> str:
    """Return the lines as a text of its own: what was nested in a list no longer is."""
    return (
        textwrap.dedent("\n".join(line.rstrip() if not line.strip() else line for line in lines)).strip("\n").rstrip()
    )


def _heading(starts_at: int, title: str) -> str:
    return f"### {spell_time(starts_at)} {title}"


def _link(chapter: HostChapter) -> str:
    title = re.sub(r"([\\\[\]*_`<#&~$])", r"\\\1", chapter.title)
    return f"[{title}](<{chapter.url}>)" if chapter.url else title


def _as_one_section(description: str) -> str:
    """Return the words of a description, with nothing in them that could begin a section or leave one open."""
    words = re.sub(r"<[^<>]*>", "\n", description)
    escaped = re.sub(r"([\\\[\]*_`<>#&~$|+=:-])", r"\\\1", words)
    return "\n\n".join(line.strip() for line in escaped.splitlines() if line.strip())
