"""The diagrams of a text: the Mermaid sources that rendering it asks for."""

from markdown_it.token import Token

from interaxion.text.markdown.dialect import parser
from interaxion.text.markdown.html.code import language_of
from interaxion.text.markdown.pipeline import BEFORE_PARSING
from interaxion.text.markdown.rendered import Dialect

#: Without one of them there is no diagram: much faster to look for than a word in any case.
_FENCES = ("```", "~~~")


def find_diagrams(source: str, kind: Dialect) -> list[str]:
    """Return the source of each diagram once, in order. Only blocks are parsed, and a text without any not at all."""
    if not any(fence in source for fence in _FENCES) or "mermaid" not in source.lower():
        return []
    for step in BEFORE_PARSING:
        source = step(source)
    md = parser(kind)
    tokens: list[Token] = []
    md.block.parse(source, md, {"kind": kind, "unread_tables": []}, tokens)
    fences = (token for token in tokens if token.type == "fence")
    return list(dict.fromkeys(token.content for token in fences if language_of(token.info).lower() == "mermaid"))
