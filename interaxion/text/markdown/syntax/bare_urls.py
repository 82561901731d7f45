"""Autolinks: bare URLs with a scheme become links, and end where Japanese prose goes on."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

# ASCII as in RFC 3986, without brackets, which are Markdown's. Other letters belong to the URL only at the
# beginning of a part of its path or query, and hiragana never does: `/wiki/検索` contains them; in
# `/abs/1234を` and `example.org/を` the prose goes on.
_ASCII = r"[\w\-.~:/?#@!$&'()*+,;=%]"
_LETTER = r"[^\W\x00-\x7f]"
_AFTER_SCHEME = re.compile(rf"://[A-Za-z0-9](?:(?a:{_ASCII})|(?<=[/=#?_-])(?![ぁ-ゖ]){_LETTER}+)*")
_SCHEME = re.compile(r"(?<![A-Za-z0-9])https?$")
_LONGEST_SCHEME = len("https")


def bare_urls(md: MarkdownIt) -> None:
    md.inline.ruler.before("escape", "bare_urls", _link)


def _link(state: StateInline, silent: bool) -> bool:
    """Runs before emphasis, so that `/_x_` in a URL is not emphasis. At the ":" the scheme is already pending text."""
    if state.linkLevel or state.src[state.pos] != ":":
        return False
    scheme = _SCHEME.search(state.pending[-_LONGEST_SCHEME - 1 :])
    rest = _AFTER_SCHEME.match(state.src, state.pos) if scheme else None
    if not scheme or not rest:
        return False
    url = _without_tail(scheme[0] + rest[0])
    href = state.md.normalizeLink(url)
    if not state.md.validateLink(href):
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme[0])]
        state.push("link_open", "a", 1).attrs = {"href": href}
        state.tokens[-1].info = "auto"
        state.push("text", "", 0).content = url
        state.push("link_close", "a", -1)
    state.pos += len(url) - len(scheme[0])
    return True


def _without_tail(url: str) -> str:
    """Strip the punctuation of the sentence, and a closing bracket that was opened before the URL."""
    unopened = url.count(")") - url.count("(")
    end = len(url)
    while url[end - 1] in ".,:;!?'*~" or (url[end - 1] == ")" and unopened > 0):
        end -= 1
        unopened -= url[end] == ")"
    return url[:end]
