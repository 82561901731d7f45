"""Parsing the dates of front matter into instants; a date in an unknown time zone is an error, never a guess."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import line_of
from interaxion.text.source_errors import Note, SourceError, gettext_noop

#: The zone of a date without one, unless the old site or this one has another.
TOKYO = timezone(timedelta(hours=9))
#: Offsets from UTC in hours, for the abbreviations that Ruby (and so Jekyll) knows.
ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "JST": 9, "KST": 9, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5,
    "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_NAMED_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAYS = (
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?",
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})",  # Ruby puts the day first
    rf"{_WEEKDAY}{_DAY}\s+{_NAMED_MONTH},?\s+(?P<year>\d{{4}})",  # as feeds write it
    rf"{_WEEKDAY}{_NAMED_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",
)
_TIME = r"(?P<time>\d{1,2}:\d{1,2}(?::\d{1,2})?)(?:\.\d+)?(?:\s*(?P<half>[ap])\.?m\b\.?)?"
_ZONE = r"(?P<zone>[+-]\d{2}(?::?\d{2})?|[a-z]+(?:/[a-z_/+-]+)?)(?:\s+\([^()]*\))?"
_REST = rf"(?:(?:T|,?\s+(?:at\s+)?){_TIME})?(?:\s*{_ZONE})?"
_DATES = tuple(
    re.compile(date, re.IGNORECASE)
    for date in (
        *(day + _REST for day in _DAYS),
        rf"{_WEEKDAY}{_NAMED_MONTH}\s+{_DAY}\s+{_TIME}(?:\s+{_ZONE})?\s+(?P<year>\d{{4}})",  # as `date` prints it
    )
)
#: A date that everybody reads alike.
_PLAIN = re.compile(
    r"\d{4}([-/.])\d{1,2}\1\d{1,2}(?:[T ]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: *(?:[+-]\d{2}:?\d{2}|Z|UTC|GMT|JST))?)?"
)


class UnknownZone(SourceError):
    """A date that can be read, but whose time zone is unknown."""


def parse_date(document: SourceDocument, written: str) -> datetime:
    """Parse a date into an aware datetime. Raises SourceError for what is not a date, UnknownZone for its zone."""
    found = next(filter(None, (date.fullmatch(written.strip()) for date in _DATES)), None)
    zone = (found and found["zone"]) or document.zone or document.home_zone
    try:
        if found is None:
            raise ValueError(written)
        month = found["month"].lower()
        month_number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
        hour, minute, second = map(int, f"{found['time'] or '0:00'}:0".split(":")[:3])
        if half := found["half"]:
            if not 1 <= hour <= 12:
                raise ValueError(written)
            hour = hour % 12 + (12 if half.lower() == "p" else 0)
        day = datetime(int(found["year"]), month_number, int(found["day"]), hour, minute, second)
        return day.replace(tzinfo=_find_zone(zone))
    except KeyError as error:
        raise UnknownZone(
            document.name,
            line_of(document, "date", "created_at"),
            gettext_noop("the time zone %(zone)s of the date %(date)s is not known"),
            gettext_noop("write it as 2026-04-01 07:00:00 +0900"),
            date=written,
            zone=zone,
        ) from error
    except ValueError as error:
        raise SourceError(
            document.name,
            line_of(document, "date", "created_at"),
            gettext_noop("the date %(date)s cannot be read"),
            gettext_noop("write it as 2026-04-01 or 2026-04-01 07:00:00 +0900"),
            date=written,
        ) from error


def notes_on(document: SourceDocument, written: str, instant: datetime) -> list[Note]:
    """Return a note on a date such as `1/2/2026`, `7:05 PM` or `09:0:00`, which is read as Jekyll reads it."""
    if _PLAIN.fullmatch(written.strip()):
        return []
    message = gettext_noop("the date %(date)s is read as %(read)s")
    return [Note(line_of(document, "date", "created_at"), message, {"date": written, "read": str(instant)})]


def _find_zone(written: str) -> tzinfo:
    """Return the zone of an offset, an abbreviation or a name (`America/New_York`). Raises KeyError if unknown."""
    if not written:
        return TOKYO
    if written[0] in "+-":
        hours, minutes = int(written[1:3]), int(written[3:].lstrip(":") or 0)
        return timezone((-1 if written[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))
    if written.upper() in ZONES:
        return timezone(timedelta(hours=ZONES[written.upper()])) if ZONES[written.upper()] else UTC
    try:
        return ZoneInfo(written)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise KeyError(written) from error
