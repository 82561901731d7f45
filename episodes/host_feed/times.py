"""Dates and lengths as hosts of podcasts write them. No Django."""

import re
import unicodedata
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

#: Hours east of Greenwich: the zones of RFC 822 and all others with one meaning. BST, IST and the like have several.
ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3, "hkt": 8, "jst": 9, "kst": 9,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
YEARS = range(1900, 9001)

_DATE = re.compile(r"(?P<local>.*?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(?P<zone>\S*)", re.DOTALL)
_OFFSET = re.compile(r"(?:gmt|utc)?(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>[0-5]\d)")
_COLONS = re.compile(r"(?:(?P<hours>\d{1,3}):)?(?P<minutes>\d{1,4}):(?P<seconds>[0-5]?\d)(?:\.\d+)?")
#: `PT1H2M3S`, `1h 2m 3s`, `62 min`, `1時間2分3秒`.
_WORDS = re.compile(
    r"(?:pt)?\s*(?:(?P<hours>\d{1,3})\s*(?:h|hrs?|hours?|時間))?\s*(?:(?P<minutes>\d{1,4})\s*(?:m|mins?|minutes?|分))?\s*"
    r"(?:(?P<seconds>\d{1,6})(?:\.\d+)?\s*(?:s|secs?|seconds?|秒))?"
)


def read_date(text: str) -> datetime | None:
    """Read a date such as `Fri, 16 Jan 2026 07:00:00 JST` or `2026-01-16T07:00:00+09:00`.

    None if it has no zone, or one that we do not know: the instant would be a guess.
    """
    found = _DATE.fullmatch(re.sub(r"\s*\([^()]*\)\s*$", "", text.strip()))
    zone = _zone(found["zone"]) if found else None
    if found is None or zone is None:
        return None
    try:
        date = datetime.fromisoformat(found["local"])
    except ValueError:
        try:
            date = parsedate_to_datetime(found["local"] + " +0000")
        except (TypeError, ValueError, IndexError, OverflowError):
            return None
    return date.replace(tzinfo=zone) if date.year in YEARS else None


def read_seconds(text: str) -> int | None:
    """Read `3723`, `3723.4`, `62:03`, `1:2:3`, `00:62:03`, `1h 2m 3s` or `PT1H2M3S`. None if empty or another form."""
    text = unicodedata.normalize("NFKC", text).strip().casefold()
    if re.fullmatch(r"\d{1,6}(\.\d+)?", text):
        return round(float(text)) or None
    found = _COLONS.fullmatch(text) or _WORDS.fullmatch(text)
    if not found or not any(found.groups()):
        return None
    hours, minutes, seconds = (int(found[name] or 0) for name in ("hours", "minutes", "seconds"))
    if found.re is _COLONS and hours and minutes > 59:
        return None
    return hours * 3600 + minutes * 60 + seconds or None


def read_play_time(text: str) -> int | None:
    """Read Normal Play Time (`00:01:30.000`, `90.5`) to whole seconds; None for another form.

    https://www.rfc-editor.org/rfc/rfc2326#section-3.6
    """
    found = re.fullmatch(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6})(?:\.\d*)?", text.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def _zone(text: str) -> timezone | None:
    text = text.casefold()
    if text in ZONES:
        return timezone(timedelta(hours=ZONES[text]))
    if found := _OFFSET.fullmatch(text):
        offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
        if offset < timedelta(hours=24):
            return timezone(-offset if found["sign"] == "-" else offset)
    return None
