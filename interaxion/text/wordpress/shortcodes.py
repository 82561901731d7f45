"""Shortcodes: those of WordPress itself as HTML, those of plugins left out and told.

https://codex.wordpress.org/Shortcode
"""

import re
from collections.abc import Callable
from html import escape, unescape

from interaxion.text.source_errors import Note, gettext_noop
from interaxion.text.tag_pairs import ends_of

_TAG = re.compile(
    r"(?<!\[)\[(?P<end>/)?(?P<name>[a-z][\w-]*)(?P<given>(?:[\s=](?:[^\[\]\"]|\"[^\"\[\]]*\")*)?)/?\](?!\])"
)
_SHOWN_AS_IT_IS = re.compile(r"\[(\[[^\[\]]*\])\]")
_ARGUMENT = re.compile(r"(?:([\w-]+)\s*=\s*)?(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=]+))")
_CAPTION = re.compile(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.DOTALL)
_FORMULA = re.compile(r"\$latex\s+([^$\n]{1,2000})\$")

#: Players of plugins, in whose place this site has its own; and what only arranges text.
_SILENT = frozenset({
    "powerpress", "powerpress_playlist", "podcast_episode", "podcast_player", "ss_player", "smart_track_player",
    "podlove-episode-web-player", "podlove-web-player", "more",
})  # fmt: skip
_PLAYERS = frozenset({"youtube", "vimeo", "soundcloud", "spotify"})
_ADDRESS = re.compile(r"https?://[^\s\"'<>\[\]]+")
_CODE = frozenset({"code", "sourcecode", "source", "php", "python", "bash", "html", "css", "js", "javascript"})


class Shortcodes:
    """Rewrites the shortcodes of a content; collects the notes."""

    def __init__(self, picture: Callable[[str], str | None]) -> None:
        self.picture = picture
        self.notes: list[Note] = []
        self._told: set[str] = set()

    def rewrite(self, content: str) -> str:
        """Return the content without shortcodes; brackets that only look like one stay."""
        out: list[str] = []
        at = 0
        ends = ends_of(_TAG, content)
        while tag := _TAG.search(content, at):
            out.append(content[at : tag.start()])
            end = ends.get(tag.start())
            inner = content[tag.end() : end[0]] if end else None
            written, is_whole = self._write(tag, inner)
            out.append(written)
            at = end[1] if end and is_whole else tag.end()
        text = "".join([*out, content[at:]])
        return _FORMULA.sub(r"<code>$\1$</code>", _SHOWN_AS_IT_IS.sub(r"\1", text))

    def _write(self, tag: re.Match[str], inner: str | None) -> tuple[str, bool]:
        """Return what stands for a tag, and whether it stands for all up to the end tag."""
        name, given = tag["name"].lower(), _arguments(tag["given"])
        if tag["end"]:
            return "" if name in self._told or name in _SILENT else tag[0], False
        source = next((given[key] for key in ("src", "mp3", "m4a", "ogg", "wav", "mp4", "webm") if key in given), "")
        if name == "caption" and inner is not None:
            return _figure(inner, given.get("caption", "")), True
        if name == "embed" and inner is not None:
            return f"\n\n{inner.strip()}\n\n", True
        if name in ("audio", "video") and (source := source or given.get("0", "")):
            return f'\n\n<{name} src="{escape(source)}"></{name}>\n\n', True
        if name in _PLAYERS and (address := _ADDRESS.search(unescape(tag["given"]))):
            return f"\n\n{address[0]}\n\n", True
        if name == "gallery" and "ids" in given:
            pictures = filter(None, map(self.picture, re.findall(r"\d+", given["ids"])))
            return "".join(f'<p><img src="{escape(address)}" alt=""></p>' for address in pictures), True
        if name in _CODE and inner is not None:
            language = given.get("language") or given.get("lang") or (name if name not in ("code", "source") else "")
            classes = f' class="language-{escape(language)}"' if language and language != "sourcecode" else ""
            return f"<pre><code{classes}>{escape(unescape(inner.strip(chr(10))))}</code></pre>", True
        if name in _SILENT:
            return "", False
        if inner is None and "=" not in tag["given"]:
            return tag[0], False  # such as [sic]
        if name not in self._told:
            self._told.add(name)
            message = gettext_noop("the shortcode %(name)s is left out; text between its tags stays")
            self.notes.append(Note(1, message, {"name": tag["name"]}))
        return "", False


def _arguments(given: str) -> dict[str, str]:
    """Return the named arguments by name, the others by their position."""
    found = {}
    for position, (key, *values) in enumerate(_ARGUMENT.findall(unescape(given).lstrip("="))):
        found[(key or str(position)).lower()] = "".join(values)
    return found


def _figure(inner: str, caption: str) -> str:
    found = _CAPTION.fullmatch(inner)
    if not found:
        return inner
    words = caption or found[2].strip()
    return f"<figure>{found[1]}<figcaption>{words}</figcaption></figure>" if words else found[1]
