"""Shortcodes: those that are plain data are written as Markdown, the others are left out and told, their text stays.

https://gohugo.io/content-management/shortcodes/
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape

from interaxion.text.source_errors import Note, gettext_noop
from interaxion.text.tag_pairs import ends_of

_TAG = re.compile(
    r"\{\{(?P<open>[<%])\s*(?P<end>/)?\s*(?P<name>\w[\w./-]*)"
    r"(?P<given>(?:[^\"`<>%]|\"(?:[^\"\\]|\\.){0,300}\"|`[^`]{0,300}`|[<>%](?!\}\})){0,500}?)/?\s*[>%]\}\}"
)
_SHOWN_AS_IT_IS = re.compile(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", re.DOTALL)
_ARGUMENT = re.compile(
    r"(?:(?P<key>[\w-]+)=)?(?:\"(?P<quoted>(?:[^\"\\]|\\.)*)\"|`(?P<raw>[^`]*)`|(?P<bare>[^\s\"`]+))"
)
#: Heading attributes: only the id stays.
_ATTRIBUTES = re.compile(r"^(#{1,6}[ \t].*?)[ \t]*\{([^{}\n]*[.#=][^{}\n]*)\}[ \t]*$", re.MULTILINE)

Arguments = Mapping[str, str]

#: Players → the address by what is given; the first argument is that of position 0 or one of these keys.
PLAYERS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "youtube": (("id",), "https://www.youtube.com/watch?v={}"),
    "vimeo": (("id",), "https://vimeo.com/{}"),
    "instagram": (("id",), "https://www.instagram.com/p/{}/"),
    "tweet": (("id",), "https://x.com/i/status/{}"),
    "x": (("id",), "https://x.com/i/status/{}"),
    "twitter": (("id",), "https://x.com/i/status/{}"),
    "soundcloud": (("url", "id"), "{}"),
    "speakerdeck": (("url", "id"), "{}"),
}
#: Shortcodes of themes around a text that stays as it is, without a word about them.
_BOXES = frozenset({"rawhtml", "html", "center", "markdown", "md"})


@dataclass
class Shortcodes:
    """Shortcodes of a page with all that they may know of the site; collects the notes."""

    find_page: Callable[[str], str | None]  # the address of the page that `ref` names
    parameter: Callable[[str], str | None]  # of the page, else of the site
    first_line: int = 1
    notes: list[Note] = field(default_factory=list)

    def rewrite(self, body: str) -> str:
        """Return the Markdown without shortcodes."""
        body = _ATTRIBUTES.sub(_keep_id, body)
        if "{{" not in body:
            return body
        out: list[str] = []
        at = 0
        ends = ends_of(_TAG, body)
        while tag := _TAG.search(body, at):
            out.append(body[at : tag.start()])
            end = ends.get(tag.start())
            inner = body[tag.end() : end[0]] if end else None
            written, is_whole = self._write(tag, inner, body)
            out.append(written)
            at = end[1] if is_whole and end else tag.end()
        text = "".join([*out, body[at:]])
        return _SHOWN_AS_IT_IS.sub(lambda found: f"{{{{{found[1]}{found[2]}{found[3]}}}}}", text)

    def _write(self, tag: re.Match[str], inner: str | None, body: str) -> tuple[str, bool]:
        """Return what stands for a tag, and whether it stands for all up to the end tag."""
        name, given = tag["name"].lower(), _arguments(tag["given"])
        if tag["end"]:
            return "", False
        if name in PLAYERS and (address := _player(name, given)):
            return _alone(address, tag, body), True
        if name == "gist" and "0" in given and "1" in given:
            return _alone(f"https://gist.github.com/{given['0']}/{given['1']}", tag, body), True
        if name == "spotify" and "id" in given:
            return _alone(f"https://open.spotify.com/{given.get('type', 'episode')}/{given['id']}", tag, body), True
        if name in ("ref", "relref") and (named := given.get("path") or given.get("0")):
            return self._reference(named, tag, body), True
        if name in ("figure", "img", "image") and (given.get("src") or given.get("0")):
            return _figure(given), True
        if name == "highlight" and inner is not None:
            return _alone(f"```{given.get('0', '')}\n{inner.strip(chr(10))}\n```", tag, body), True
        if name in ("audio", "video") and (source := given.get("src") or given.get("0")):
            return f'<{name} src="{escape(source)}" controls></{name}>', True
        if name == "details" and inner is not None:
            summary = escape(given.get("summary") or given.get("title") or given.get("0", ""))
            return f"<details>\n<summary>{summary}</summary>\n\n{self._inside(inner)}\n\n</details>", True
        if name == "param" and (value := self.parameter(given.get("0", ""))):
            return value, True
        if name not in _BOXES:
            message = gettext_noop("the shortcode %(name)s is left out; text between its tags stays")
            self._note(tag, body, message, name=tag["name"])
        return "", False

    def _inside(self, inner: str) -> str:
        part = Shortcodes(self.find_page, self.parameter, self.first_line, self.notes)
        return part.rewrite(inner).strip("\n")

    def _reference(self, named: str, tag: re.Match[str], body: str) -> str:
        page, _hash, anchor = named.partition("#")
        address = self.find_page(page) if page else ""
        if address is None:
            self._note(tag, body, gettext_noop("the page %(file)s is missing"), file=page)
            address = page
        return address + (f"#{anchor}" if anchor else "")

    def _note(self, tag: re.Match[str], body: str, message: str, **params: object) -> None:
        self.notes.append(Note(self.first_line + body.count("\n", 0, tag.start()), message, params))


def _arguments(given: str) -> dict[str, str]:
    """Return the named arguments by name, the others by their position."""
    found: dict[str, str] = {}
    for position, argument in enumerate(_ARGUMENT.finditer(given)):
        value = argument["raw"] or argument["bare"] or ""
        if argument["quoted"] is not None:
            value = re.sub(r"\\(.)", r"\1", argument["quoted"])
        found[(argument["key"] or str(position)).lower()] = value
    return found


def _player(name: str, given: Arguments) -> str:
    keys, pattern = PLAYERS[name]
    value = next(filter(None, (given.get(key, "") for key in (*keys, "0"))), "")
    if not re.fullmatch(r"[\w./:?=&@%~-]+", value):
        return ""
    return value if value.startswith(("https://", "http://")) else pattern.format(value)


def _alone(text: str, tag: re.Match[str], body: str) -> str:
    """Return the text as lines of its own."""
    before = "" if tag.start() == 0 or body[tag.start() - 1] == "\n" else "\n\n"
    after = "" if body[tag.end() : tag.end() + 1] in ("", "\n") else "\n\n"
    return f"{before}{text}{after}"


def _figure(given: Arguments) -> str:
    """Return a picture in Markdown, or as a figure in HTML if it has a caption."""
    source, caption = given.get("src") or given.get("0", ""), given.get("caption") or given.get("title", "")
    alt, link = given.get("alt", ""), given.get("link", "")
    if not caption:
        picture = f"![{alt.translate({91: None, 93: None})}](<{source}>)" if " " in source else f"![{alt}]({source})"
        return f"[{picture}]({link})" if link else picture
    picture = f'<img src="{escape(source)}" alt="{escape(alt)}">'
    picture = f'<a href="{escape(link)}">{picture}</a>' if link else picture
    return f"<figure>{picture}<figcaption>{escape(caption, quote=False)}</figcaption></figure>"


def _keep_id(found: re.Match[str]) -> str:
    named = re.search(r"(?:^|\s)#([^\s{}]+)", found[2])
    return f"{found[1]} {{#{named[1]}}}" if named else found[1]
