"""Links to a place, `#waves` or `/57#waves`, that is not there: the page opens at its top."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from html import unescape
from urllib.parse import unquote, urlsplit

from django.conf import settings

from interaxion.content.importing.editions import split_language
from interaxion.content.paths import Path, normalise
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.markdown import Rendered
from interaxion.text.markdown.rendered import RenderedLink

#: Of one text; further pages are not looked at.
MOST_PAGES = 100
_ID = re.compile(r' id="([^"]*)"')
#: Places of every page, times, which lead to a second of the audio, and quoted words, which browsers look for.
_EVERYWHERE = re.compile(r"(?:top|main|navigation|[\w-]+-heading|t[-=][\d:.hms]+|:~:.*)?")


def find_lost_anchors(rendered: Rendered) -> Iterator[tuple[RenderedLink, str]]:
    """Yield the links to places that their page does not have, once for each, with the address of that page or ""."""
    wanted: dict[str, dict[str, RenderedLink]] = defaultdict(dict)
    for link in rendered.outline.links:
        page, place = _target_of(link.url)
        if place and not _EVERYWHERE.fullmatch(place):
            wanted[page].setdefault(place, link)
    own = wanted.pop("", {})
    yield from ((own[place], "") for place in _lost(own, rendered.html))
    for page, html in _html_of(list(wanted)[:MOST_PAGES]):
        yield from ((wanted[page][place], page) for place in _lost(wanted[page], html))


def _lost(places: Collection[str], html: str) -> Iterator[str]:
    there = {unescape(id) for id in _ID.findall(html)} if places else set()
    return (place for place in places if not there & {place, f"anchor-{place}"})


def _target_of(url: str) -> tuple[str, str]:
    """Return the address of the page of this site, "" for the text itself, and the place; ("", "") for other links."""
    try:
        parts = urlsplit(url.removeprefix(settings.SITE_URL) if url.startswith(f"{settings.SITE_URL}/") else url)
    except ValueError:
        return "", ""
    is_own = not parts.scheme and not parts.netloc and (parts.path.startswith("/") or url.startswith("#"))
    if not is_own:
        return "", ""
    return parts.path and normalise(split_language(unquote(parts.path))[1]), unquote(parts.fragment)


def _html_of(pages: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the pages that show content, each with the HTML of its text."""
    rows = Path.objects.filter(path__in=pages) if pages else ()
    keys: dict[type[Publishable], dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if (kind := row.owner_model) and issubclass(kind, Publishable):
            keys[kind][row.object_id].append(row.path)
    for kind, of_kind in keys.items():
        for pk, html in kind.objects.filter(pk__in=of_kind).values_list("pk", "html"):
            yield from ((page, html) for page in of_kind[pk])
