"""Front matter in TOML, YAML or JSON. https://gohugo.io/content-management/front-matter/"""

import json
import re
import tomllib
from codecs import BOM_UTF8
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from interaxion.text.front_matter.parsing import MAX_FRONT_MATTER_BYTES, parse_data, parse_document, read_text
from interaxion.text.source_errors import Note, SourceError, gettext_noop

_TOML = re.compile(r"\+\+\+[ \t]*\r?\n(?P<raw>.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_JSON = re.compile(r"\{\s*(?:\"|\})")


@dataclass(frozen=True)
class HugoDocument:
    """`meta` has its keys in lower case, as Hugo reads them, and strings at its leaves. `body_line` counts from 1."""

    meta: dict[str, Any]
    body: str
    body_line: int
    notes: tuple[Note, ...] = ()


def parse_hugo_document(name: str, data: bytes) -> HugoDocument:
    """Raise SourceError for front matter that cannot be read."""
    text = read_text(name, data)
    if text.startswith("+++"):
        found = _TOML.match(text)
        if not found:
            cure = gettext_noop("end it with a line of three plus signs")
            raise SourceError(name, 1, gettext_noop("the front matter is not closed"), cure)
        meta, end = parse_toml(name, found["raw"], first_line=2), found.end()
    elif _JSON.match(text):
        meta, end = _parse_json(name, text)
    else:
        document = parse_document(name, data.removeprefix(BOM_UTF8))
        return HugoDocument(lowered(document.meta), document.body, document.body_line, document.notes)
    return HugoDocument(lowered(meta), text[end:], text.count("\n", 0, end) + 1)


def parse_hugo_data(name: str, data: bytes) -> dict[str, Any]:
    """Parse a configuration by the end of its name. Raises SourceError."""
    if name.endswith(".toml"):
        parsed: Any = parse_toml(name, read_text(name, data), first_line=1)
    elif name.endswith(".json"):
        parsed = _parse_json(name, read_text(name, data))[0]
    else:
        parsed = parse_data(name, data)
    return parsed if isinstance(parsed, dict) else {}


def lowered(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data with the keys of the first level, and those of `params`, in lower case."""
    return {
        key.lower(): lowered(value) if isinstance(value, dict) and key.lower() == "params" else value
        for key, value in data.items()
    }


def parse_toml(name: str, raw: str, *, first_line: int) -> dict[str, Any]:
    if len(raw.encode()) > MAX_FRONT_MATTER_BYTES:
        cure = gettext_noop("move text to the body, below the front matter")
        message = gettext_noop("the front matter is larger than %(limit)d kB")
        raise SourceError(name, 1, message, cure, limit=MAX_FRONT_MATTER_BYTES // 1000)
    try:
        parsed = tomllib.loads(raw.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        in_message = re.search(r"at line (\d+)", str(problem))
        line = first_line + int(in_message[1]) - 1 if in_message else first_line
        cure = gettext_noop("put quotation marks around the value, or correct its brackets")
        raise SourceError(
            name, line, gettext_noop("the TOML cannot be read: %(problem)s"), cure, problem=problem
        ) from problem
    data: dict[str, Any] = _with_strings(parsed)
    return data


def _parse_json(name: str, text: str) -> tuple[dict[str, Any], int]:
    try:
        parsed, end = json.JSONDecoder().raw_decode(text)
    except (json.JSONDecodeError, RecursionError) as problem:
        line = getattr(problem, "lineno", 1)
        cure = gettext_noop("put quotation marks around the value, or correct its brackets")
        raise SourceError(
            name, line, gettext_noop("the JSON cannot be read: %(problem)s"), cure, problem=problem
        ) from problem
    line_break = re.compile(r"[ \t]*\r?\n").match(text, end)
    return _with_strings(parsed), line_break.end() if line_break else end


def _with_strings(value: Any) -> Any:
    """Return the data with strings at its leaves, dates as ISO 8601. What is null is left out."""
    if isinstance(value, dict):
        return {str(key): _with_strings(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_with_strings(inner) for inner in value if inner is not None]
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value if isinstance(value, str) else str(value)
