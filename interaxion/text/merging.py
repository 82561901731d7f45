"""Three-way merge of snapshots: the changes of two people to one thing, put together.

`base` is the snapshot that both began with, `mine` and `theirs` are what each made of it. A change that only one of
them made is taken; a change that both made alike stands; where both changed the same field of the same row
differently, it is a conflict, and the caller decides which side is followed.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

Snapshot = dict[str, Any]
Row = dict[str, Any]

EMPTY: Snapshot = {"fields": {}, "tags": [], "rows": {}}

#: The field that numbers the rows. It is not merged: the order of the rows in their list says the same.
PLACE = "position"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


@dataclass(frozen=True)
class Conflict:
    #: `title`, `sections.1f2e.body`, `sections.1f2e` (removed by one, changed by the other) or `sections.order`.
    name: str
    relation: str  # "" for a field of the thing itself
    row: str  # the key of the row; "" for a conflict about all of them
    field: str
    mine: Any
    theirs: Any


@dataclass
class Merged:
    snapshot: Snapshot
    conflicts: list[Conflict] = field(default_factory=list)
    #: The names of the changes that only they made.
    from_theirs: list[str] = field(default_factory=list)


def key_of(row: Row) -> str:
    """Return the lasting identity of a row: its key, or the speaker whom it is about."""
    return str(row.get("key") or row.get("speaker") or "")


def is_same(one: Any, other: Any) -> bool:
    """Whether a form shows two values alike: one kind of line end, one time zone without fractions, and "" for None."""
    return bool(_plain(one) == _plain(other))


def merge(base: Snapshot, mine: Snapshot, theirs: Snapshot, follow_theirs: Collection[str] = ()) -> Merged:
    """Merge `mine` and `theirs`. `follow_theirs` names the conflicts in which their side stands; else mine does."""
    merging = _Merging(follow_theirs)
    names = dict.fromkeys([*theirs["fields"], *mine["fields"]])
    fields = merging.merge_values(names, base["fields"], mine["fields"], theirs["fields"])
    tags = merging.merge_tags(set(base["tags"]), set(mine["tags"]), set(theirs["tags"]))
    rows = {
        relation: merging.merge_rows(
            relation,
            *({key_of(row): row for row in side["rows"].get(relation, [])} for side in (base, mine, theirs)),
        )
        for relation in dict.fromkeys([*theirs["rows"], *mine["rows"]])
    }
    return Merged({"fields": fields, "tags": tags, "rows": rows}, merging.conflicts, merging.from_theirs)


class _Merging:
    """One merge under way: the choices of the caller, and what was found so far."""

    def __init__(self, follow_theirs: Collection[str]) -> None:
        self.follow_theirs = follow_theirs
        self.conflicts: list[Conflict] = []
        self.from_theirs: list[str] = []

    def follows_theirs(self, conflict: Conflict) -> bool:
        """Note a conflict, and return whether their side stands in it."""
        self.conflicts.append(conflict)
        return conflict.name in self.follow_theirs

    def merge_values(
        self, names: Iterable[str], base: Row, mine: Row, theirs: Row, relation: str = "", key: str = ""
    ) -> Row:
        """Merge field by field: the fields of the thing itself, or those of the row `key` of `relation`."""
        merged = {}
        for name in names:
            if relation and name == PLACE:
                continue
            full_name = f"{relation}.{key}.{name}" if relation else name
            old, my, their = base.get(name), mine.get(name), theirs.get(name)
            # Without a value in `base` nobody knows who changed it: every difference is a conflict.
            is_known = name in base
            if is_same(my, their):
                merged[name] = their
            elif is_known and is_same(my, old):
                merged[name] = their
                self.from_theirs.append(full_name)
            elif is_known and is_same(their, old):
                merged[name] = my
            else:
                conflict = Conflict(full_name, relation, key, name, my, their)
                merged[name] = their if self.follows_theirs(conflict) else my
        return merged

    def merge_tags(self, base: set[str], mine: set[str], theirs: set[str]) -> list[str]:
        """Merge tags, which never conflict: each tag that one of them added or removed is added or removed."""
        if theirs - mine - base or base & mine - theirs:
            self.from_theirs.append("tags")
        return sorted((base & mine & theirs) | (mine - base) | (theirs - base))

    def merge_rows(
        self, relation: str, base: dict[str, Row], mine: dict[str, Row], theirs: dict[str, Row]
    ) -> list[Row]:
        """Merge the rows of one relation, given by key, each side in its order. Renumber them."""
        merged: dict[str, Row] = {}
        for key in dict.fromkeys([*base, *theirs, *mine]):
            if key in mine and key in theirs:
                names = dict.fromkeys([*theirs[key], *mine[key]])
                merged[key] = self.merge_values(names, base.get(key, {}), mine[key], theirs[key], relation, key)
            elif row := self.merge_lone_row(relation, key, base.get(key), mine.get(key), theirs.get(key)):
                merged[key] = row
        order = self.merge_order(relation, list(base), list(mine), list(theirs))
        ordered = [key for key in order if key in merged]
        return [{**merged[key], PLACE: place} for place, key in enumerate(ordered)]

    def merge_lone_row(
        self, relation: str, key: str, base: Row | None, mine: Row | None, theirs: Row | None
    ) -> Row | None:
        """Merge a row that at most one of them has; None if it is removed."""
        name = f"{relation}.{key}"
        kept = mine or theirs
        if kept is None:
            return None  # both removed it
        if base is None:  # the one who has it added it
            if theirs:
                self.from_theirs.append(name)
            return kept
        if all(is_same(kept.get(column), base.get(column)) for column in kept if column != PLACE):
            if mine:
                self.from_theirs.append(name)
            return None  # one removed it, the other left it as it was
        return theirs if self.follows_theirs(Conflict(name, relation, key, "", mine, theirs)) else mine

    def merge_order(self, relation: str, base: list[str], mine: list[str], theirs: list[str]) -> list[str]:
        """Merge the orders of the rows, as lists of keys: a conflict if both moved rows, and differently."""
        name = f"{relation}.order"
        my_order_stands, they_moved = _is_moved(base, mine), _is_moved(base, theirs)
        if my_order_stands and they_moved and _is_moved(mine, theirs):
            my_order_stands = not self.follows_theirs(Conflict(name, relation, "", "order", mine, theirs))
        elif they_moved and not my_order_stands:
            self.from_theirs.append(name)
        return _with_others(mine, theirs) if my_order_stands else _with_others(theirs, mine)


def _is_moved(before: list[str], after: list[str]) -> bool:
    common = set(before) & set(after)
    return [key for key in before if key in common] != [key for key in after if key in common]


def _with_others(lead: list[str], others: list[str]) -> list[str]:
    """Return `lead`, with each key that only `others` has inserted behind the key that it follows there."""
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
    if _INSTANT.fullmatch(value):
        return datetime.fromisoformat(value).astimezone(UTC).replace(microsecond=0)
    return value.replace("\r\n", "\n").replace("\r", "\n") or None
