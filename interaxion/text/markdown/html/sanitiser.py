"""The sanitiser, last step for all HTML of this package (XSS): only what is on its allow-lists passes."""

import re

import nh3

from interaxion.text.markdown.html import allowed
from interaxion.text.markdown.html.code import HIGHLIGHT_CLASSES
from interaxion.text.markdown.html.images import SIZES
from interaxion.text.markdown.html.nesting import drop_empty_pairs, limit_depth, unwrap_lone_captions

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

#: An anchor of its own, as our code writes it.
_ANCHOR = re.compile(r'<span id="[^"]*"></span>')

_CLEANER = nh3.Cleaner(
    tags=set(allowed.RAW_TAGS | allowed.OUR_TAGS | allowed.MATHML_TAGS),
    clean_content_tags=set(allowed.DROPPED_WITH_CONTENT),
    attributes={
        "*": {"lang", "dir"},
        "a": {"href", "id", "title"},
        "audio": {"src", "controls"},
        "blockquote": {"cite"},
        "div": {"tabindex"},
        "figure": {"data-provider", "data-embed", "data-frame"},
        "img": {"src", "srcset", "alt", "title", "width", "height"},
        "input": {"checked", "disabled", "aria-label"},
        "li": {"id"},
        "pre": {"tabindex", "role", "aria-label", "data-language"},
        "span": {"id"},
        "sup": {"id"},
        "video": {"src", "controls"},
        **{tag: set(names) for tag, names in allowed.ATTRIBUTES.items()},
        **{heading: {"id"} for heading in _HEADINGS},
        **{tag: set(allowed.MATHML_ATTRIBUTES) for tag in allowed.MATHML_TAGS},
        "math": {*allowed.MATHML_ATTRIBUTES, "tabindex"},
    },
    tag_attribute_values={
        "img": {"loading": {"lazy"}, "sizes": {SIZES}},
        "audio": {"preload": {"none"}},
        "video": {"preload": {"none"}},
    },
    # One value only: the order of several would change from run to run.
    set_tag_attribute_values={"input": {"type": "checkbox"}},
    allowed_classes={
        "a": {"time", "remote-image", "remote-player", "footnote-backref"},
        "blockquote": {"quotation"},
        "code": {"formula"},
        "div": {"center", "drawing", "formula", "table"},
        "p": {"center", "remote-player"},
        "figure": {"embed", "diagram"},
        "hr": {"footnotes-sep"},
        "li": {"task", "footnote-item"},
        "ol": {"footnotes-list"},
        "section": {"footnotes"},
        "span": {f"colour-{colour}" for colour in allowed.COLOURS} | HIGHLIGHT_CLASSES | {"missing-picture"},
        "sup": {"footnote-ref"},
        "td": {"align-left", "align-center", "align-right"},
        "th": {"align-left", "align-center", "align-right"},
    },
    link_rel="noopener",
    url_schemes={"http", "https", "mailto"},
    strip_comments=True,
)


def sanitise(html: str) -> str:
    """Return safe, well-nested HTML. What is removed and renamed afterwards cannot make it unsafe."""
    return unwrap_lone_captions(drop_empty_pairs(_CLEANER.clean(limit_depth(html))))


def sanitise_repeated(html: str) -> str:
    """Return safe HTML without anchors, for headings and summaries: it is shown in several places of a page."""
    return _ANCHOR.sub("", sanitise(html))
