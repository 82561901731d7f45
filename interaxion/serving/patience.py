"""How long the requests of this process have been at work. The watchdog of the server asks.

Waiting for the visitor is no work: the server stops the clock while it reads what they send.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

#: When each thread began to work, by the clock that only goes forward. Infinite while it waits for its visitor.
_began_at: dict[int, float] = {}
_NEVER = float("inf")


@contextmanager
def at_work() -> Iterator[None]:
    """The clock of this thread runs within."""
    thread = threading.get_ident()
    _began_at[thread] = time.monotonic()
    try:
        yield
    finally:
        del _began_at[thread]


@contextmanager
def waiting() -> Iterator[None]:
    """The clock of this thread stands still within, and begins anew."""
    thread = threading.get_ident()
    is_at_work = thread in _began_at
    if is_at_work:
        _began_at[thread] = _NEVER
    try:
        yield
    finally:
        if is_at_work:
            _began_at[thread] = time.monotonic()


def go_on() -> None:
    """Begin the clock anew: for work of many parts, such as an import, after each of them."""
    thread = threading.get_ident()
    if thread in _began_at:
        _began_at[thread] = time.monotonic()


def find_overdue(seconds: float) -> set[int]:
    """The threads that have been at work for longer."""
    latest = time.monotonic() - seconds
    return {thread for thread, began_at in _began_at.copy().items() if began_at < latest}


def count_at_work() -> int:
    return len(_began_at)
