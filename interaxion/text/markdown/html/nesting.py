"""How tags are nested: a limit of depth before the sanitiser; after it, pairs left empty and captions without a figure.

A parser of HTML looks through all open tags at many of its steps: without a limit, its time is the square of the depth.
"""

import re
from collections import Counter

#: Levels; browsers have such a limit, too (512). Deeper tags are dropped, their text stays.
DEEPEST = 100
#: Levels of tags for letters: HTML repeats those that are open in every paragraph that follows.
DEEPEST_LETTERS = 8

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:[^\">]|\"[^\"]*\")*)>", re.IGNORECASE)
_VOID = frozenset({"br", "hr", "wbr", "img", "input"})
# The next one ends an open one, so that they do not nest without one of the others.
_ENDED_BY_NEXT = frozenset({
    "a", "caption", "dd", "dt", "li", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr"
})  # fmt: skip
_LETTERS = frozenset({"b", "code", "em", "i", "s", "small", "strong", "u"})

# Empty pairs: `**<font></font>**`, and paragraphs that the HTML parser closed before a block. A span with a
# space stays: highlighted code has such.
_ATTRIBUTES = r"(?: (?:class|lang)=\"[^\"<>]*\")*"
_EMPTY = re.compile(rf"<(b|del|em|i|p|s|strong|u){_ATTRIBUTES}>\s*</\1>|<span{_ATTRIBUTES}></span>")
_MAY_GO = re.compile(rf"<(?:b|del|em|i|p|s|span|strong|u){_ATTRIBUTES}>")


def limit_depth(html: str) -> str:
    """Drop the tags that are nested too deeply, with their end tags."""
    if html.count("<") <= 2 * DEEPEST_LETTERS:
        return html
    opened: list[str] = []
    letters = 0
    dropped: Counter[str] = Counter()

    def keep(found: re.Match[str]) -> str:
        nonlocal letters
        closing, name = found[1], found[2].lower()
        if name in _VOID or name in _ENDED_BY_NEXT:
            return found[0]
        is_letters = name in _LETTERS
        if not closing:
            if len(opened) >= DEEPEST or (is_letters and letters >= DEEPEST_LETTERS):
                dropped[name] += 1
                return ""
            opened.append(name)
            letters += is_letters
        elif dropped[name]:
            dropped[name] -= 1
            return ""
        elif name in opened:
            # What else it closes stays counted: rather too many than too few.
            del opened[len(opened) - 1 - opened[::-1].index(name)]
            letters -= is_letters
        return found[0]

    return _TAG.sub(keep, html)


def drop_empty_pairs(html: str) -> str:
    """Remove empty pairs from well-nested HTML, and those that become empty by it."""
    if not _EMPTY.search(html):
        return html
    out: list[str] = []
    # For each open tag: its place in `out`, whether it may go, and what it holds so far ("", spaces, or more).
    opened: list[tuple[int, bool]] = []
    held = [""]
    at = 0
    for found in _TAG.finditer(html):
        text = html[at : found.start()]
        at = found.end()
        if text:
            out.append(text)
            held[-1] = "more" if text.strip() else held[-1] or "spaces"
        closing, name = found[1], found[2].lower()
        if name in _VOID:
            held[-1] = "more"
            out.append(found[0])
        elif not closing:
            opened.append((len(out), bool(_MAY_GO.fullmatch(found[0]))))
            held.append("")
            out.append(found[0])
        elif opened:
            place, may_go = opened.pop()
            inside = held.pop()
            if may_go and (not inside or (inside == "spaces" and name != "span")):
                del out[place:]
            else:
                held[-1] = "more"
                out.append(found[0])
    return "".join([*out, html[at:]])


def unwrap_lone_captions(html: str) -> str:
    """Return well-nested HTML in which each `<figcaption>` is the child of a figure; any other becomes a `<div>`."""
    if "<figcaption" not in html:
        return html
    opened: list[str] = []

    def rename(found: re.Match[str]) -> str:
        closing, name = found[1], found[2].lower()
        if name in _VOID:
            return found[0]
        if closing:
            return "</div>" if opened and opened.pop() == "lone" else found[0]
        is_lone = name == "figcaption" and opened[-1:] != ["figure"]
        opened.append("lone" if is_lone else name)
        return '<div class="caption">' if is_lone else found[0]

    return _TAG.sub(rename, html)
