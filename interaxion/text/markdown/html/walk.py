"""The walk over the parsed document. One function for each kind of block adds it to the outline and, if our HTML
differs from the parser's, replaces it by ours."""

import re
from collections.abc import Callable
from html import escape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from interaxion.text.markdown.html.code import LONGEST_SUM, code_html, is_coloured, language_of, mermaid_html
from interaxion.text.markdown.html.collector import Collector, is_ours
from interaxion.text.markdown.html.embeds import parse_embed
from interaxion.text.markdown.html.inlines import formula_html, plain, walk_inline
from interaxion.text.markdown.html.raw_html import RawHtml
from interaxion.text.markdown.html.sanitiser import sanitise_repeated
from interaxion.text.markdown.rendered import UNDRAWN_DIAGRAM, CodeBlock, Heading, Undrawn
from interaxion.text.markdown.syntax.headings import kramdown_id_of_text, slug
from interaxion.text.times import spell_time

#: Blocks that begin a new `lead`, outside of lists: an item may have several.
_BEGINS_LEAD = {"inline", "html_block"}
_RAW_ID = re.compile(r"""\b(?:id|name)=["']?([^\s"'<>]{1,200})""", re.IGNORECASE)


def walk(tokens: list[Token], collector: Collector, md: MarkdownIt) -> None:
    """Go through a document in its order, filling `collector` and changing `tokens` in place."""
    _reserve_imported_anchors(tokens, collector)
    _look_ahead(tokens, collector)
    for index, token in enumerate(tokens):
        if token.map:
            collector.line = token.map[0] + 1
        if token.type in _BEGINS_LEAD and not collector.lists:
            collector.lead = ""
        if token.type == "inline":
            walk_inline(token, collector)
            _say(token.children or [], collector)
        elif token.type == "heading_close":
            _heading(tokens[index - 2], tokens[index - 1], collector, md)
        elif handle := _HANDLES.get(token.type):
            handle(tokens, index, collector)


def _say(words: list[Token], collector: Collector) -> None:
    """Keep the first line, which would name a player below it. A lone link names what it leads to, no other thing."""
    breaks = (index for index, token in enumerate(words) if token.type in {"hardbreak", "softbreak"})
    words = words[: next(breaks, len(words))]
    is_link = len(words) > 1 and words[0].type == "link_open" and words[-1].type == "link_close"
    target = parse_embed(str(words[0].attrs["href"])) if is_link else None
    if said := plain(words).strip():
        collector.said, collector.said_of = said, (target.provider, target.id) if target else is_link


def _reserve_imported_anchors(tokens: list[Token], collector: Collector) -> None:
    """Reserve the anchors of imported headings, to which other sites link: our own ids must not take them."""
    for token in tokens:
        if token.type != "heading_open":
            continue
        for id in token.meta["ids"]:
            if id in collector.ids:
                line = token.map[0] + 1 if token.map else None
                collector.warn("The anchor #%s is given twice: links go to the first.", id, line)
        token.meta["ids"] = [id for id in dict.fromkeys(token.meta["ids"]) if id not in collector.ids]
        collector.ids.update(token.meta["ids"])


def _look_ahead(tokens: list[Token], collector: Collector) -> None:
    """Find the ids that headings want, and those in raw HTML that must get another name."""
    headings = (block for opening, block in pairwise(tokens) if opening.type == "heading_open")
    collector.heading_ids = frozenset(slug(plain(block.children or [])) for block in headings)
    raw = (each for token in tokens for each in (token, *(token.children or [])) if each.type.startswith("html_"))
    collector.renamed = frozenset(id for each in raw for id in _RAW_ID.findall(each.content) if is_ours(id))


def _heading(opening: Token, block: Token, collector: Collector, md: MarkdownIt) -> None:
    children = block.children or []
    text = plain(children)
    # The mark of a footnote has an id, which must not be repeated where this HTML is shown a second time.
    marked = block.copy(children=[token for token in children if token.type != "footnote_ref"])
    html = sanitise_repeated(md.renderer.render([marked], md.options, {}))
    starts_at, aliases = opening.meta["starts_at"], opening.meta["ids"]
    wanted = slug(text) if starts_at is None else f"t-{starts_at}"
    anchor = wanted if wanted in aliases else collector.free_id(wanted)
    opening.attrSet("id", anchor)
    if not aliases and collector.kind != "notes" and (id := collector.kramdown_anchor(kramdown_id_of_text(text))):
        aliases = [id]
    before = "".join(f'<span id="{escape(id)}"></span>' for id in aliases if id != anchor)
    if starts_at is not None:
        spelled = spell_time(starts_at)
        before += f'<a class="time" href="#{anchor}"><time datetime="PT{starts_at}S">{spelled}</time></a> '
    if before:
        block.children = [Token("html_inline", "", 0, content=before), *children]
    folded = opening.level > 0 or collector.folds > 0
    line = opening.map[0] + 1 if opening.map else collector.line
    collector.anchor = anchor
    collector.said, collector.said_of = text, False
    collector.headings.append(Heading(int(opening.tag[1]), text, html, anchor, starts_at, line, folded))


def _html_block(tokens: list[Token], index: int, collector: Collector) -> None:
    token = tokens[index]
    source = token.content.lower()
    collector.folds = max(0, collector.folds + source.count("<details") - source.count("</details"))
    raw = RawHtml(collector, collector.line)
    token.content = raw.rewrite(token.content)
    if raw.open_link:
        collector.link(*raw.open_link)


def _fence(tokens: list[Token], index: int, collector: Collector) -> None:
    token = tokens[index]
    language = language_of(token.info)
    collector.code_blocks.append(CodeBlock(language, collector.line))
    if language.lower() == "mermaid":
        drawing = collector.resolver.diagram(token.content) if collector.resolver else None
        if isinstance(drawing, Undrawn):
            collector.warn(UNDRAWN_DIAGRAM, drawing.reason)
            drawing = None
        token.content = mermaid_html(token.content, drawing)
    else:
        coloured = is_coloured(token.content, language) and collector.coloured + len(token.content) <= LONGEST_SUM
        collector.coloured += len(token.content) * coloured
        token.content = code_html(token.content, language, coloured=coloured)
    token.type = "html_block"


def _math_block(tokens: list[Token], index: int, collector: Collector) -> None:
    token = tokens[index]
    formula = formula_html(token.content, True, collector)
    token.type, token.content = "html_block", f'<div class="formula" tabindex="0">{formula}</div>\n'


def _paragraph(tokens: list[Token], index: int, collector: Collector) -> None:
    """Replace a paragraph that consists of the URL of a known player by that player."""
    opening, block, closing = tokens[index : index + 3]
    children = block.children or []
    if opening.level or len(children) != 3 or children[0].info != "auto":
        return
    embed = parse_embed(str(children[0].attrs["href"]))
    if embed:
        opening.type, opening.content = "html_block", collector.embed_html(embed, "") + "\n"
        block.children, closing.hidden = [], True


def _cell(tokens: list[Token], index: int, _collector: Collector) -> None:
    """Write the alignment as a class: the parser writes a style, which our pages do not allow."""
    style = str(tokens[index].attrs.pop("style", ""))
    if style:
        tokens[index].attrSet("class", style.replace("text-align:", "align-"))


def _header_cell(tokens: list[Token], index: int, collector: Collector) -> None:
    """Write an empty header as a plain cell: it names nothing."""
    _cell(tokens, index, collector)
    if not tokens[index + 1].content:
        tokens[index].tag = tokens[index + 2].tag = "td"


def _footnotes(_tokens: list[Token], _index: int, collector: Collector) -> None:
    collector.anchor = ""


def _list(tokens: list[Token], index: int, collector: Collector) -> None:
    """Enter a list. Its items count up from the number of the first one, as written."""
    is_numbered = tokens[index].type == "ordered_list_open"
    collector.lists.append(int(tokens[index].attrGet("start") or 1) - 1 if is_numbered else None)


def _item(_tokens: list[Token], _index: int, collector: Collector) -> None:
    collector.lead = ""
    if (number := collector.lists[-1]) is not None:
        collector.lists[-1] = number + 1


def _list_end(_tokens: list[Token], _index: int, collector: Collector) -> None:
    collector.lists.pop()


_HANDLES: dict[str, Callable[[list[Token], int, Collector], None]] = {
    "html_block": _html_block,
    "fence": _fence,
    "code_block": _fence,
    "math_block": _math_block,
    "paragraph_open": _paragraph,
    "th_open": _header_cell,
    "td_open": _cell,
    "footnote_block_open": _footnotes,
    "ordered_list_open": _list,
    "bullet_list_open": _list,
    "list_item_open": _item,
    "ordered_list_close": _list_end,
    "bullet_list_close": _list_end,
}
