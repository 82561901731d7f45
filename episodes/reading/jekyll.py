"""An episode as a post of a Jekyll site: `layout: podcast`, or `podcast-draft` before it is out."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from episodes.notes import Section, find_headings, parse
from episodes.numbers import parse_number, spell_number
from episodes.reading.source import EpisodeSource, check_sections
from interaxion.content.frontmatter import SourceDocument
from interaxion.content.kramdown import JekyllSite, rewrite
from interaxion.content.markdown import kramdown_id
from interaxion.content.source_errors import Note, SourceError, gettext_noop
from interaxion.content.times import parse_time

LAYOUTS = ("podcast", "podcast-draft")
KNOWN_KEYS = {
    *("layout", "title", "permalink", "starring", "excerpt", "tags", "anchorEmbedding", "twitter_image"),
    *("date", "created_at", "published", "audio", "seconds", "bytes", "render_with_liquid"),
}

_TITLE = re.compile(r"\s*([0-9]{1,5}(?:\.[0-9]{1,2})?)\s*:\s*")
_PATH_NUMBER = re.compile(r"/([0-9]{1,5}(?:-[0-9]{1,2})?)(?:-draft)?/?")
_FILE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?=-)")
_FALSE = ("false", "no", "off", "n")  # as YAML 1.1 spells it


def read_jekyll(document: SourceDocument, *, number: Decimal | None, site: JekyllSite) -> EpisodeSource:
    """Raises SourceError for a value of the wrong kind and for sections that cannot be stored."""
    warnings = [
        Note(document.key_lines[key], gettext_noop("unknown key, kept: %(key)s"), {"key": key})
        for key in document.meta
        if key not in KNOWN_KEYS
    ]
    if _text(document, "render_with_liquid").lower() in _FALSE:
        site = replace(site, liquid=False)
    body = rewrite(document.body, first_line=document.body_line, site=site)
    summary = rewrite(_text(document, "excerpt"), first_line=document.key_lines.get("excerpt", 1), site=site)
    sections = _read_sections(body.text)
    check_sections(document, sections)
    found, title = _read_title(document, number, warnings)
    permalink = _text(document, "permalink")
    return EpisodeSource(
        number=found,
        title=title,
        sections=sections,
        summary=summary.text.strip(),
        path="/" + permalink.lstrip("/") if permalink else "",
        speakers=_names(document, "starring", ","),
        tags=_names(document, "tags", None),
        player=_text(document, "anchorEmbedding"),
        artwork=_text(document, "twitter_image"),
        audio=_text(document, "audio"),
        audio_seconds=_whole_number(document, "seconds"),
        audio_bytes=_whole_number(document, "bytes"),
        date=_read_date(document),
        is_draft=_is_draft(document),
        extra={key: value for key, value in document.meta.items() if key not in KNOWN_KEYS},
        warnings=(*warnings, *summary.notes, *body.notes),
    )


def _read_title(document: SourceDocument, given: Decimal | None, warnings: list[Note]) -> tuple[Decimal | None, str]:
    """The number, from the command, the title or the path, and the title without it."""
    title = _text(document, "title")
    # Full-width digits and colon have the same length, so that the title's own characters stay as they are.
    said = _TITLE.match(unicodedata.normalize("NFKC", title[:12]))
    in_title = parse_number(said[1]) if said else None
    in_path = _PATH_NUMBER.fullmatch(_text(document, "permalink"))
    others = {
        "title": in_title,
        "permalink": parse_number(in_path[1]) if in_path else None,
    }
    number = next((n for n in (given, *others.values()) if n is not None), None)
    for key, other in others.items():
        if number is not None and other is not None and other != number:
            params = {"number": spell_number(number), "other": spell_number(other)}
            message = gettext_noop("read as episode %(number)s, though this line says %(other)s")
            warnings.append(Note(document.key_lines[key], message, params))
    return number, title[said.end() :].strip() if said else title


def _read_sections(text: str) -> tuple[Section, ...]:
    """The sections, each with the id that kramdown gave its heading: links from elsewhere go on landing."""
    repeats: Counter[str] = Counter()
    anchors = []
    for heading in find_headings(text):
        anchor = kramdown_id(heading.source)
        count, repeats[anchor] = repeats[anchor], repeats[anchor] + 1
        if heading.opens_section:
            anchors.append(f"{anchor}-{count}" if count else anchor)
    sections = parse(text)
    lead = sections[: len(sections) - len(anchors)]
    headed = zip(sections[len(lead) :], anchors, strict=True)
    named = [replace(section, imported_anchor=section.imported_anchor or anchor) for section, anchor in headed]
    return (*lead, *named)


def _read_date(document: SourceDocument) -> str:
    in_name = _FILE_DATE.match(PurePosixPath(document.name).name)
    return _text(document, "date") or (in_name[0] if in_name else "") or _text(document, "created_at")


def _is_draft(document: SourceDocument) -> bool:
    return (
        _text(document, "layout") == "podcast-draft"
        or _text(document, "published").lower() in _FALSE
        or "_drafts" in PurePosixPath(document.name).parts
    )


def _text(document: SourceDocument, key: str) -> str:
    value = document.meta.get(key, "")
    if not isinstance(value, str):
        raise _wrong(document, key, gettext_noop("write it as text in one line"))
    return value.strip()


def _names(document: SourceDocument, key: str, separator: str | None) -> tuple[str, ...]:
    """A list, or a string of names: those with spaces in them need commas."""
    value: Any = document.meta.get(key, [])
    if isinstance(value, str):
        value = value.split("," if "," in value else separator)
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise _wrong(document, key, gettext_noop("write it as a list, each name on a line after a dash"))
    return tuple(name.strip() for name in value if name.strip())


def _whole_number(document: SourceDocument, key: str) -> int | None:
    value = _text(document, key)
    if not value:
        return None
    number = int(value) if value.isdecimal() else parse_time(value)
    if number is None:
        raise _wrong(document, key, gettext_noop("write it as a whole number"))
    return number


def _wrong(document: SourceDocument, key: str, cure: str) -> SourceError:
    line = document.key_lines[key]
    return SourceError(document.name, line, gettext_noop("the value of %(key)s cannot be read"), cure, key=key)
