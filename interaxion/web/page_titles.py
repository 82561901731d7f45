"""The title of an HTML page, as a browser shows it in its tab."""

import re
from contextlib import suppress
from html.parser import HTMLParser

LONGEST = 300  # characters
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def read_page_title(body: bytes) -> str:
    """Return the text of `<title>`, else that of `og:title`; "" for a page without either."""
    reader = _TitleReader()
    with suppress(AssertionError):  # at `<![` with an unknown keyword; the text before it has been parsed
        reader.feed(_decode(body))
    return tidy_title(reader.title) or tidy_title(reader.shared_title)


def tidy_title(title: str) -> str:
    """Return the title in one line, without invisible characters, cut to `LONGEST`."""
    line = " ".join(title.split())
    return "".join(character for character in line if character.isprintable())[:LONGEST].strip()


def _decode(body: bytes) -> str:
    """Decode valid UTF-8 as such, whatever the page declares; older Japanese pages are often in another encoding."""
    declared = _DECLARED.search(body[:4096])
    for encoding in ("utf-8-sig", declared[1].decode() if declared else "", "euc_jp", "cp932"):
        try:
            return body.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return body.decode(errors="replace")


class _TitleReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.title = self.shared_title = ""
        self._is_inside = self._is_done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "title" and not self._is_done:
            self._is_inside = True
        elif tag == "svg":
            self._is_done = True  # a <title> from here on may be that of a drawing
        elif tag == "meta" and values.get("property", values.get("name")) == "og:title":
            self.shared_title = self.shared_title or values.get("content", "")

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "title" and self._is_inside:
            self._is_inside, self._is_done = False, True
