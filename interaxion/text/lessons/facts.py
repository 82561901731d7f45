"""The facts about a chapter or a course: what its front matter says, else its text. No count is taken from there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from interaxion.text.lessons.levels import Range, read_level, read_minutes
from interaxion.text.lessons.licences import find_licence, read_licence
from interaxion.text.lessons.sections import Section
from interaxion.text.lessons.tags import outermost, text_in

TIME_KEYS = ("reading_time", "estimated_time", "learning_time", "total_reading_time")
LEVEL_KEYS = ("difficulty", "level")
#: Keys of counts, which are compared with what is there: authors change their text and forget the number.
COUNT_KEYS = {"exercises": "exercises", "mermaid_diagrams": "diagrams", "code_examples": "code"}
#: The same in an index, for all chapters together.
TOTAL_KEYS = {
    "chapters": "chapters", "total_chapters": "chapters", "total_exercises": "exercises", "total_code_examples": "code",
}  # fmt: skip
#: The keys of the day on which the author changed the text last.
CHANGED_KEYS = ("updated_at", "last_updated")

_TIME_LINE = re.compile(
    r"(?:学習時間|所要時間|読了時間|(?:reading|learning|estimated|study) time)\W{1,8}([^|\n<]{1,30})", re.I
)
_LEVEL_LINE = re.compile(r"(?:難易度|レベル|対象レベル|difficulty|level)[\s*_]*[:：][\s*_]*([^|\n<（(]{1,30})", re.I)
_CHANGES = re.compile(r"<strong>\s*(?:更新|変更|改訂)履歴|<strong>\s*(?:change ?log|(?:version|update) history)", re.I)
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_VERSION = re.compile(r"(?<![\w.])(?:v(?:er(?:sion)?)?\.?\s*|バージョン\s*)?(\d+\.\d+(?:\.\d+)?)\b", re.IGNORECASE)
#: What says that a chapter is still to come, and a line that begins with a chapter and ends so.
_COMING_WORDS = r"coming soon|(?:準備|執筆|作成)中|(?:近日)?公開予定|近日公開"
_COMING = re.compile(_COMING_WORDS, re.IGNORECASE)
_ANNOUNCED = re.compile(
    rf"\W{{0,4}}((?:第\s*(\d{{1,3}})\s*章|chapter\s*(\d{{1,3}})\b).{{0,200}}?)"
    rf"\s*[(（\[【*_]{{0,3}}(?:{_COMING_WORDS})[)）\]】*_。.!！]{{0,4}}",
    re.IGNORECASE,
)
#: Between those for whom a course is: `undergraduate-graduate-professionals` are three, `self-taught` is one.
_AND = re.compile(
    r"\s*[,、/・]\s*|(?<=graduate|searcher|engineer)-(?=graduate|research|engineer|profession|industr|student)"
)
#: Marks of lists that are none for Markdown.
_MARKS = frozenset("✅☑✔🎯📌⭐・")
#: Below deeper headings an index tells the objectives of one of its chapters.
_DEEPEST = 3
#: In characters of text: a line that says how long and how hard stands at the beginning.
_BEGINNING = 600


@dataclass(frozen=True)
class Change:
    """An entry of the author's own list of changes; `day` is an ISO date."""

    day: str
    version: str
    text: str


@dataclass(frozen=True)
class Announced:
    """A chapter that is still to come, such as `第5章: 氷（準備中）`, without that remark."""

    place: int
    title: str


@dataclass(frozen=True)
class Facts:
    """Objectives, prerequisites and audience are plain text. None and "": nothing says it."""

    objectives: tuple[str, ...] = ()
    #: Whether the text has a section of its own with the objectives, so that a page need not show them above it.
    shows_objectives: bool = False
    prerequisites: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    level: Range | None = None
    minutes: Range | None = None
    licence: str = ""
    version: str = ""
    changes: tuple[Change, ...] = ()
    announced: tuple[Announced, ...] = ()
    #: The folders or slugs of other courses.
    related: tuple[str, ...] = ()


def read_facts(meta: Mapping[str, Any], html: str, text: str, sections: Sequence[Section]) -> Facts:
    """Return what the front matter says, else the text (rendered: its HTML, plain text and sections)."""
    beginning = text[:_BEGINNING]
    shown = _items_of("objectives", html, sections)
    return Facts(
        objectives=shown or _words(meta, "learning_objectives"),
        shows_objectives=bool(shown),
        prerequisites=_words(meta, "prerequisites") or _items_of("prerequisites", html, sections),
        audience=tuple(part for said in _words(meta, "target_audience") for part in _AND.split(said)),
        level=_first(read_level, [*_said(meta, LEVEL_KEYS), *_LEVEL_LINE.findall(beginning)]),
        minutes=_first(read_minutes, [*_said(meta, TIME_KEYS), *_TIME_LINE.findall(beginning)]),
        licence=read_licence(" ".join(_said(meta, ("license", "licence")))) or find_licence(text),
        version="".join(_said(meta, ("version",))),
        changes=_with_last_change(meta, _changes(html, sections)),
        announced=tuple(_announced(text)),
        related=(*_words(meta, "related_series"), *_words(meta, "related_courses")),
    )


def unread_keys(meta: Mapping[str, Any]) -> list[str]:
    """Return the keys of level and time whose values cannot be read."""
    return [
        *(key for key in LEVEL_KEYS if _said(meta, (key,)) and not read_level(_said(meta, (key,))[0])),
        *(key for key in TIME_KEYS if _said(meta, (key,)) and not read_minutes(_said(meta, (key,))[0])),
    ]


def _said(meta: Mapping[str, Any], keys: Sequence[str]) -> list[str]:
    return [value.strip() for key in keys if isinstance(value := meta.get(key), str) and value.strip()]


def _words(meta: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = meta.get(key)
    values = value if isinstance(value, list) else [value]
    return tuple(each.strip() for each in values if isinstance(each, str) and each.strip())


def _first(read: Any, texts: Sequence[str]) -> Range | None:
    return next(filter(None, map(read, texts)), None)


def _items_of(kind: str, html: str, sections: Sequence[Section]) -> tuple[str, ...]:
    """Return the items of the first list below the first heading of this kind."""
    section = next((each for each in sections if each.kind == kind and each.heading.level <= _DEEPEST), None)
    if section is None:
        return ()
    found = re.compile("<[ou]l").search(html, section.start, section.end)
    if not found:
        lines = section.html(html).replace("<br>", "</p><p>").split("</p>")
        return tuple(text[1:].strip() for line in lines if (text := text_in(line))[:1] in _MARKS and text)
    items = outermost(html, "li", found.start(), section.end)
    return tuple(text_in(item.inner(html)) for item in items)


def _announced(text: str) -> Iterator[Announced]:
    """Yield each chapter that a line of the text announces, once."""
    seen: set[int] = set()
    for line in text.split("\n"):
        found = _ANNOUNCED.fullmatch(line.strip()) if _COMING.search(line) else None
        if found and (place := int(found[2] or found[3])) not in seen:
            seen.add(place)
            yield Announced(place, found[1].rstrip(" 　:：-–—*"))


def _changes(html: str, sections: Sequence[Section]) -> list[Change]:
    section = next((each for each in sections if each.kind == "changes"), None)
    said = _CHANGES.search(html)
    start, end = (section.start, section.end) if section else (said.start(), len(html)) if said else (0, 0)
    found = re.compile("<ul").search(html, start, end) if end else None
    if not found:
        return []
    whole = next(outermost(html, "ul", found.start(), end), None)
    items = outermost(html, "li", whole.inner_start, whole.inner_end) if whole else ()
    return [change for item in items if (change := _change(item.inner(html)))]


def _with_last_change(meta: Mapping[str, Any], changes: list[Change]) -> tuple[Change, ...]:
    """Return the changes, and the day of the last one as the front matter says it, if none of them is of that day."""
    days = {day: Change(day, "", "") for said in _said(meta, CHANGED_KEYS) if (day := _day_in(said))}
    known = {change.day for change in changes}
    return (*(change for day, change in days.items() if day not in known), *changes)


def _change(item: str) -> Change | None:
    text = text_in(item.partition("<ul>")[0])
    day = _DAY.search(text)
    if not day or not (iso := _day_in(text)):
        return None
    rest = text[: day.start()] + text[day.end() :]
    version = _VERSION.search(rest)
    if version:
        rest = rest[: version.start()] + rest[version.end() :]
    return Change(iso, version[1] if version else "", rest.strip(" :：-–—*()（）"))


def _day_in(text: str) -> str:
    """Return the first day that a text names as an ISO date; "" for none."""
    found = _DAY.search(text)
    year, month, day = (int(number) for number in found.groups()) if found else (0, 0, 0)
    return f"{year:04}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""
