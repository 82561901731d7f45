"""HTML as anybody writes it, well-nested and without what no reader sees. Players become their addresses."""

import re

import nh3

from interaxion.text.markdown.html.allowed import ATTRIBUTES, RAW_TAGS
from interaxion.text.markdown.html.embeds import parse_embed
from interaxion.text.markdown.html.nesting import limit_depth
from interaxion.text.markdown.html.parseable import parseable

_BODY = re.compile(r"<body\b[^>]*>(.*?)(?:</body\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_FRAME = re.compile(r"<iframe\b[^<>]*>(?:[^<]*</iframe\s*>)?", re.IGNORECASE)
_TAGS = RAW_TAGS | {
    "a", "article", "aside", "audio", "center", "font", "footer", "header", "iframe", "img", "main", "nav",
    "section", "source", "strike", "tt", "video",
}  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags={"script", "style", "template", "title", "object", "select", "textarea"},
    attributes={
        "*": {"align", "class", "data-embed-url", "data-instgrm-permalink", "dir", "id", "lang"},
        "a": {"href", "name", "title"},
        "audio": {"src", "title"},
        "font": {"color"},
        "iframe": {"src", "title"},
        "img": {"src", "alt", "title"},
        "source": {"src"},
        "video": {"src", "title"},
        **{tag: set(names) for tag, names in ATTRIBUTES.items()},
    },
    link_rel=None,
    url_schemes={"http", "https", "mailto", "tel", "ftp", "data"},
    strip_comments=True,
)


def tidy(html: str) -> str:
    """Return what is in the body as well-nested HTML: lower-case tags, values in quotation marks, no comments."""
    if body := _BODY.search(html):
        html = body[1]
    return _CLEANER.clean(limit_depth(_FRAME.sub(_write_player, parseable(html.replace("\x00", "")))))


def _write_player(found: re.Match[str]) -> str:
    """Write a player that we know as its address in a paragraph, which our Markdown shows as the player."""
    player = parse_embed(found[0])
    return f"<p>{player.url.replace('&', '&amp;')}</p>" if player else found[0]
