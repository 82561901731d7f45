"""The parser of our Markdown: CommonMark, tables, footnotes, definition lists, and our plugins for Japanese science."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from interaxion.text.markdown.rendered import Dialect
from interaxion.text.markdown.syntax.bare_urls import bare_urls
from interaxion.text.markdown.syntax.chemistry_smiles import smiles
from interaxion.text.markdown.syntax.costs import footnotes, nested_images, plain_addresses, plain_words
from interaxion.text.markdown.syntax.emphasis import cjk_emphasis
from interaxion.text.markdown.syntax.formulas import formulas
from interaxion.text.markdown.syntax.headings import headings
from interaxion.text.markdown.syntax.html_blocks import html_blocks
from interaxion.text.markdown.syntax.late_closings import late_closings
from interaxion.text.markdown.syntax.line_breaks import break_after_links, join_wide_lines
from interaxion.text.markdown.syntax.link_labels import link_labels
from interaxion.text.markdown.syntax.lists import lists
from interaxion.text.markdown.syntax.tables import tables


@cache
def parser(kind: Dialect) -> MarkdownIt:
    """Return the parser for a kind of source. In chapters every line break counts, in other text it is soft."""
    # Deeper nesting than maxNesting is dropped, and a deep list can reach the 20 of the preset.
    md = MarkdownIt("commonmark", {"html": True, "breaks": kind == "chapter", "maxNesting": 100})
    md.normalizeLink = lru_cache(maxsize=1_000)(md.normalizeLink)  # type: ignore[method-assign]
    md.enable(["table", "strikethrough"])
    md.use(deflist_plugin)
    for plugin in (
        plain_words,
        plain_addresses,
        tables,
        footnotes,
        cjk_emphasis,
        late_closings,
        link_labels,
        nested_images,
        lists,
        html_blocks,
        headings,
        formulas,
        smiles,
        bare_urls,
        join_wide_lines,
    ):
        md.use(plugin)
    if kind == "notes":
        md.use(break_after_links)
    md.add_render_rule("softbreak", _render_softbreak)
    md.add_render_rule("table_open", _render_table_open)
    md.add_render_rule("table_close", _render_table_close)
    return md


def _render_softbreak(_: object, tokens: Sequence[Token], index: int, options: Any, _env: object) -> str:
    if tokens[index].hidden:
        return ""
    return "<br>\n" if options["breaks"] else "\n"


def _render_table_open(*_: object) -> str:
    """Put a table into a box in which it scrolls if it is wide, by keyboard, too."""
    return '<div class="table" tabindex="0">\n<table>\n'


def _render_table_close(*_: object) -> str:
    return "</table>\n</div>\n"
