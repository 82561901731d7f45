"""Registries of each kind of content: its checks before publishing, and what follows when its identity changes.

An app registers its functions in `AppConfig.ready()`, as Django's system checks do. So models import no check, and a
check may import whatever it judges: feeds, audio tags, short notes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from interaxion.text.problems import Problem

Result = TypeVar("Result")
Function = TypeVar("Function", bound=Callable[..., Iterable[Any]])


class Registry(Generic[Result]):
    """Functions by the kind of content that they take."""

    def __init__(self) -> None:
        self._functions: defaultdict[type, list[Callable[..., Iterable[Result]]]] = defaultdict(list)

    def register(self, kind: type) -> Callable[[Function], Function]:
        """Decorate a function that takes a thing of this kind."""

        def remember(function: Function) -> Function:
            self._functions[kind].append(function)
            return function

        return remember

    def run(self, thing: object, *arguments: object) -> list[Result]:
        """Return the results of all functions of its kind, in the order of registration."""
        return [result for function in self._functions[type(thing)] for result in function(thing, *arguments)]


_checks: Registry[Problem] = Registry()
_consequences: Registry[str] = Registry()

#: A check takes a thing, and its rendered text or None, and returns its problems.
register, run_checks = _checks.register, _checks.run
#: These take a thing and the thing as stored, and return sentences for the person who is about to save it.
register_consequences, run_consequences = _consequences.register, _consequences.run
