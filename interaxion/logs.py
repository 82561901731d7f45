"""The log, for Django and the server alike: one form of line, with its time in one zone, its level and its request."""

import logging
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from interaxion.serving.errors.pages import is_database_away
from interaxion.serving.errors.request_id import current_request_id

#: Statuses that any robot causes all day long, and (422) half a time in a form of the desk: no reason to warn anybody.
NOTHING_UNUSUAL = {404, 405, 410, 422}


class Line(logging.Formatter):
    """`2026-11-30 05:50:04.123+09:00 WARNING 3f2a9c… django.request: message`."""

    def __init__(self, time_zone: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(request_id)s %(name)s: %(message)s")
        self.zone = ZoneInfo(time_zone)

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        return datetime.fromtimestamp(record.created, self.zone).isoformat(" ", "milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = current_request_id()
        return super().format(record)


def calm(record: logging.LogRecord) -> bool:
    """Lower the level of what is nothing unusual, and tell in one line, not forty, that the database is away.

    A command that asks its own site for pages (`request.is_own`) tells itself which are missing.
    """
    if getattr(record, "status_code", None) in NOTHING_UNUSUAL:
        if getattr(getattr(record, "request", None), "is_own", False):
            return False
        record.levelno, record.levelname = logging.INFO, "INFO"
    problem = record.exc_info[1] if record.exc_info else None
    if is_database_away(problem):
        record.msg = f"{record.getMessage()}: {' '.join(str(problem).split())}"
        record.args, record.exc_info, record.exc_text = (), None, None
    return True


def logging_settings(time_zone: str, error_hook: str = "") -> dict[str, Any]:
    """Return a configuration for `dictConfig`: everything to standard error, unhandled exceptions also to a hook."""
    handlers: dict[str, Any] = {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["calm"]},
    }
    if error_hook:
        handlers["hook"] = {"()": "interaxion.serving.errors.hook.ErrorHook", "url": error_hook}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": Line, "time_zone": time_zone}},
        "filters": {"calm": {"()": lambda: calm}},
        "handlers": handlers,
        "root": {"handlers": [*handlers], "level": "WARNING"},
        # Their own handlers would write each line again, in another form.
        "loggers": {
            "django": {"level": "INFO"},
            "gunicorn.error": {"level": "WARNING", "propagate": True},
            # Bots ask for foreign hosts all day long. Each gets its 400; none is worth an entry in the log.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }
