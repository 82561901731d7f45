"""Rows of results beside their targets, as text, as Markdown and as JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

MISSED, MET, UNKNOWN = "missed", "met", ""


@dataclass(frozen=True)
class Row:
    """One result. `target` is the most that `ratio` may be, or `value` where there is no ratio.

    `missing` says why there is no result. Details are left out of the summary; a failure is a
    measurement that broke off.
    """

    name: str
    value: float | None = None
    unit: str = "ms"
    ratio: float | None = None
    of: str = ""
    target: float | None = None
    wall: float | None = None
    missing: str = ""
    is_detail: bool = False
    is_failure: bool = False

    @property
    def verdict(self) -> str:
        result = self.value if self.ratio is None else self.ratio
        if self.target is None or result is None:
            return UNKNOWN
        return MET if result <= self.target else MISSED

    def cells(self) -> list[str]:
        if self.missing:
            return [self.name, f"could not measure: {self.missing}", "", "", "", ""]
        return [
            self.name,
            "" if self.value is None else f"{_short(self.value)} {self.unit}",
            "" if self.wall is None else f"{_short(self.wall)} ms",
            "" if self.ratio is None else f"{_short(self.ratio)} × {self.of}",
            "" if self.target is None else f"≤ {self.target:g}",
            self.verdict,
        ]


def print_rows(title: str, rows: Iterable[Row]) -> list[Row]:
    """Print rows one by one as they come, and return them."""
    print(f"\n{title}")
    shown = []
    for row in rows:
        name, *others = row.cells()
        print(f"  {name:<50}{others[0]:>14}{others[1]:>12}   {others[2]:<34}{others[3]:<9}{others[4]}".rstrip())
        shown.append(row)
    return shown


def without_details(rows: Iterable[Row]) -> list[Row]:
    """Mark as details what is met, but for the worst of the rows, which speaks for them."""
    rows = list(rows)
    worst = max(rows, key=lambda row: row.ratio or 0)
    return [replace(row, is_detail=row is not worst and row.verdict != MISSED) for row in rows]


def to_markdown(rows: Iterable[Row]) -> str:
    """Return a table of the rows that have a target or could not be measured."""
    lines = ["| what | target | result | CPU | |", "|---|---|---|---|---|"]
    for row in rows:
        name, value, _wall, ratio, target, verdict = row.cells()
        if row.missing or (target and not row.is_detail):
            of = f" × {row.of}" if row.of and target else ""
            lines.append(f"| {name} | {target}{of} | {ratio or value} | {value if ratio else ''} | {verdict} |")
    return "\n".join(lines)


def write_json(file: Path, facts: dict[str, Any], rows: Iterable[Row]) -> None:
    results = [asdict(row) | {"verdict": row.verdict} for row in rows]
    file.write_text(json.dumps(facts | {"rows": results}, ensure_ascii=False, indent=1), encoding="utf-8")


def _short(number: float) -> str:
    return f"{number:.0f}" if number >= 100 else f"{number:.1f}" if number >= 10 else f"{number:.2f}"
