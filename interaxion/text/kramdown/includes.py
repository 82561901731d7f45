"""Markdown for the includes (`{% include figure.html … %}`) that we know."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from interaxion.text.source_errors import gettext_noop


@dataclass(frozen=True)
class Written:
    text: str
    left_out: tuple[tuple[str, Mapping[str, str]], ...] = ()  # messages and their parameters


def write_include(file: str, parameters: str, indent: str | None) -> Written | None:
    """Return the replacement of an include; None if we do not know it.

    `indent` is the white space before it on its line; None if there is other text on the line.
    """
    write = INCLUDES.get(file)
    return write(_read_parameters(parameters), indent) if write else None


def _read_parameters(text: str) -> dict[str, str]:
    found = re.findall(r"""([\w-]+)=(?:"((?:\\.|[^"\\])*)"|'([^']*)')""", text, re.DOTALL)
    return {name: (re.sub(r"\\(.)", r"\1", double) or single).strip() for name, double, single in found}


def _write_figure(given: Mapping[str, str], indent: str | None) -> Written:
    description = given.get("description", "")
    image = f"![{_plain(description)}]({spell_address(given.get('url', ''))})"
    text = image + _caption(description, indent)
    if width := given.get("width"):
        return Written(text, ((gettext_noop("the width %(width)s is left out"), {"width": width}),))
    return Written(text)


def _write_video(given: Mapping[str, str], indent: str | None) -> Written:
    video = f'<video src="{escape(given.get("url", ""))}" controls></video>'
    return Written(video + _caption(given.get("description", ""), indent))


def _caption(description: str, indent: str | None) -> str:
    """Return the description, which may contain links, as a paragraph below, or on the same line if that is shared."""
    if not description:
        return ""
    if indent is None:
        return f" {description}"
    return "".join(f"\n{indent}{line.lstrip()}" for line in ("", *description.split("\n")))


def _write_amazon(given: Mapping[str, str], indent: str | None) -> Written:
    address = given.get("url", "")
    text = _link(given.get("title") or address, address)
    if image := given.get("image"):
        return Written(text, ((gettext_noop("a shop's picture is left out: %(image)s"), {"image": image}),))
    return Written(text)


def _write_keyword(given: Mapping[str, str], indent: str | None) -> Written:
    index = given.get("index", "")
    return Written(_link(given.get("title") or index, f"/keywords/{index}/"))


def _write_open_access(given: Mapping[str, str], indent: str | None) -> Written:
    return Written("(Open Access)")


def _link(text: str, address: str) -> str:
    return f"[{_escape(text)}]({spell_address(address)})"


def spell_address(url: str) -> str:
    """Escape the characters that would end a URL in Markdown's `](…)`."""
    return re.sub(r"[\s()<>]", lambda found: quote(found[0]), url)


def _plain(markdown: str) -> str:
    """Return inline Markdown as the alternative text of a picture: without links, tags and line breaks."""
    without_links = re.sub(r"\[([^][]*)\]\([^()]*\)", r"\1", markdown)
    return _escape(re.sub(r"<[^<>]*>", " ", without_links))


def _escape(text: str) -> str:
    return re.sub(r"([][])", r"\\\1", " ".join(text.split()))


INCLUDES: Mapping[str, Callable[[Mapping[str, str], str | None], Written]] = {
    "figure.html": _write_figure,
    "video.html": _write_video,
    "amazon.html": _write_amazon,
    "keyword.html": _write_keyword,
    "open-access-logo.html": _write_open_access,
}
