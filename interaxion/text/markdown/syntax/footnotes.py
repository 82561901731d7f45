"""Footnotes of the plugin, with a limit for their labels: its rule reads from every `[^` to the next space."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

_MARK = re.compile(r"\[\^[^ \n\]]{1,200}\]")


def footnotes(md: MarkdownIt) -> None:
    md.use(footnote_plugin, inline=False)
    md.inline.ruler.at("footnote_ref", _mark)


def _mark(state: StateInline, silent: bool) -> bool:
    return bool(_MARK.match(state.src, state.pos)) and footnote_ref(state, silent)
