"""Two people's changes to one thing, put together from snapshots. Pure.

`base` is what both began with. What only one of them changed is taken from that one; what both changed alike stands;
where both changed one field of one row unlike, it is a conflict, and the caller says who is followed.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

Snapshot = dict[str, Any]
Row = dict[str, Any]

EMPTY: Snapshot = {"fields": {}, "tags": [], "rows": {}}

#: A place in a list is told by the order of the rows, not by their numbers.
PLACE = "position"
_FRACTION = re.compile(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+")


@dataclass(frozen=True)
class Conflict:
    #: `title`, `sections.1f2e.body`, `sections.1f2e` (removed by one, changed by the other) or `sections.order`.
    name: str
    relation: str  # "" for a field of the thing itself
    row: str  # what names the row, "" where it is about all of them
    field: str
    mine: Any
    theirs: Any


@dataclass
class Merged:
    snapshot: Snapshot
    conflicts: list[Conflict] = field(default_factory=list)
    #: The names of what only they changed.
    from_theirs: list[str] = field(default_factory=list)


def key_of(row: Row) -> str:
    """What a row is known by as long as it lasts: its key, or whom it is about."""
    return str(row.get("key") or row.get("speaker") or "")


def is_same(one: Any, other: Any) -> bool:
    """Whether nobody could tell them apart in a form: it knows one kind of line end and no part of a second."""
    return bool(_plain(one) == _plain(other))


def merge(base: Snapshot, mine: Snapshot, theirs: Snapshot, follow_theirs: Collection[str] = ()) -> Merged:
    """`follow_theirs` names the conflicts that are theirs to decide; in all others mine stands."""
    result = Merged({"fields": {}, "tags": [], "rows": {}})
    names = dict.fromkeys([*theirs["fields"], *mine["fields"]])
    result.snapshot["fields"] = _merge_values(
        result, names, base["fields"], mine["fields"], theirs["fields"], follow_theirs
    )
    result.snapshot["tags"] = _merge_tags(result, *(set(one["tags"]) for one in (base, mine, theirs)))
    for relation in dict.fromkeys([*theirs["rows"], *mine["rows"]]):
        was, my, their = (one["rows"].get(relation, []) for one in (base, mine, theirs))
        result.snapshot["rows"][relation] = _merge_rows(result, relation, was, my, their, follow_theirs)
    return result


def _merge_values(
    result: Merged,
    names: Iterable[str],
    base: Row,
    mine: Row,
    theirs: Row,
    follow_theirs: Collection[str],
    relation: str = "",
    row: str = "",
) -> Row:
    merged = {}
    for name in names:
        if name == PLACE and relation:
            continue
        was, my, their = (one.get(name) for one in (base, mine, theirs))
        full_name = f"{relation}.{row}.{name}" if relation else name
        # Where nothing is known of before, every difference is one between the two of them.
        knows = name in base
        if is_same(my, their) or (knows and is_same(my, was)):
            if not is_same(their, was):
                result.from_theirs += [full_name] if not is_same(my, their) else []
            merged[name] = their
        elif knows and is_same(their, was):
            merged[name] = my
        else:
            result.conflicts.append(Conflict(full_name, relation, row, name, my, their))
            merged[name] = their if full_name in follow_theirs else my
    return merged


def _merge_tags(result: Merged, base: set[str], mine: set[str], theirs: set[str]) -> list[str]:
    """Tags never conflict: what one of them added or removed is added or removed."""
    if theirs - mine - base or base & mine - theirs:
        result.from_theirs.append("tags")
    return sorted((base & mine & theirs) | (mine - base) | (theirs - base))


def _merge_rows(
    result: Merged, relation: str, base: list[Row], mine: list[Row], theirs: list[Row], follow_theirs: Collection[str]
) -> list[Row]:
    was, my, their = ({key_of(row): row for row in rows} for rows in (base, mine, theirs))
    merged: dict[str, Row] = {}
    for key in dict.fromkeys([*was, *their, *my]):
        if key in my and key in their:
            names = dict.fromkeys([*their[key], *my[key]])
            merged[key] = _merge_values(
                result, names, was.get(key, {}), my[key], their[key], follow_theirs, relation, key
            )
        elif key in my or key in their:
            row = _merge_lone_row(result, relation, key, was.get(key), my.get(key), their.get(key), follow_theirs)
            if row is not None:
                merged[key] = row
    order = _merge_order(result, relation, list(was), list(my), list(their), follow_theirs)
    ordered = [key for key in order if key in merged]
    return [{**merged[key], PLACE: place} for place, key in enumerate(ordered)]


def _merge_lone_row(
    result: Merged,
    relation: str,
    key: str,
    was: Row | None,
    my: Row | None,
    their: Row | None,
    follow_theirs: Collection[str],
) -> Row | None:
    """A row that only one of them still has, or has at all."""
    kept = my or their or {}
    name = f"{relation}.{key}"
    if was is None:  # one of them wrote it
        result.from_theirs += [name] if their else []
        return kept
    if all(is_same(kept.get(each), was.get(each)) for each in kept if each != PLACE):
        result.from_theirs += [name] if my else []
        return None  # one removed what the other left as it was
    result.conflicts.append(Conflict(name, relation, key, "", my, their))
    return their if name in follow_theirs else my


def _merge_order(
    result: Merged, relation: str, base: list[str], mine: list[str], theirs: list[str], follow_theirs: Collection[str]
) -> list[str]:
    my_move, their_move = _is_moved(base, mine), _is_moved(base, theirs)
    common = [key for key in mine if key in theirs]
    name = f"{relation}.order"
    if my_move and their_move and common != [key for key in theirs if key in mine]:
        result.conflicts.append(Conflict(name, relation, "", "order", mine, theirs))
        my_move = name not in follow_theirs
    elif their_move and not my_move:
        result.from_theirs.append(name)
    return _with_others(mine, theirs) if my_move else _with_others(theirs, mine)


def _is_moved(before: list[str], after: list[str]) -> bool:
    return [key for key in before if key in after] != [key for key in after if key in before]


def _with_others(lead: list[str], others: list[str]) -> list[str]:
    """`lead`, with what only the others have put in after what it follows there."""
    order, place = list(lead), 0
    for key in others:
        if key in order:
            place = order.index(key) + 1
        else:
            order.insert(place, key)
            place += 1
    return order


def _plain(value: Any) -> Any:
    if not isinstance(value, str):
        return value or None if value != 0 else value
    return _FRACTION.sub(r"\1", value.replace("\r\n", "\n").replace("\r", "\n")) or None
