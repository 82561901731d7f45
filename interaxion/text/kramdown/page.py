"""`Form`, and what it can ask while it rewrites its match: the page around it and the Jekyll site."""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from interaxion.text.source_errors import Note, gettext_noop

#: Characters of a text in a note.
LONGEST_QUOTE = 80
_PARSES_HTML = re.compile(r"\{::options[^}\n]{0,300}parse_block_html=[\"']true")


@dataclass(frozen=True)
class JekyllSite:
    """The settings and paths of a Jekyll site that its pages refer to."""

    url: str = ""  # `url:` of _config.yml
    baseurl: str = ""
    posts: Mapping[str, str] = field(default_factory=dict)  # "2020-12-18-blog" → "/blog/2020", "about.md" → "/about/"
    parses_html: bool = False  # `parse_block_html:` of kramdown's options
    liquid: bool = True  # False with `render_with_liquid: false`
    config: Mapping[str, Any] = field(default_factory=dict)  # `_config.yml`
    data: Callable[[], Mapping[str, Any]] = dict  # the files in `_data`, by their names
    include: Callable[[str], str | None] = lambda name: None  # the text of a file in `_includes`


class KramdownPage:
    """One page while it is rewritten; collects the notes."""

    def __init__(self, body: str, first_line: int, site: JekyllSite, meta: Mapping[str, Any] | None = None) -> None:
        self.body = body
        self.first_line = first_line
        self.site = site
        self.meta = meta or {}
        self.notes: list[Note] = []
        #: Rewrites what Liquid wrote, which holds no Liquid any more.
        self.rewrite_again: Callable[[str], str] = str
        #: Where the rewriting goes on, if a form reads further than its match.
        self.resumes_at = 0
        #: What `assign` and `capture` have set so far, as written.
        self.assigned = ""
        #: The names that an `assign` or `capture` gave to what only Jekyll knows.
        self.unknown: set[str] = set()
        #: The clock of `process_time` at which no more Liquid is resolved; 0 before the first.
        self.liquid_ends_at = 0.0

    @cached_property
    def parses_html(self) -> bool:
        """Whether the page turns on Markdown inside every HTML block."""
        return bool(_PARSES_HTML.search(self.body))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(line_break.end() for line_break in re.finditer("\n", self.body))]

    def note(self, found: re.Match[str], message: str, /, **params: object) -> None:
        """Add a note on the first line of the match that is not blank."""
        at = found.end() - len(found[0].lstrip())
        self.notes.append(Note(self.first_line + bisect_right(self._line_starts, at) - 1, message, params))

    def keep(self, found: re.Match[str]) -> str:
        """Leave the match as it is, and note that it was not understood."""
        self.note(found, gettext_noop("not understood, kept as it is: %(text)s"), text=found[0].strip())
        return found[0]

    def leave_out(self, found: re.Match[str]) -> str:
        """Leave out Liquid that only Jekyll could resolve: its readers never saw it as it is written."""
        text = " ".join(self.body[found.start() : max(found.end(), self.resumes_at)].split())
        message = gettext_noop("left out, since only Jekyll knows what it writes: %(text)s")
        self.note(found, message, text=text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]} …")
        if self.resumes_at <= found.end() and self.indent_of(found) is not None:
            self.resumes_at = found.end() + 1  # with its line, which would divide the paragraph around it
        return ""

    def line_before(self, at: int) -> str:
        """Return the text between the last line break before `at` and `at`."""
        return self.body[self.line_start(at) : at]

    def line_start(self, at: int) -> int:
        return self._line_starts[bisect_right(self._line_starts, at) - 1]

    def indent_of(self, found: re.Match[str]) -> str | None:
        """Return the white space before a match that is alone on its line; None if it shares the line."""
        before = self.line_before(found.start())
        end = self.body.find("\n", found.end())
        after = self.body[found.end() : end if end >= 0 else None]
        return None if (before + after).strip() else before


@dataclass(frozen=True)
class Form:
    name: str
    pattern: re.Pattern[str]
    write: Callable[[KramdownPage, re.Match[str]], str]
    liquid: bool = False  # applies only to pages that Liquid renders
    #: The end of a form that may be far below its beginning: from no beginning after the last end is one looked for.
    end: re.Pattern[str] | None = None

    def search_in(self, body: str) -> Callable[[int], re.Match[str] | None]:
        """Return the search for the next match from a place on."""
        last = max((found.end() for found in self.end.finditer(body)), default=0) if self.end else len(body)
        return lambda at: self.pattern.search(body, at, last)


def make_form(
    name: str, pattern: str, write: Callable[[KramdownPage, re.Match[str]], str], *, liquid: bool = False, end: str = ""
) -> Form:
    """Compile a form. Its pattern is `pattern` up to and including `end`.

    What is repeated within a pattern is limited by a number or by the next mark: else the search reads the rest of the
    page from each place where a form may begin.
    """
    flags = re.DOTALL | re.MULTILINE
    return Form(name, re.compile(pattern + end, flags), write, liquid, re.compile(end, flags) if end else None)


def drop(page: KramdownPage, found: re.Match[str]) -> str:
    return ""
