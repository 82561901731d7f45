"""The recorder that is running, if any: whoever writes a row tells it before, so that the change can be taken back.

It is apart from `content/changes/`, which is built on the models, so that these can call it.
"""

from contextvars import ContextVar
from typing import Any, Protocol


class Recorder(Protocol):
    def keep(self, *rows: Any) -> None: ...

    def note_made(self, *rows: Any) -> None: ...


#: Set while a change to many things is being recorded; else None, and nothing is kept.
running: ContextVar[Recorder | None] = ContextVar("running", default=None)


def keep(*rows: Any) -> None:
    """Keep how these rows are stored, before they are written or deleted; a row that is not stored will be made."""
    if recorder := running.get():
        recorder.keep(*rows)


def note_made(*rows: Any) -> None:
    """Say that these rows were just made."""
    if recorder := running.get():
        recorder.note_made(*rows)
