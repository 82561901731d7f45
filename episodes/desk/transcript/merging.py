"""A save of lines that began with an older version: what two people changed is put together line by line."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from episodes.desk.transcript.typed import Row, Typed
from episodes.models import Transcript
from interaxion.text.merging import EMPTY, Merged, Snapshot, merge


def merge_typed(stored: Transcript, base: int, mine: Typed, *, follow: str = "") -> tuple[Typed, Merged]:
    """Merge what was typed since the version `base` with what is stored now; `follow`: "theirs" where both changed it.

    Raises LookupError if that version is not kept.
    """
    revision = stored.revisions.filter(number=base).first()
    if revision is None and base:
        raise LookupError(base)
    first = {"cues": [], "language": "", "is_published": False}
    fields: dict[str, Any] = revision.data["fields"] if revision else first
    before = _snapshot(fields["cues"], fields["language"], fields["is_published"])
    typed = _snapshot(mine.rows, mine.language, mine.is_published)
    theirs = _snapshot(stored.cues, stored.language, stored.is_published)
    merged = merge(before, typed, theirs)
    if follow == "theirs":
        names: Collection[str] = [conflict.name for conflict in merged.conflicts]
        merged = merge(before, typed, theirs, names)
    kept = merged.snapshot["fields"]
    return Typed([row["cue"] for row in _with_cues(merged)], kept["language"], kept["is_published"]), merged


def _snapshot(rows: Collection[Row], language: str, is_published: bool) -> Snapshot:
    """Return a snapshot whose lines are known by their times; the second of the same times has a number."""
    seen: Counter[str] = Counter()
    lines = []
    for start, end, text, speaker in rows:
        span = f"{float(str(start)):.3f} {float(str(end)):.3f}"
        seen[span] += 1
        lines.append({"key": f"{span} {seen[span]}", "text": text, "who": speaker})
    return EMPTY | {"fields": {"language": language, "is_published": is_published}, "rows": {"lines": lines}}


def _with_cues(merged: Merged) -> list[dict[str, Any]]:
    lines = merged.snapshot["rows"]["lines"]
    for line in lines:
        start, end, _number = line["key"].split(" ")
        line["cue"] = [float(start), float(end), line["text"], line["who"]]
    return sorted(lines, key=lambda line: line["cue"][:2])
