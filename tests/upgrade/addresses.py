"""Print what visitors read at every address of the sitemap, as JSON: `python -m tests.upgrade.addresses`."""

import json
import os
import re
import sys
from html.parser import HTMLParser

import django


class WrittenText(HTMLParser):
    """The heading of a page, and the texts that somebody wrote (`prose`), without white space between them.

    Words of the templates are left out: a later release may choose others.
    """

    #: Elements without an end tag.
    VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.heading, self.text = "", ""
        self._in_heading, self._depth = False, 0
        self.feed(html)
        self.text = re.sub(r"\s+", "", self.text)
        self.heading = " ".join(self.heading.split())

    def handle_starttag(self, tag, attrs):
        if tag == "h1":
            self._in_heading = True
        if tag not in self.VOID and (self._depth or "prose" in (dict(attrs).get("class") or "").split()):
            self._depth += 1

    def handle_endtag(self, tag):
        if tag == "h1":
            self._in_heading = False
        if self._depth and tag not in self.VOID:
            self._depth -= 1

    def handle_data(self, data):
        if self._in_heading:
            self.heading += data
        if self._depth:
            self.text += data


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interaxion.settings")
    django.setup()
    from django.conf import settings  # noqa: PLC0415 (they are read after the set-up)
    from django.test import Client  # noqa: PLC0415

    from tests.sitemap_files import pages_in_sitemap  # noqa: PLC0415

    client = Client(headers={"host": settings.SITE_URL.partition("://")[2]})
    found = {}
    for path in sorted(pages_in_sitemap(client)):
        response = client.get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answers {response.status_code}")
        page = WrittenText(response.content.decode())
        found[path] = [page.heading, page.text]
    json.dump(found, sys.stdout, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
