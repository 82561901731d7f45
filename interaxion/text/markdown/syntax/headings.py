"""Headings: the times at their beginning in notes, our ids, and the ids that other engines gave them."""

import re
import unicodedata

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from interaxion.text.characters import normalise
from interaxion.text.times import split_time

_IDS = re.compile(r"\{:?\s*(?P<ids>#[^\s{}#\"'<>&]+(?:\s+#[^\s{}#\"'<>&]+)*)\s*\}\s*$")
# Ids in use: t-90 of a section with a time, fn1 and fnref1 of footnotes.
_RESERVED = re.compile(r"(?:t-|fn|fnref)\d")


def headings(md: MarkdownIt) -> None:
    md.core.ruler.before("inline", "headings", _read)


def _read(state: StateCore) -> None:
    """Move `{#old-id}` from the end of each heading, and in notes the time from its beginning, to its `meta`."""
    for opening, block in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type != "heading_open":
            continue
        found = _IDS.match(block.content, max(block.content.rfind("{"), 0))
        if found:
            block.content = block.content[: found.start()].rstrip()
        opening.meta["ids"] = [id.removeprefix("#") for id in found["ids"].split()] if found else []
        opening.meta["starts_at"] = None
        if state.env.get("kind") == "notes":
            opening.meta["starts_at"], block.content = split_time(block.content)
    if state.env.get("kind") == "notes":
        _lower_underlined(state.tokens)


def _lower_underlined(tokens: list[Token]) -> None:
    """Lower underlined headings, which begin no section, to one level below the section that they are in."""
    section = 0
    for opening, closing in zip(tokens, tokens[2:], strict=False):
        if opening.type != "heading_open" or opening.level:
            continue
        if opening.markup.startswith("#"):
            section = int(opening.tag[1])
        elif section:
            opening.tag = closing.tag = f"h{min(section + 1, 6)}"


def slug(text: str) -> str:
    """Return the id of a heading without a time: its words, of any script, joined by hyphens."""
    letters = normalise(text).lower()
    words = re.sub(r"[\s/:・-]", " ", letters)
    joined = "-".join("".join(c for c in words if _is_word(c) or c in " _").split()) or "section"
    return f"section-{joined}" if _RESERVED.match(joined) else joined


def kramdown_id_of_text(text: str) -> str:
    """Return the id that kramdown's GFM parser gives a heading with this plain text, before it numbers repeats.

    https://github.com/kramdown/parser-gfm, generate_gfm_header_id: lower case; word characters, hyphens, spaces and
    tabs only; a hyphen for each space and tab.
    """
    kept = (c for c in text.lower() if _is_word(c) or c in "-_ \t" or unicodedata.category(c) == "Pc")
    return re.sub("[ \t]", "-", "".join(kept))


def _is_word(character: str) -> bool:
    """Whether Ruby's \\p{Word}, without connectors, has it: a letter, mark or decimal digit."""
    category = unicodedata.category(character)
    return category[0] in "LM" or category == "Nd"
