"""Watchers: what a worker looks at between two tasks, since no request does, such as what the clock alone changes.

A watcher asks a few light queries and queues a job if there is something to do. The room that needs it registers it
beside its kind of job.
"""

import logging
from collections.abc import Callable

from django.db import Error

from interaxion.content.jobs.kinds import load_kinds

Watcher = Callable[[], object]
_watchers: list[Watcher] = []
logger = logging.getLogger(__name__)


def watch(watcher: Watcher) -> Watcher:
    _watchers.append(watcher)
    return watcher


def look_around() -> None:
    """Call every watcher. One that fails is logged and keeps nobody from working; errors of the database are raised."""
    load_kinds()
    for watcher in _watchers:
        try:
            watcher()
        except Error:
            raise
        except Exception:
            logger.exception("A watcher of the worker failed: %s", watcher.__name__)
