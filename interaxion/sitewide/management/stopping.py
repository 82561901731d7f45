"""Ctrl-C between two files: an exception in the middle of one can be swallowed by what happens to run just then."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def ctrl_c_waits() -> Iterator[Callable[[], None]]:
    """Within it the first Ctrl-C is remembered, and the function that it gives raises KeyboardInterrupt then.

    A second Ctrl-C stops at once. In a thread, which gets no signals, and where a shell told us to ignore it (in the
    background), it changes nothing.
    """
    asked = False

    def remember(number: int, frame: object) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def stop_if_asked() -> None:
        if asked:
            raise KeyboardInterrupt

    is_ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    if is_ignored or threading.current_thread() is not threading.main_thread():
        yield stop_if_asked
        return
    before = signal.signal(signal.SIGINT, remember)
    try:
        yield stop_if_asked
    finally:
        signal.signal(signal.SIGINT, before)
