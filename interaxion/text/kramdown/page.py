"""`Form`, and what it can ask while it rewrites its match: the page around it and the Jekyll site."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from interaxion.text.source_errors import Note, gettext_noop


@dataclass(frozen=True)
class JekyllSite:
    """The settings and paths of a Jekyll site that its pages refer to."""

    url: str = ""  # `url:` of _config.yml
    baseurl: str = ""
    posts: Mapping[str, str] = field(default_factory=dict)  # "2020-12-18-blog" → "/blog/2020", "about.md" → "/about/"
    parses_html: bool = False  # `parse_block_html:` of kramdown's options
    liquid: bool = True  # False with `render_with_liquid: false`


class KramdownPage:
    """One page while it is rewritten; collects the notes."""

    def __init__(self, body: str, first_line: int, site: JekyllSite) -> None:
        self.body = body
        self.first_line = first_line
        self.site = site
        self.notes: list[Note] = []

    def note(self, found: re.Match[str], message: str, /, **params: object) -> None:
        """Add a note on the first line of the match that is not blank."""
        at = found.end() - len(found[0].lstrip())
        self.notes.append(Note(self.first_line + self.body.count("\n", 0, at), message, params))

    def keep(self, found: re.Match[str]) -> str:
        """Leave the match as it is, and note that it was not understood."""
        self.note(found, gettext_noop("not understood, kept as it is: %(text)s"), text=found[0].strip())
        return found[0]

    def line_before(self, at: int) -> str:
        """Return the text between the last line break before `at` and `at`."""
        return self.body[self.body.rfind("\n", 0, at) + 1 : at]

    def indent_of(self, found: re.Match[str]) -> str | None:
        """Return the white space before a match that is alone on its line; None if it shares the line."""
        before = self.line_before(found.start())
        after = self.body[found.end() :].partition("\n")[0]
        return None if (before + after).strip() else before


@dataclass(frozen=True)
class Form:
    name: str
    pattern: re.Pattern[str]
    write: Callable[[KramdownPage, re.Match[str]], str]
    liquid: bool = False  # applies only to pages that Liquid renders


def make_form(
    name: str, pattern: str, write: Callable[[KramdownPage, re.Match[str]], str], *, liquid: bool = False
) -> Form:
    return Form(name, re.compile(pattern, re.DOTALL | re.MULTILINE), write, liquid)


def drop(page: KramdownPage, found: re.Match[str]) -> str:
    return ""
