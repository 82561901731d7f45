"""The steps from Markdown source to everything that is stored of it."""

from typing import Any

from interaxion.text.markdown.dialect import parser
from interaxion.text.markdown.html.collector import Collector
from interaxion.text.markdown.html.inlines import plain
from interaxion.text.markdown.html.plain_text import text_of
from interaxion.text.markdown.html.sanitiser import sanitise, sanitise_repeated
from interaxion.text.markdown.html.walk import walk
from interaxion.text.markdown.rendered import TOO_MANY_CELLS, Dialect, Rendered, Resolver
from interaxion.text.markdown.syntax.formulas import shield_bars
from interaxion.text.markdown.syntax.headings import kramdown_id_of_text
from interaxion.text.markdown.syntax.lines import printable
from interaxion.text.markdown.syntax.lists import nest_under_numbers
from interaxion.text.markdown.syntax.tables import shield_code

# Raise it when the same source gives other HTML or other links: what an older version stored is then rendered again.
RENDER_VERSION = 9

# Each keeps the number of lines, so that the line numbers of the outline are those of the source.
BEFORE_PARSING = (printable, nest_under_numbers, shield_bars, shield_code)


def render(source: str, kind: Dialect = "notes", resolver: Resolver | None = None) -> Rendered:
    """Render Markdown to safe HTML, plain text, outline and warnings. The same source always gives the same.

    Raises nothing, whatever the source: parts that cannot be rendered are shown as written, with a warning.
    """
    md = parser(kind)
    for step in BEFORE_PARSING:
        source = step(source)
    environment: dict[str, Any] = {"kind": kind, "unread_tables": []}
    tokens = md.parse(source, environment)
    collector = Collector(kind, resolver)
    walk(tokens, collector, md)
    for line in environment["unread_tables"]:
        collector.warn(TOO_MANY_CELLS, "", line)
    html = sanitise(md.renderer.render(tokens, md.options, environment))
    return Rendered(html, text_of(html), collector.outline(), tuple(collector.problems))


def render_inline(source: str) -> str:
    """Render one paragraph to safe inline HTML, for headings and summaries."""
    md = parser("post")
    tokens = md.parseInline(printable(source))
    walk(tokens, Collector("post", None), md)
    return sanitise_repeated(md.renderer.render(tokens, md.options, {}))


def plain_text(source: str) -> str:
    """Render Markdown to plain text, one line per block."""
    return render(source, "post").text


def kramdown_id(heading_source: str) -> str:
    """Return the id that kramdown's GFM parser gives this heading, before the suffixes -1, -2 of repeats."""
    inline = parser("post").parseInline(printable(heading_source))
    return kramdown_id_of_text(plain(inline[0].children or []))
