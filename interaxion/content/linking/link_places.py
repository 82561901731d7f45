"""The links that a rendered text holds, each with its place and the name that it gives to its target."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from interaxion.content import paths
from interaxion.content.linking.works import Work
from interaxion.content.publishing.derived_rows import Rewrite
from interaxion.text.addresses import WorkIdentity, identify, says_nothing
from interaxion.text.citations import SHORTEST_NAME, cited_as, title_in, title_in_words
from interaxion.text.markdown import Heading
from interaxion.text.markdown import RenderedLink as Found
from interaxion.text.references import references_below
from interaxion.text.site_names import without_site_name

#: The columns of what a link says by itself, by which a stored one is known to be still what the text says.
OWN_COLUMNS = (
    *("position", "anchor", "heading", "starts_at", "reference_number", "text", "cited_as", "name", "url"),
    *("own_path", "work_id"),
)


@dataclass
class LinkPlace:
    """A link that was found in a text, with what its address identifies and the link before it."""

    position: int
    found: Found
    url: str
    identity: WorkIdentity
    before: Found | None
    heading: str
    starts_at: int | None
    reference_number: int | None

    def columns(self, work: Work | None) -> dict[str, Any]:
        """Return what the link says by itself, in the order of `OWN_COLUMNS`."""
        return {
            "position": self.position,
            "anchor": self.found.anchor[:500],
            "heading": self.heading,
            "starts_at": self.starts_at,
            "reference_number": self.reference_number,
            "text": self.found.text,
            **_name(self.found, self.before),
            "url": self.url,
            "own_path": own_path_of(self.identity.key) if self.identity.kind == "own" else "",
            "work_id": work.pk if work else None,
        }


def links_in(rewrite: Rewrite, hosts: Collection[str]) -> Iterator[LinkPlace]:
    """Yield the links of a rendered text, but for a fragment of the same page and e-mail addresses."""
    headings = rewrite.outline.headings
    places, references = places_of(headings), references_below(headings)
    players = [Found(embed.url, "", embed.line, _anchor_at(embed.line, headings)) for embed in rewrite.outline.embeds]
    found = [*rewrite.outline.links, *players]
    for position, each in enumerate(found):
        url = rewrite.thing.address_of(each.url) or each.url
        if identity := identify(url, hosts):
            is_reference = each.anchor in references
            before = found[position - 1] if position and not is_reference else None
            number = each.item if is_reference else None
            yield LinkPlace(position, each, url, identity, before, *places.get(each.anchor, ("", None)), number)


def _name(link: Found, before: Found | None) -> dict[str, str]:
    """Return `cited_as` and `name` of a link: its own words name its target, unless they are a number or a label.

    Then the link before it in the same sentence does, else the words before it.
    """
    if not says_nothing(link.text):
        return {"cited_as": "", "name": without_site_name(title_in_words(link.text), link.url)}
    if before and before.text in link.lead and len(before.text) >= SHORTEST_NAME and not says_nothing(before.text):
        cited = without_site_name(before.text, before.url)
    else:
        cited = cited_as(link.lead)
        cited = "" if says_nothing(cited) else cited
    return {"cited_as": cited, "name": title_in(cited)}


def own_hosts() -> set[str]:
    """Return the hosts of this site, with their ports."""
    return {urlsplit(settings.SITE_URL).netloc.lower(), settings.SITE_HOST}


def places_of(headings: Iterable[Heading]) -> dict[str, tuple[str, int | None]]:
    """Return, by anchor, each heading and its time in seconds: without one that of the heading around it, else None."""
    places = {}
    around: list[Heading] = []
    for heading in headings:
        around = [*(above for above in around if above.level < heading.level), heading]
        starts_at = next((above.starts_at for above in reversed(around) if above.starts_at is not None), None)
        places[heading.anchor] = (heading.text, starts_at)
    return places


def _anchor_at(line: int, headings: Iterable[Heading]) -> str:
    return next((heading.anchor for heading in reversed(tuple(headings)) if heading.line <= line), "")


def own_path_of(key: str) -> str:
    """Return the path, as `Path` spells it, for the key of an "own" address by `identify()`; "" for the front page."""
    path = key.partition(":")[2]
    for code, _name in settings.LANGUAGES:
        path = path.removeprefix(f"/{code}") if path.startswith(f"/{code}/") else path
    path = paths.normalise(path)
    return path if path != "/" and len(path) <= paths.LONGEST else ""
