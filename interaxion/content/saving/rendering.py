"""Rendering once: a text that was just rendered, for a preview or a save before, is not rendered again.

The same source gives the same, if the resolver gives the same answers (`Rendered`). So what it was asked for is kept
beside the result, and asked for again.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from interaxion.text.markdown import Dialect, ImageSource, Rendered, Resolver, Undrawn, render

#: Texts that are kept, and the characters of one: beside them their HTML, text and outline take some ten times as much.
MOST, LONGEST = 4, 100_000


@dataclass
class _Listening:
    """A `Resolver` that keeps the answers of another, by what it asks for and the address or source."""

    resolver: Resolver
    answers: dict[tuple[str, str], Any] = field(default_factory=dict)

    def image(self, src: str) -> ImageSource | None:
        return self._ask("image", src)

    def link(self, href: str) -> str | None:
        return self._ask("link", href)

    def diagram(self, source: str) -> ImageSource | Undrawn | None:
        return self._ask("diagram", source)

    def _ask(self, what: str, about: str) -> Any:
        if (what, about) not in self.answers:
            self.answers[what, about] = getattr(self.resolver, what)(about)
        return self.answers[what, about]

    def still_says(self, answers: dict[tuple[str, str], Any]) -> bool:
        return all(self._ask(*question) == answer for question, answer in answers.items())


_kept: OrderedDict[tuple[Dialect, str], tuple[Rendered, dict[tuple[str, str], Any]]] = OrderedDict()


def render_once(source: str, kind: Dialect, resolver: Resolver) -> Rendered:
    """Render as `render()` does, or return what it returned last for this source."""
    listening = _Listening(resolver)
    rendered, answers = _kept.get((kind, source), (None, {}))
    if rendered is None or not listening.still_says(answers):
        rendered = render(source, kind=kind, resolver=listening)
        if len(source) <= LONGEST:
            _kept[kind, source] = rendered, listening.answers
            while len(_kept) > MOST:
                _kept.popitem(last=False)
    return rendered
