"""Ctrl-C stops between two files: in the middle of one, other code could catch and lose the exception."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def ctrl_c_waits() -> Iterator[Callable[[], None]]:
    """Remember the first Ctrl-C; the function that it yields raises KeyboardInterrupt after it.

    A second Ctrl-C stops at once. Nothing changes in a thread, which gets no signals, and in a background process, for
    which the shell ignores Ctrl-C.
    """
    is_requested = False

    def remember(number: int, frame: object) -> None:
        nonlocal is_requested
        is_requested = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def stop_if_requested() -> None:
        if is_requested:
            raise KeyboardInterrupt

    is_ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if is_ignored or threading.current_thread() is not threading.main_thread():
        yield stop_if_requested
        return
    before = signal.signal(signal.SIGINT, remember)
    try:
        yield stop_if_requested
    finally:
        signal.signal(signal.SIGINT, before)
