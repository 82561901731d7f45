"""The allow-lists of our HTML, for the rewriting of raw HTML and for the sanitiser after it."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Tags that a writer may type, and tags that are dropped with their content.
RAW_TAGS = _words("""
    abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5
    h6 hr i ins kbd li mark ol p pre q rb rp rt ruby s samp small span strong sub summary sup table tbody td
    tfoot th thead time tr u ul var wbr
""")
DROPPED_WITH_CONTENT = _words("script style template textarea title noscript iframe object select")
ATTRIBUTES = {
    "abbr": ("title",),
    "details": ("open",),
    "ol": ("start", "reversed"),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "time": ("datetime",),
}
COLOURS = _words("red orange green blue purple brown gray black")

# Ids of our own pages, which no id of a text may take: those of templates, of times and of footnotes.
OUR_IDS = _words(
    "bibtex citation copying copying-sentences course-search course-search-label embed-words finds finds-count"
    " id_website lesson-words letter main navigation q sound-parts suggestions wave wave-of-bar wave-of-dock"
    " wave-of-player"
)
OUR_ID = re.compile(r"(?:t-|fn|fnref|ref-|cite-)\d.*|[a-z-]+-heading")

# Tags that only our own code writes.
OUR_TAGS = _words("a audio footer img input section video")
MATHML_TAGS = _words("""
    math menclose mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt
    mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none
""")
MATHML_ATTRIBUTES = _words("""
    accent accentunder alttext columnalign columnlines columnspacing depth display displaystyle fence form
    height largeop linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize minsize
    movablelimits notation rowlines rowspacing rspace scriptlevel separator stretchy symmetric voffset width
""")
