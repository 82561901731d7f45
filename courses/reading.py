"""Parsing of the files of a course: its index and its chapters, with or without front matter. No Django."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import date_of, is_draft, line_of, names_of, text_of
from interaxion.text.languages import language_of_text
from interaxion.text.lessons.privacy import ADDRESS
from interaxion.text.source_errors import Note, SourceError, gettext_noop

LAYOUTS = ("course", "chapter")
#: Keys that only files of courses have.
COURSE_KEYS = frozenset({"series", "series_id", "series_order", "chapter_number", "chapter", "learning_objectives"})
KNOWN_KEYS = frozenset({
    "layout", "title", "subtitle", "excerpt", "description", "series", "series_id", "series_order",
    "chapter_number", "chapter", "nav_order", "level", "difficulty", "version", "topics", "keywords",
    "tags", "author", "authors", "created_at", "date", "published", "lang", "language",
    "learning_objectives", "prerequisites", "target_audience", "reading_time", "estimated_time", "learning_time",
    "total_reading_time", "license", "licence", "exercises", "mermaid_diagrams", "code_examples",
    "related_series", "related_courses", "updated_at", "last_updated", "prev_chapter", "next_chapter",
    "chapters", "total_chapters", "total_exercises", "total_code_examples",
})  # fmt: skip
ORDER_KEYS = ("series_order", "chapter_number", "chapter", "nav_order")
LANGUAGES = {"ja": "ja", "jp": "ja", "japanese": "ja", "日本語": "ja", "en": "en", "english": "en"}

_HEADING = re.compile(r"^#[ \t]+(\S.*)$", re.MULTILINE)
_NUMBER_IN_NAME = re.compile(r"(?:chapter|ch|第)?[-_ ]?(\d+)", re.IGNORECASE)
_NUMBER_IN_TITLE = re.compile(r"(?:第\s*(\d+)\s*章|chapter\s+(\d+))", re.IGNORECASE)
_ONE_NUMBER = re.compile(r"[^\d.]*(\d{1,4})[^\d.]*")  # `2`, `Chapter 2`, `第2章`; `2.5` is no position
_VERSION = re.compile(r"[ \t]*[vV]?\d+(?:\.\d+)+$|[ \t]*[vV]\d+$")
_ADDRESS_OF_AUTHOR = re.compile(rf"[<(（\[]?\s*(?:mailto:)?{ADDRESS.pattern}\s*[>)）\]]?", re.ASCII)
_KANA = re.compile("[\u3041-\u30ff]")


@dataclass(frozen=True)
class CourseFile:
    title: str
    body: str  # as it is in the file
    front_matter: str  # what stands above the body, with its dashes
    language: str
    series: str  # without its version; "" if the file names none
    position: int | None  # None for an index and if it is unknown
    subtitle: str = ""
    summary: str = ""
    level: str = ""
    audience: str = ""
    version_label: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    date: str = ""
    is_draft: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[Note, ...] = ()


def is_index(document: SourceDocument) -> bool:
    return document.meta.get("layout") == "course" or PurePosixPath(document.name).stem == "index"


def read_course_file(document: SourceDocument, *, likely_language: str = "") -> CourseFile:
    """Parse a file of a course; `likely_language` is that of the files around it.

    Raises SourceError for a value of the wrong type.
    """
    heading = _HEADING.search(document.body)
    heading_text = heading[1].rstrip(" \t#\r") if heading else ""
    title = text_of(document, "title") or heading_text or PurePosixPath(document.name).stem
    extra = {key: value for key, value in document.meta.items() if key not in KNOWN_KEYS}
    kept = gettext_noop("kept, though nothing shows them: %(keys)s")
    return CourseFile(
        title=title,
        body=document.body,
        front_matter=("\ufeff" if document.has_bom else "") + document.text[: len(document.text) - len(document.body)],
        language=_language(document, likely_language),
        series=_VERSION.sub("", text_of(document, "series")),
        position=None if is_index(document) else _position(document, title),
        subtitle=text_of(document, "subtitle"),
        summary=text_of(document, "excerpt") or text_of(document, "description"),
        level=text_of(document, "difficulty") or text_of(document, "level"),
        audience=", ".join(names_of(document, "target_audience")),
        version_label=text_of(document, "version"),
        authors=_authors(document),
        tags=tuple(tag for key in ("topics", "keywords", "tags") for tag in names_of(document, key)),
        date=date_of(document),
        is_draft=is_draft(document),
        extra=extra,
        warnings=(Note(line_of(document, *extra), kept, {"keys": ", ".join(extra)}),) if extra else (),
    )


def _position(document: SourceDocument, title: str) -> int | None:
    """Return the position by the first of ORDER_KEYS, else by the file's name, else by the title; None if unknown."""
    for key in ORDER_KEYS:
        if written := text_of(document, key):
            found = _ONE_NUMBER.fullmatch(written)
            if not found:
                cure = gettext_noop("write the chapter's number, such as 2")
                message = gettext_noop("the value of %(key)s cannot be read")
                raise SourceError(document.name, line_of(document, key), message, cure, key=key)
            return int(found[1])
    if in_name := _NUMBER_IN_NAME.match(PurePosixPath(document.name).stem):
        return int(in_name[1])
    in_title = _NUMBER_IN_TITLE.match(title)
    return int(in_title[1] or in_title[2]) if in_title else None


def _language(document: SourceDocument, likely: str) -> str:
    """Return the language by the front matter, a folder (`jp/`, `en/`), the text, else the likely one."""
    folders = [*PurePosixPath(document.name).parts[:-1]][::-1]
    for name in (text_of(document, "language"), text_of(document, "lang"), *folders):
        if language := LANGUAGES.get(name.lower()):
            return language
    return "ja" if _KANA.search(document.text) else language_of_text(document.body) or likely or "en"


def _authors(document: SourceDocument) -> tuple[str, ...]:
    """Return the names, without e-mail addresses; a string is one name, perhaps with an affiliation after a comma."""
    key = "authors" if "authors" in document.meta else "author"
    value = document.meta.get(key)
    written = (value.split(",")[0],) if isinstance(value, str) else names_of(document, key)
    names = (_ADDRESS_OF_AUTHOR.sub("", name).strip() for name in written)
    return tuple(dict.fromkeys(filter(None, names)))
