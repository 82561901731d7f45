"""Reading the values of front matter in the forms that people write, and the keys that all kinds of content share."""

import re
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.telling_keys import note_on_key
from interaxion.text.source_errors import Note, SourceError, Subject, gettext_noop

FALSE = ("false", "no", "off", "n")  # as YAML 1.1 spells it
NULL = ("null", "~")
#: Keys that every kind of content knows.
SHARED_KEYS = frozenset({"redirect_from"})

_DATED_NAME = re.compile(r"(?P<day>\d{4}-\d{1,2}-\d{1,2})-(?P<slug>.+)")


def text_of(document: SourceDocument, key: str) -> str:
    """Return the value as one string, "" if missing. Raises SourceError for a list or a mapping."""
    value = document.meta.get(key, "")
    if not isinstance(value, str):
        raise wrong_value(document, key, gettext_noop("write it as text in one line"))
    return "" if value.lower() in NULL else value.strip()


def names_of(document: SourceDocument, key: str, separator: str | None = ",") -> tuple[str, ...]:
    """Return the names in a list or a string; of a mapping, its `name`. Raises SourceError for anything else.

    A string is split at commas; without commas, at `separator` (None: white space).
    """
    value: Any = document.meta.get(key, [])
    if isinstance(value, str):
        value = "" if value.lower() in NULL else value
        value = value.split("," if "," in value else separator)
    value = [value] if isinstance(value, dict) else value
    names: list[Any] = [item.get("name") if isinstance(item, dict) else item for item in value]
    if not all(isinstance(name, str) for name in names):
        raise wrong_value(document, key, gettext_noop("write it as a list, each name on a line after a dash"))
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip() not in ("", *NULL)))


def redirects_of(document: SourceDocument) -> tuple[str, ...]:
    """Return the old paths given for https://github.com/jekyll/jekyll-redirect-from, a string or a list."""
    return tuple(map(unquote, names_of(document, "redirect_from", "\n")))


def unknown_keys(document: SourceDocument, known: frozenset[str]) -> tuple[dict[str, Any], tuple[Note, ...]]:
    """Return the keys that we do not know, which are kept, and a note on each."""
    written = {key: value for key, value in document.meta.items() if key in document.key_lines}
    extra = {key: value for key, value in written.items() if key not in known | SHARED_KEYS}
    return extra, tuple(note_on_key(key, value, line_of(document, key)) for key, value in extra.items())


def unknown_layout(document: SourceDocument, *known: str) -> tuple[Note, ...]:
    """Return a note on an unknown layout: the file is then read by the folder that it is in."""
    layout = document.meta.get("layout", "")
    if not layout or layout in known:
        return ()
    message = gettext_noop("nobody knows the layout %(layout)s: read as what lies in this folder")
    return (Note(line_of(document, "layout"), message, {"layout": layout}, Subject.KEY),)


def line_of(document: SourceDocument, *keys: str) -> int:
    """Return the line of the first of these keys that the document has; 1 if it has none."""
    return next((document.key_lines[key] for key in keys if key in document.key_lines), 1)


def wrong_value(document: SourceDocument, key: str, cure: str) -> SourceError:
    """Return the error, to be raised, for a value of the wrong type."""
    message = gettext_noop("the value of %(key)s cannot be read")
    return SourceError(document.name, line_of(document, key), message, cure, key=key)


def is_draft(document: SourceDocument) -> bool:
    return (
        "_drafts" in PurePosixPath(document.name).parts
        or text_of(document, "layout").endswith("-draft")
        or text_of(document, "published").lower() in FALSE
    )


def date_of(document: SourceDocument) -> str:
    """Return the date as written, from `date`, the file name or `created_at`; "" if there is none."""
    return text_of(document, "date") or day_in_name(document.name) or text_of(document, "created_at")


def day_in_name(name: str) -> str:
    """`_posts/2026-04-01-nobel.md` → `2026-04-01`."""
    dated = _DATED_NAME.fullmatch(PurePosixPath(name).stem)
    return dated["day"] if dated else ""


def slug_in_name(name: str) -> str:
    """`_posts/2026-04-01-nobel.md` → `nobel`; "" if the name has no date."""
    dated = _DATED_NAME.fullmatch(PurePosixPath(name).stem)
    return dated["slug"] if dated else ""
