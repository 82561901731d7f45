"""The keys of front matter that every form of file shares, read from what a person may have written. Pure."""

import re
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote

from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.source_errors import Note, SourceError, gettext_noop

FALSE = ("false", "no", "off", "n")  # as YAML 1.1 spells it
NULL = ("null", "~")
#: Known to every kind of content.
SHARED_KEYS = frozenset({"redirect_from"})

_DATED_NAME = re.compile(r"(?P<day>\d{4}-\d{1,2}-\d{1,2})-(?P<slug>.+)")


def text_of(document: SourceDocument, key: str) -> str:
    """The value as one text. Raises SourceError where it is a list or a mapping."""
    value = document.meta.get(key, "")
    if not isinstance(value, str):
        raise wrong_value(document, key, gettext_noop("write it as text in one line"))
    return "" if value.lower() in NULL else value.strip()


def names_of(document: SourceDocument, key: str, separator: str | None = ",") -> tuple[str, ...]:
    """A list of names, or a string of them; a name of a mapping is what its `name` says."""
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
    """The old addresses of https://github.com/jekyll/jekyll-redirect-from: a text or a list."""
    return tuple(map(unquote, names_of(document, "redirect_from", "\n")))


def unknown_keys(document: SourceDocument, known: frozenset[str]) -> tuple[dict[str, Any], tuple[Note, ...]]:
    """The keys that nothing of ours holds, to keep, and what to say of them."""
    written = {key: value for key, value in document.meta.items() if key in document.key_lines}
    extra = {key: value for key, value in written.items() if key not in known | SHARED_KEYS}
    message = gettext_noop("unknown key, kept: %(key)s")
    return extra, tuple(Note(line_of(document, key), message, {"key": key}) for key in extra)


def unknown_layout(document: SourceDocument, *known: str) -> tuple[Note, ...]:
    """What to say of a layout that is read as another kind of thing for the place that its file lies in."""
    layout = document.meta.get("layout", "")
    if not layout or layout in known:
        return ()
    message = gettext_noop("nobody knows the layout %(layout)s: read as what lies in this folder")
    return (Note(line_of(document, "layout"), message, {"layout": layout}),)


def line_of(document: SourceDocument, *keys: str) -> int:
    """The line of the first of these keys that is there."""
    return next((document.key_lines[key] for key in keys if key in document.key_lines), 1)


def wrong_value(document: SourceDocument, key: str, cure: str) -> SourceError:
    message = gettext_noop("the value of %(key)s cannot be read")
    return SourceError(document.name, line_of(document, key), message, cure, key=key)


def is_draft(document: SourceDocument) -> bool:
    return (
        "_drafts" in PurePosixPath(document.name).parts
        or text_of(document, "layout").endswith("-draft")
        or text_of(document, "published").lower() in FALSE
    )


def date_of(document: SourceDocument) -> str:
    """The date as written: in `date`, in the file's name, or in `created_at`; "" where there is none."""
    return text_of(document, "date") or day_in_name(document.name) or text_of(document, "created_at")


def day_in_name(name: str) -> str:
    """`_posts/2026-04-01-nobel.md` → `2026-04-01`."""
    dated = _DATED_NAME.fullmatch(PurePosixPath(name).stem)
    return dated["day"] if dated else ""


def slug_in_name(name: str) -> str:
    """`_posts/2026-04-01-nobel.md` → `nobel`; "" where the name has no date."""
    dated = _DATED_NAME.fullmatch(PurePosixPath(name).stem)
    return dated["slug"] if dated else ""
