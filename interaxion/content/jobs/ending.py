"""Ending a worker softly: Ctrl-C and the signals of a server are answered where the work can be left."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGQUIT)
_asked: list[int] = []


@contextmanager
def ends_softly() -> Iterator[None]:
    """Remember the first signal that ends the process, and send it again after the block, to whom it was for.

    A second Ctrl-C ends at once. In a thread, which gets no signals, and in a block inside another one nothing changes.
    """
    before: dict[int, Any] = {number: signal.getsignal(number) for number in SIGNALS}
    if threading.current_thread() is not threading.main_thread() or before[signal.SIGINT] is _remember:
        yield
        return
    for number in SIGNALS:
        signal.signal(number, _remember)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        first, _asked[:] = _asked[:1], []
        for number in first:
            signal.raise_signal(number)


def is_ending() -> bool:
    return bool(_asked)


def _remember(number: int, frame: FrameType | None) -> None:
    # A server sends SIGQUIT right after the SIGINT of the terminal: only a second SIGINT is a person in a hurry.
    if number == signal.SIGINT and signal.SIGINT in _asked:
        raise KeyboardInterrupt
    _asked.append(number)
