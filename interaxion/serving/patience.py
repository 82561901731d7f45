"""A clock for each request of this process, which the watchdog of the server reads.

It measures work. Waiting for the visitor is not work: the server stops the clock while it reads what they send.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

#: When each thread began to work, in seconds of the monotonic clock. Infinite while it waits for its visitor.
_began_at: dict[int, float] = {}
_NEVER = float("inf")


@contextmanager
def at_work() -> Iterator[None]:
    """Run the clock of this thread inside the block."""
    thread = threading.get_ident()
    _began_at[thread] = time.monotonic()
    try:
        yield
    finally:
        del _began_at[thread]


@contextmanager
def waiting() -> Iterator[None]:
    """Stop the clock of this thread inside the block; afterwards it starts again from zero."""
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
    """Restart the clock of this thread from zero: after each part of long work, such as an import."""
    thread = threading.get_ident()
    if thread in _began_at:
        _began_at[thread] = time.monotonic()


def find_overdue(seconds: float) -> set[int]:
    """Return the ids of the threads that have been at work for more than `seconds`."""
    latest = time.monotonic() - seconds
    return {thread for thread, began_at in _began_at.copy().items() if began_at < latest}


def count_at_work() -> int:
    return len(_began_at)
