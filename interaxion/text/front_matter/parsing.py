"""Parsing a source file into front matter and body, with the line numbers of both."""

import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from interaxion.text.characters import drop_control_characters
from interaxion.text.front_matter.yaml_strings import parse_yaml, write_yaml
from interaxion.text.source_errors import Note, SourceError, gettext_noop

__all__ = [
    "HTML_SUFFIXES",
    "Note",
    "SourceDocument",
    "SourceError",
    "parse_data",
    "parse_document",
    "read_data",
    "read_text",
    "write_front_matter",
]

HTML_SUFFIXES = (".html", ".htm")
MAX_BYTES = 2_000_000
MAX_FRONT_MATTER_BYTES = 64_000

# Jekyll's own rule: three dashes on the first line, then three dashes or three dots on a line of their own.
OPENING = re.compile(r"---[ \t]*(?:\r?\n|\Z)")
# The front matter of other generators: TOML or JSON.
FOREIGN = re.compile(r"(?:\+\+\+|;;;)[ \t]*\r?\n|---toml\b")
# Blank lines above a block that would be front matter on the first line.
LATE = re.compile(r"\s*\n(?=---[ \t]*\r?\n[\w-]+:[^\n]*\n(?:[^\n]*\n)*?---[ \t]*(?:\r?\n|\Z))")
CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\r?\Z)", re.MULTILINE)


@dataclass(frozen=True)
class SourceDocument:
    name: str  # relative file name
    text: str  # the whole file as decoded, without its byte order mark
    meta: dict[str, Any]  # dicts and lists with strings at the leaves
    body: str
    body_line: int  # the line of `text` where the body starts, counted from 1
    key_lines: dict[str, int]  # the line of each key of the front matter's first level
    has_front_matter: bool
    raw_front_matter: str  # as written, with its comments
    has_bom: bool = False  # the file begins with a byte order mark, which `text` does not
    zone: str = ""  # `timezone:` of its site, for dates without a zone
    home_zone: str = ""  # the time zone of this site, for dates that not even their site gives one
    notes: tuple[Note, ...] = ()  # on what was left out, or read as Jekyll reads it

    @property
    def is_html(self) -> bool:
        """Whether the body is HTML, not Markdown."""
        return self.name.lower().endswith(HTML_SUFFIXES)


def parse_document(name: str, data: bytes) -> SourceDocument:
    """Parse a file; control characters are dropped with a note. Raises SourceError for a file that cannot be read."""
    (text, notes), has_bom = _decode(name, data), data.startswith(BOM_UTF8)
    opening = OPENING.match(text)
    if FOREIGN.match(text):
        raise SourceError(
            name,
            1,
            gettext_noop("the front matter is no YAML"),
            gettext_noop("write it as lines of `key: value` between two lines of three dashes"),
        )
    if late := LATE.match(text):
        raise SourceError(
            name,
            text.count("\n", 0, late.end()) + 1,
            gettext_noop("the front matter does not begin in the first line"),
            gettext_noop("delete what stands above its three dashes"),
        )
    if not opening:
        return SourceDocument(name, text, {}, text, 1, {}, False, "", has_bom, notes=notes)
    closing = CLOSING.search(text, opening.end())
    if not closing:
        raise SourceError(
            name,
            1,
            gettext_noop("the front matter is not closed"),
            gettext_noop("end it with a line of three dashes"),
        )
    raw = text[opening.end() : closing.start()]
    meta, key_lines, more = _parse_front_matter(name, raw)
    body = text[closing.end() :]
    body_line = text.count("\n", 0, closing.end()) + 1
    return SourceDocument(name, text, meta, body, body_line, key_lines, True, raw, has_bom, notes=(*notes, *more))


def parse_data(name: str, data: bytes) -> Any:
    """Parse a YAML file (`_data/members.yml`) into dicts and lists of strings. Raises SourceError."""
    return read_data(name, data)[0]


def read_data(name: str, data: bytes) -> tuple[Any, tuple[Note, ...]]:
    """Parse a YAML file as `parse_data` does, and return the notes on it, too."""
    text, dropped = _decode(name, data)
    value, _key_lines, notes = parse_yaml(name, text, first_line=1)
    return value, (*dropped, *notes)


def write_front_matter(meta: Mapping[str, Any]) -> str:
    """Write the block, dashes included. `parse_document` reads the same `meta` from it: strings stay strings."""
    if not meta:
        return "---\n---\n"
    return f"---\n{write_yaml(meta)}---\n"


def read_text(name: str, data: bytes) -> str:
    """Return the text that `parse_document` keeps of a file. Raises SourceError."""
    return _decode(name, data)[0]


def _decode(name: str, data: bytes) -> tuple[str, tuple[Note, ...]]:
    if len(data) > MAX_BYTES:
        raise SourceError(
            name,
            1,
            gettext_noop("the file is larger than %(limit)d kB"),
            gettext_noop("split it into several files"),
            limit=MAX_BYTES // 1000,
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            name,
            data.count(b"\n", 0, error.start) + 1,
            gettext_noop("the text is not UTF-8 (byte %(byte)s)"),
            gettext_noop("save it as UTF-8"),
            byte=f"0x{data[error.start]:02X}",
        ) from error
    text, notes = drop_control_characters(text)
    if not text.strip():
        raise SourceError(
            name, 1, gettext_noop("the file is empty"), gettext_noop("write something in it or delete it")
        )
    return text, notes


def _parse_front_matter(name: str, raw: str) -> tuple[dict[str, Any], dict[str, int], tuple[Note, ...]]:
    if len(raw.encode()) > MAX_FRONT_MATTER_BYTES:
        raise SourceError(
            name,
            1,
            gettext_noop("the front matter is larger than %(limit)d kB"),
            gettext_noop("move text to the body, below the second line of dashes"),
            limit=MAX_FRONT_MATTER_BYTES // 1000,
        )
    meta, key_lines, notes = parse_yaml(name, raw, first_line=2)
    if meta is None:
        return {}, {}, notes
    if not isinstance(meta, dict):
        raise SourceError(
            name,
            2,
            gettext_noop("the front matter does not consist of keys and values"),
            gettext_noop("write it as lines of `key: value`"),
        )
    return meta, key_lines, notes
