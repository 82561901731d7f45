"""Timestamps (h:mm:ss) in show notes: parsing what hosts type ("1:30", "０１：３０") into seconds, and back."""

import re

# Half-width and full-width alike; int() reads both.
_DIGIT = "[0-9\N{FULLWIDTH DIGIT ZERO}-\N{FULLWIDTH DIGIT NINE}]"
_COLON = "[:\N{FULLWIDTH COLON}]"
_SIXTIETH = f"[0-5\N{FULLWIDTH DIGIT ZERO}-\N{FULLWIDTH DIGIT FIVE}]{_DIGIT}"
_TIME = f"{_DIGIT}{{1,3}}(?:{_COLON}{_SIXTIETH}){{1,2}}"

_WHOLE = re.compile(rf"\s*({_TIME})\s*")
# A heading may have its time in emphasis or brackets ("**1:30** x", "(1:30) x"), or begin an emphasis that goes on
# after the time ("**1:30 x**").
_LEADING = re.compile(
    rf"""\s*
    (?P<open>\*\*|__|\*|_|\(|\[|（|【|)
    (?P<time>{_TIME})
    (?P<close>\*\*|__|\*|_|\)|\]|）|】|)
    (?=\s|$)\s*""",
    re.VERBOSE,
)
_CLOSES = {"(": ")", "[": "]", "（": "）", "【": "】"}


def parse_time(text: str) -> int | None:
    """Parse "1:30", "62:03", "1:29:24" or "０１：４８：２５" into seconds; None if the text is not a time."""
    found = _WHOLE.fullmatch(text)
    if not found:
        return None
    seconds = 0
    for part in re.split(_COLON, found[1]):
        seconds = seconds * 60 + int(part)
    return seconds


def parse_span(text: str) -> tuple[int, int | None] | None:
    """Parse "12:30-13:10" into both times, and "12:30" into one and None. None if it is no time, or ends too early."""
    begin, dash, end = (part.strip() for part in re.sub("[〜～~–—－ー]", "-", text).partition("-"))
    starts_at, ends_at = parse_time(begin), parse_time(end)
    if starts_at is None or (ends_at is None) == bool(dash) or (ends_at is not None and ends_at <= starts_at):
        return None
    return starts_at, ends_at


def split_time(heading_source: str) -> tuple[int | None, str]:
    """Split a heading into the time that it begins with (seconds, or None) and the rest of its inline Markdown.

    "1:30 DeepMind" and "**1:30** DeepMind" give (90, "DeepMind"); "**1:30 DeepMind**" keeps its emphasis.
    """
    found = _LEADING.match(heading_source)
    if not found:
        return None, heading_source.strip()
    opening, closing = found["open"], found["close"]
    rest = heading_source[found.end() :].strip()
    if closing and closing != _CLOSES.get(opening, opening):
        return None, heading_source.strip()
    if opening and not closing:
        if opening in _CLOSES:
            return None, heading_source.strip()
        rest = opening + rest
    return parse_time(found["time"]), rest


def spell_time(seconds: int) -> str:
    """Spell seconds the only way that we write times: "0:00", "1:30", "1:02:03"."""
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
