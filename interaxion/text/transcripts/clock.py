"""Times of transcripts, to the millisecond: `01:02:03.004`, with a comma in SubRip, without hours in WebVTT."""

import re

_TIME = r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?"
_SPAN = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s+\S.*)?\s*", re.ASCII)


def parse_times(line: str) -> tuple[float, float] | None:
    """Return the seconds of `begin --> end`, whatever settings follow; None if the line is something else."""
    found = _SPAN.fullmatch(line)
    if found is None:
        return None
    parts = found.groups()
    return _seconds(parts[:4]), _seconds(parts[4:])


def parse_stamp(text: str) -> float | None:
    """Return the seconds of one time; None if it is none."""
    found = re.fullmatch(_TIME, text.strip(), re.ASCII)
    return _seconds(found.groups()) if found else None


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = parts
    return round(int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + float(f"0.{fraction or 0}"), 3)


def spell_stamp(seconds: float, mark: str = ".") -> str:
    """Spell a time with hours: every program reads that."""
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{mark}{milliseconds:03}"
