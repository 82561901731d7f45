"""Public pages read by tests: title, headings, ids, what they load, inline scripts and styles."""

import re
from html.parser import HTMLParser
from typing import Any


def html_of(response: Any) -> str:
    """Return the HTML of a response with each tag on one line: templates break long tags."""
    return re.sub(
        r"<[a-zA-Z/][^<>]*>", lambda tag: " ".join(tag[0].split()).replace(" >", ">"), response.content.decode()
    )


class HtmlPage(HTMLParser):
    """The facts about a page that tests ask for, collected while it is parsed."""

    LOADING = {
        ("img", "src"),
        ("script", "src"),
        ("audio", "src"),
        ("video", "src"),
        ("iframe", "src"),
        ("source", "src"),
    }

    def __init__(self, html: str) -> None:
        super().__init__()
        self.title = ""
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.fragments: list[str] = []
        self.inline: list[str] = []
        self.loaded: list[str] = []
        self.scripts: list[str] = []
        self.alternates: dict[str, str] = {}
        self.languages: list[str] = []
        self.landmarks: list[str] = []
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self._open = tag
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in values:
            self.ids.append(values["id"])
        if values.get("href", "").startswith("#"):
            self.fragments.append(values["href"][1:])
        if "style" in values or tag == "style" or any(name.startswith("on") for name in values):
            self.inline.append(tag)
        # A data block is no script: nothing of it runs.
        if tag == "script" and values.get("type") != "application/ld+json":
            self.scripts.append(values.get("src", "inline"))
        self.loaded += [value for name, value in values.items() if (tag, name) in self.LOADING]
        if tag == "link" and values.get("rel") in {"stylesheet", "icon", "preload", "manifest"}:
            self.loaded.append(values["href"])
        if tag == "link" and "hreflang" in values:
            self.alternates[values["hreflang"]] = values["href"]
        if tag == "html":
            self.languages.append(values["lang"])
        if tag in {"header", "main", "footer", "nav"}:
            self.landmarks.append(tag)

    def handle_data(self, data):
        if self._open == "title":
            self.title += data.strip()
