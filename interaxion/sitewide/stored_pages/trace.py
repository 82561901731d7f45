"""Traces: what a page was made from, and whether the database still says the same.

In the words of "Build Systems à la Carte" these are verifying traces: https://doi.org/10.1145/3236774
"""

import hashlib
import io
import pickle  # nosec B403 (it writes, and reads nothing)
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from interaxion.content.prepared import BuiltQuery, Value, find_built, listening
from interaxion.content.publishing.site_state import SiteState

#: A query of a trace, as JSON: its name, the digest of its rows, and its values.
Call = list[Any]


@dataclass
class Trace:
    began_at: datetime
    calls: list[Call] = field(default_factory=list)
    #: All queries, also those that were not prepared.
    count: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether it holds everything that was asked."""
        return self.count == len(self.calls)

    def note(self, query: BuiltQuery[Any], values: Sequence[Value], rows: list[tuple[Any, ...]]) -> None:
        self.calls.append([query.name, _digest(rows), *(self._spell(value) for value in values)])

    def count_query(self, execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        self.count += sql != SiteState.QUERY  # its time zone is in the key of each page
        return execute(sql, *args)

    def _spell(self, value: Value) -> Any:
        """Spell the present instant, which is another one at the next request, as null."""
        if not isinstance(value, datetime):
            return value
        return None if value >= self.began_at else {"at": value.isoformat()}


@contextmanager
def recording() -> Iterator[Trace]:
    """Yield the trace of what is asked inside."""
    trace = Trace(timezone.now())
    with listening(trace.note), connection.execute_wrapper(trace.count_query):
        yield trace


def holds(calls: Iterable[Call]) -> bool:
    """Whether these queries give the same rows as before. A query that this process has never asked counts as not."""
    now = timezone.now()
    for name, digest, *values in calls:
        query = find_built(name)
        if query is None or _digest(query.fetch([_value(value, now) for value in values])) != digest:
            return False
    return True


def _value(spelled: Any, now: datetime) -> Any:
    if spelled is None:
        return now
    return datetime.fromisoformat(spelled["at"]) if isinstance(spelled, dict) else spelled


def _digest(rows: list[tuple[Any, ...]]) -> str:
    written = io.BytesIO()
    pickler = pickle.Pickler(written, protocol=5)
    pickler.fast = True  # else it matters which of two equal texts are one object
    pickler.dump(rows)
    return hashlib.sha256(written.getbuffer()).hexdigest()[:20]
