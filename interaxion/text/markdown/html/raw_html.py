"""Raw HTML in the source, rewritten: known tags stay, the rest is dropped, nothing is passed on as it was typed."""

from html import escape
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

from interaxion.text.markdown.html.allowed import ATTRIBUTES, COLOURS, DROPPED_WITH_CONTENT, RAW_TAGS
from interaxion.text.markdown.html.collector import Collector
from interaxion.text.markdown.html.embeds import embed, parse_embed, secured, with_scheme
from interaxion.text.markdown.html.images import image_html, is_remote
from interaxion.text.markdown.html.parseable import parseable
from interaxion.text.markdown.html.quotations import QUOTED, Quotation
from interaxion.text.markdown.rendered import LINKED_PLAYER, LOST_TEXT, Embed

Attributes = dict[str, str]

_RENAMED = {"center": "div", "strike": "s", "tt": "code", "font": "span"}
# SVG and MathML are allowed only where our own code writes them.
_WITH_CONTENT = DROPPED_WITH_CONTENT | {"svg", "math", "head"}
#: A browser would show the content of these; of the others only if the end tag is missing.
SHOWN_BY_BROWSERS = frozenset({"object", "select", "textarea", "svg", "math"})
_VOID = frozenset({"br", "hr", "wbr"})
#: What holds elements alone: an anchor stands before it.
_WITHOUT_TEXT = frozenset({"dl", "hr", "ol", "ruby", "table", "tbody", "tfoot", "thead", "tr", "ul"})
_COLOUR_OF = {"grey": "gray", "navy": "blue", "teal": "green", "maroon": "brown", "magenta": "purple"} | {
    name: name for name in COLOURS
}


class RawHtml(HTMLParser):
    """Rewrites one piece of HTML. A piece may be a single tag, so tags need not match within it."""

    def __init__(self, collector: Collector, line: int) -> None:
        super().__init__(convert_charrefs=True)
        self._collector = collector
        self._first_line = line
        self._out: list[str] = []
        self.skipping = ""  # the tag whose content is being dropped
        self._skipped_text: list[str] = []
        self._depth = 0
        self._href: str | None = None
        self._link_text: list[str] = []
        self._link_has_picture = False
        self._quotation: Quotation | None = None

    def rewrite(self, html: str) -> str:
        self.feed(parseable(html))
        self.close()
        if self.skipping:
            self._skipped_text.append(self.rawdata)  # the parser keeps the content of a script without an end tag
            self._tell_of_loss()
        if self._quotation:
            self._end_quotation()
        return "".join(self._out)

    @property
    def open_link(self) -> tuple[str, str] | None:
        """Target and text of a link that this piece opened and did not close; None without one."""
        return None if self._href is None else (self._href, "".join(self._link_text))

    @property
    def _line(self) -> int:
        return self._first_line + self.getpos()[0] - 1

    def _write(self, html: str) -> None:
        (self._quotation.part() if self._quotation else self._out).append(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in reversed(attrs)}
        classes = set(attributes.get("class", "").split())
        if self.skipping:
            self._depth += tag == self.skipping
        elif tag == "iframe":
            self._write(self._frame(attributes))
            self._skip(tag)
        elif found := _script_or_quotation_embed(tag, classes, attributes):
            self._write(self._collector.embed_html(found, attributes.get("title", ""), self._line))
            self._skip(tag)
        elif tag in _WITH_CONTENT:
            self._skip(tag)
        elif tag == "blockquote" and classes & QUOTED and not self._quotation:
            self._quotation = Quotation()
        elif tag == "a":
            self._begin_link(attributes)
            self._write(self._collector.raw_anchor(attributes.get("id") or attributes.get("name", "")))
        elif tag == "img":
            self._link_text.append(attributes.get("alt", ""))
            self._link_has_picture = True
            self._write(
                image_html(
                    attributes.get("src", ""),
                    attributes.get("alt", ""),
                    attributes.get("title", ""),
                    self._collector,
                    self._line,
                )
            )
        elif tag in {"video", "audio"}:
            self._collector.player = "" if "src" in attributes else tag
            self._write(self._player(tag, attributes))
        elif tag == "source" and self._collector.player and attributes.get("src"):
            self._write(self._player(self._collector.player, attributes))
            self._collector.player = ""
        elif (name := _RENAMED.get(tag, tag)) in RAW_TAGS:
            if self._quotation and name == "p":
                self._quotation.inside = True
            anchor = self._collector.raw_anchor(attributes.get("id", ""))
            written = f"<{name}{_attributes(tag, attributes)}>"
            self._write(anchor + written if name in _WITHOUT_TEXT else written + anchor)

    def handle_endtag(self, tag: str) -> None:
        if self.skipping:
            self._depth -= tag == self.skipping
            if self._depth <= 0:
                if self.skipping in SHOWN_BY_BROWSERS:
                    self._tell_of_loss()
                self.skipping = ""
        elif tag == "blockquote" and self._quotation:
            self._end_quotation()
        elif tag == "a":
            self._end_link()
        elif (name := _RENAMED.get(tag, tag)) in RAW_TAGS and name not in _VOID:
            self._write(f"</{name}>")
            if self._quotation and name == "p":
                self._quotation.inside = False

    def handle_data(self, data: str) -> None:
        if self.skipping:
            self._skipped_text.append(data)
            return
        self._write(escape(data, quote=False))
        self._link_text.append(data)

    def _skip(self, tag: str) -> None:
        self.skipping, self._depth, self._skipped_text = tag, 1, []

    def _tell_of_loss(self) -> None:
        if text := " ".join("".join(self._skipped_text).split()):
            self._collector.warn(LOST_TEXT, text[:60], self._line)

    def _frame(self, attributes: Attributes) -> str:
        src = with_scheme(attributes.get("src", ""))
        found = None if "srcdoc" in attributes else parse_embed(secured(src))
        if found:
            return self._collector.embed_html(found, attributes.get("title", ""), self._line)
        if not src.startswith(("https://", "http://")):
            self._collector.warn("A frame without an address was left out.", "", self._line)
            return ""
        self._collector.warn(LINKED_PLAYER, src, self._line)
        words = attributes.get("title") or _name_of_player(src)
        self._collector.link(src, words, self._line)
        return f'<p class="remote-player"><a href="{escape(src)}">{escape(words)}</a></p>'

    def _player(self, tag: str, attributes: Attributes) -> str:
        """Return a player for a recording of this site, a link for one of another site."""
        src = with_scheme(attributes.get("src", ""))
        if not src:
            return ""
        if is_remote(src):
            words = attributes.get("title") or _name_of_player(src)
            self._collector.warn(LINKED_PLAYER, src, self._line)
            self._collector.link(src, words, self._line)
            return f'<a class="remote-player" href="{escape(src)}">{escape(words)}</a>'
        return f'<{tag} src="{escape(self._collector.resolved(src))}" controls preload="none"></{tag}>'

    def _begin_link(self, attributes: Attributes) -> None:
        href = attributes.get("href")
        if href is None:
            return
        if self._href is not None:
            self._end_link()
        href = "https:" + href if href.startswith("//") else href
        if self._quotation:
            href = self._quotation.link(href)
        self._href, self._link_text, self._link_has_picture = href, [], False
        kept = "".join(f' {name}="{escape(attributes[name])}"' for name in ("lang", "title") if name in attributes)
        self._write(f'<a href="{escape(self._collector.resolved(href))}"{kept}>')

    def _end_link(self) -> None:
        if self._href is not None:
            text = "".join(self._link_text).strip()
            if not text and not self._link_has_picture:
                self._write(escape(self._href))
            self._collector.link(self._href, text or self._href, self._line)
            self._href = None
        # Even without a beginning: the link may have begun in an earlier piece.
        self._write("</a>")

    def _end_quotation(self) -> None:
        quotation, self._quotation = self._quotation, None
        if quotation:
            self._write(quotation.html())


def _name_of_player(address: str) -> str:
    """Return the host, after the name of the file if the address has one: `7.mp3 (audio.example)`."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    host = (parts.hostname or "").removeprefix("www.").removeprefix("w.")
    file = unquote(parts.path).rpartition("/")[2]
    return f"{file} ({host})" if "." in file and host else host or address


def _script_or_quotation_embed(tag: str, classes: set[str], attributes: Attributes) -> Embed | None:
    """Return the embed of a script, or of a quotation that a script replaces: some sites offer these, not a frame."""
    if tag == "script" and "speakerdeck-embed" in classes:
        return embed("speakerdeck", attributes.get("data-id", ""))
    if tag == "blockquote" and "instagram-media" in classes:
        return parse_embed(attributes.get("data-instgrm-permalink", ""))
    if tag == "blockquote" and "mastodon-embed" in classes:
        return parse_embed(attributes.get("data-embed-url", ""))
    return None


def _attributes(tag: str, attributes: Attributes) -> str:
    kept = [(name, attributes[name]) for name in ("lang", "dir", *ATTRIBUTES.get(tag, ())) if name in attributes]
    style = attributes.get("style", "").replace(" ", "").lower()
    if tag == "center" or "text-align:center" in style or attributes.get("align") == "center":
        kept.append(("class", "center"))
    colour = _COLOUR_OF.get(attributes.get("color", "").lower()) if tag == "font" else None
    if colour:
        kept.append(("class", f"colour-{colour}"))
    return "".join(f' {name}="{escape(value)}"' for name, value in kept)
