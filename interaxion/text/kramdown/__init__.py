"""kramdown, Liquid and Jekyll's includes, rewritten once, at import, into the Markdown of this site.

`FORMS` is the complete list of the forms that we know: a pattern and its rewriting. Other Liquid is resolved where the
files of the site say what it writes (`resolving.py`), else left out with a note. Other kramdown stays visible, with a
note. Code is not changed, except that the tag `raw` is removed from it, which only protected it from Liquid.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

from markdown_it import MarkdownIt

from interaxion.text.kramdown import dialect, liquid
from interaxion.text.kramdown.html_elements import set_out
from interaxion.text.kramdown.page import JekyllSite, KramdownPage
from interaxion.text.source_errors import Note

__all__ = ["FORMS", "JekyllSite", "Note", "Rewritten", "rewrite"]

FORMS = (*liquid.FORMS, *dialect.FORMS)


#: Without a fence or an indent of four columns there is no code.
_MARKS_OF_CODE = ("```", "~~~", "    ", "\t")


@dataclass(frozen=True)
class Rewritten:
    text: str
    notes: tuple[Note, ...]  # their lines are those of the original file


def rewrite(
    body: str,
    *,
    first_line: int = 1,
    site: JekyllSite | None = None,
    meta: Mapping[str, Any] | None = None,
    is_html: bool = False,
) -> Rewritten:
    """Rewrite a body that begins at `first_line` of its file, with the front matter `meta`. Raises nothing.

    For a page in HTML, Liquid alone is rewritten, and the whole is converted.
    """
    page = KramdownPage(body.replace("\r\n", "\n").replace("\r", "\n"), first_line, site or JekyllSite(), meta)
    page.rewrite_again = lambda text: rewrite(text, site=replace(page.site, liquid=False)).text
    if not is_html and not page.site.parses_html and not page.parses_html:
        page.body = set_out(page.body)
    blocks = [] if is_html else _code_blocks(page.body)
    forms = [form for form in FORMS if (page.site.liquid or not form.liquid) and (form.liquid or not is_html)]
    searches = [form.search_in(page.body) for form in forms]
    upcoming = [search(0) for search in searches]
    out: list[str] = []
    at = 0
    while True:
        for i, search in enumerate(searches):
            if (match := upcoming[i]) and match.start() < at:
                upcoming[i] = search(at)
        candidates = [(match.start(), i, match) for i, match in enumerate(upcoming) if match]
        if not candidates:
            break
        start, i, found = min(
            candidates, key=lambda candidate: candidate[:2]
        )  # at the same place, the first form of the list
        code_start, code_end = _last_before(blocks, start)
        if start < code_end:
            code_start = max(at, code_start)
            out += [page.body[at:code_start], liquid.strip_raw(page, page.body[code_start:code_end])]
            at = code_end
        else:
            out += [page.body[at:start], forms[i].write(page, found)]
            at = max(found.end(), page.resumes_at)
    text = "".join([*out, page.body[at:]])
    if is_html:  # few sites have such pages
        text = import_module("interaxion.text.html_markdown").to_markdown(text)
    return Rewritten(text, tuple(page.notes))


def _code_blocks(body: str) -> list[tuple[int, int]]:
    """Return start and end, in characters, of fenced and indented code, without the last line break."""
    if not any(mark in body for mark in _MARKS_OF_CODE):
        return []
    starts = [0, *(line_break.end() for line_break in re.finditer("\n", body)), len(body) + 1]
    tokens = MarkdownIt("commonmark").disable("inline").parse(body)
    lines = [token.map for token in tokens if token.type in ("fence", "code_block") and token.map]
    return [(starts[first], starts[min(last, len(starts) - 1)] - 1) for first, last in lines]


def _last_before(blocks: list[tuple[int, int]], at: int) -> tuple[int, int]:
    i = bisect_right(blocks, at, key=lambda block: block[0])
    return blocks[i - 1] if i else (0, 0)
