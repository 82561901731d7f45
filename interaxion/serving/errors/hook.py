"""Tells another service of each unhandled exception: a POST of one JSON object to ERROR_HOOK.

It holds what a developer needs and nothing of a person: no address, body, cookie, account or message of the exception,
which may quote any of them. The key `text` is what chat services show.
"""

import json
import logging
import time
import traceback
from datetime import UTC, datetime
from threading import Lock, Thread
from typing import Any
from urllib.request import Request, urlopen

from django.conf import settings

from interaxion.content.release import release_key
from interaxion.serving.errors.request_id import current_request_id

logger = logging.getLogger(__name__)

#: Seconds for the other service to answer.
PATIENCE = 3
#: Seconds until the same error is told again by this process, and the most of any kind in that time.
PAUSE, MOST = 60, 10
#: The innermost lines of the traceback that are sent.
FRAMES = 15
THREAD = "error hook"


class ErrorHook(logging.Handler):
    def __init__(self, url: str) -> None:
        super().__init__(logging.ERROR)
        self.url = url
        self._told: dict[str, float] = {}
        self._kept_back = 0
        self._lock = Lock()

    def emit(self, record: logging.LogRecord) -> None:
        problem = record.exc_info[1] if record.exc_info else None
        if problem is None:
            return
        try:
            report = _describe(record, problem)
            if (kept_back := self._take_turn(report["text"])) is not None:
                Thread(target=self._post, args=({**report, "kept_back": kept_back},), name=THREAD, daemon=True).start()
        except Exception:
            self.handleError(record)

    def _take_turn(self, what: str) -> int | None:
        """Return how many errors were kept back since the last report, or None if this one is kept back too."""
        with self._lock:
            now = time.monotonic()
            self._told = {told: at for told, at in self._told.items() if at > now - PAUSE}
            if what in self._told or len(self._told) >= MOST:
                self._kept_back += 1
                return None
            self._told[what], kept_back, self._kept_back = now, self._kept_back, 0
            return kept_back

    def _post(self, report: dict[str, Any]) -> None:
        request = Request(self.url, json.dumps(report).encode(), {"Content-Type": "application/json"})  # noqa: S310
        try:
            # The operator chose the address; settings.py sees that it is http or https.
            urlopen(request, timeout=PATIENCE).close()  # noqa: S310  # nosec B310
        except (OSError, ValueError) as failure:
            logger.warning("ERROR_HOOK does not answer: %s", failure)


def _describe(record: logging.LogRecord, problem: BaseException) -> dict[str, Any]:
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(problem.__traceback__)]
    request = getattr(record, "request", None)
    match = getattr(request, "resolver_match", None)
    return {
        "text": f"{type(problem).__qualname__} at {frames[-1] if frames else record.name}",
        "site": settings.SITE_URL,
        "release": release_key(),
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds"),
        "request_id": current_request_id(),
        "method": getattr(request, "method", None),
        # The pattern, not the address: that may hold the key of a preview or a password reset.
        "route": match.route if match else None,
        "frames": frames[-FRAMES:],
    }
