"""The kinds of jobs. The room that does the work registers its kind; its app names the module in `job_modules`.

These modules are imported when somebody asks for a kind or a watcher: most commands need neither.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps


@dataclass(frozen=True)
class JobKind:
    name: str
    title: Any  # a lazy translation; may hold %(about)s, what the job is about
    #: Does the work; takes a `Work`. What dies in the middle is run again from the beginning, and must do no harm then.
    work: Callable[[Any], None]
    #: Whether a user may see, stop and repeat jobs with these inputs that somebody else has queued.
    allows: Callable[[Any, Mapping[str, Any]], bool]
    #: Turns a report into what a page or a script shows, in the language of the reader.
    present: Callable[[Any], Any] = lambda report: report
    #: The template of the report, "" for none; wants `job` and `report`.
    template: str = ""


_kinds: dict[str, JobKind] = {}


def register(kind: JobKind) -> JobKind:
    _kinds[kind.name] = kind
    return kind


def find_kind(name: str) -> JobKind | None:
    """Return the kind, or None if this release has none of that name."""
    load_kinds()
    return _kinds.get(name)


@cache
def load_kinds() -> None:
    """Import all modules that register kinds of jobs, and watchers."""
    for config in apps.get_app_configs():
        for name in getattr(config, "job_modules", ()):
            import_module(name)
