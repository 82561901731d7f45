"""Every address of a site, by its kind, in order. Pages beyond the first of a list are found by their links."""

from django.urls import reverse
from django.utils.encoding import iri_to_uri

from episodes.models import Transcript
from interaxion.sitewide.content_view import PARTS
from interaxion.sitewide.sitemap.pages import find_files, find_pages

#: What no sitemap lists.
ALONE = ("/robots.txt", "/healthz", "/sitemap.xml", "/feed.xml", "/atom.xml", "/blog/feed.xml", "/feedback/thanks/")
#: A word, a single character, a word with a filter, and what nobody wrote.
SEARCHES = ("超伝導", "光", "speaker:oka 温度", "ありえない語")
#: Sections of the sitemap whose pages have a feed, and those with further parts.
WITH_FEED, WITH_PARTS = ("courses", "speakers", "tags"), ("episodes",)


def addresses() -> dict[str, list[str]]:
    """Return the addresses that answer with 200, by kind."""
    found: dict[str, list[str]] = {address: [address] for address in ALONE}
    said = {iri_to_uri(each.episode.path) for each in Transcript.objects.filter(is_published=True)}
    found["search"] = [reverse("search", query={"q": words}) for words in SEARCHES]
    for section, number, _changed_at in find_files():
        found.setdefault("sitemap file", []).append(reverse("sitemap_file", args=[section, number]))
        paths = [iri_to_uri(page.path) for page in find_pages(section, number)]
        found.setdefault(section, []).extend(paths)
        found.setdefault(f"{section}, English", []).extend(f"/en{path}" for path in paths)
        if section in WITH_FEED:
            found.setdefault(f"{section} feed", []).extend(f"{path.rstrip('/')}/feed.xml" for path in paths)
        for part in PARTS if section in WITH_PARTS else ():
            with_part = [path for path in paths if path in said] if part.startswith("transcript") else paths
            if with_part:
                found.setdefault(f"{section} {part}", []).extend(f"{path}/{part}" for path in with_part)
    return found
