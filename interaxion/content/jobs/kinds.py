"""The kinds of jobs. The room that does the work registers its kind when Django starts, in every process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


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
    return _kinds.get(name)
