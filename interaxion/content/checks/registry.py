"""The checks of each kind of content. An app registers its own in `AppConfig.ready()`, as Django's system checks do.

So models import no check, and a check may import whatever it judges: feeds, audio tags, short notes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from interaxion.text.problems import Problem

Check = Callable[[Any], Iterable[Problem]]

_checks: defaultdict[type, list[Check]] = defaultdict(list)


def register(kind: type) -> Callable[[Check], Check]:
    """Decorate a function that takes a thing of this kind and returns its problems."""

    def remember(check: Check) -> Check:
        _checks[kind].append(check)
        return check

    return remember


def run_checks(thing: object) -> list[Problem]:
    """Return the problems that the checks of its kind find, in the order of registration."""
    return [problem for check in _checks[type(thing)] for problem in check(thing)]
