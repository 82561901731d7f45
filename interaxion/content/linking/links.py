"""Links: every address found in a piece of content, with its place. Derived; rewritten by every save."""

from collections.abc import Iterable
from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

from interaxion.content import paths
from interaxion.content.linking.works import Work, find_or_make_works
from interaxion.content.owned_rows import owned_by
from interaxion.content.publishing.derived_rows import DerivedRow, Rewrite, facts_of
from interaxion.text.addresses import identify, says_nothing
from interaxion.text.citations import SHORTEST_NAME, cited_as, title_in, title_in_words, without_site
from interaxion.text.markdown import Heading
from interaxion.text.markdown import RenderedLink as Found
from interaxion.text.references import references_below


class Link(DerivedRow):
    position = models.PositiveIntegerField()
    #: Of the heading it stands under, "" before the first and in footnotes.
    anchor = models.CharField(max_length=500, blank=True)
    heading = models.TextField(blank=True)
    #: Seconds: the time of that heading, or of the one around it.
    starts_at = models.PositiveIntegerField(null=True)
    #: Its number in the list of references that it stands in.
    reference_number = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True)
    #: What stands before it and names what it leads to, where its own words say nothing: an entry of a list of
    #: references (`… (2007). Title. Journal. DOI:`), or the title that `arXiv` in brackets follows.
    cited_as = models.TextField(blank=True)
    #: As it is written.
    url = models.TextField()
    #: Where it points to a page of this site, as `Path` spells it; else "".
    own_path = models.CharField(max_length=paths.LONGEST, blank=True, db_index=True)
    work = models.ForeignKey(Work, on_delete=models.SET_NULL, null=True, related_name="links")

    rewrite_order: ClassVar[int] = 1

    class Meta(DerivedRow.Meta):
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return self.url

    @classmethod
    def rewrite(cls, rewrite: Rewrite) -> None:
        rewrite.pages_before = pages_linked_by(rewrite.thing)
        write_links(rewrite)

    @property
    def name(self) -> str:
        """What this place calls that which it leads to, "" where it does not say."""
        return title_in(self.cited_as) if says_nothing(self.text) else title_in_words(self.text)

    def get_absolute_url(self) -> str:
        return super().get_absolute_url() + (f"#{self.anchor}" if self.anchor else "")


def pages_linked_by(thing: models.Model) -> set[int]:
    """Return the ids of the works without a number (pages of the web) that `thing` links."""
    return set(Link.objects.of(thing).filter(work__kind="url").values_list("work", flat=True))


def write_links(rewrite: Rewrite) -> None:
    """Replace the links of a thing by those in its rendered source. Make works as needed; note the numbered ones."""
    thing, outline = rewrite.thing, rewrite.outline
    facts = facts_of(thing) | owned_by(thing)
    places = places_of(outline.headings)
    references = references_below(outline.headings)
    players = [Found(embed.url, "", embed.line, _anchor_at(embed.line, outline.headings)) for embed in outline.embeds]
    found = [*outline.links, *players]
    urls = [thing.address_of(each.url) or each.url for each in found]
    identities = [identify(url, own_hosts()) for url in urls]
    works = find_or_make_works({identity for identity in identities if identity and identity.is_work})
    links = []
    names: dict[int, list[str]] = {}
    numbers: dict[int, list[str]] = {}
    for position, (each, url, identity) in enumerate(zip(found, urls, identities, strict=True)):
        if identity is None:
            continue  # a place in the same page, a mail address
        heading, starts_at = places.get(each.anchor, ("", None))
        is_reference = each.anchor in references
        link = Link(
            **facts,
            position=position,
            anchor=each.anchor[:500],
            heading=heading,
            starts_at=starts_at,
            reference_number=each.item if is_reference else None,
            text=each.text,
            cited_as=_cited_as(each, found[position - 1] if position and not is_reference else None),
            url=url,
            own_path=own_path_of(identity.key) if identity.kind == "own" else "",
            work_id=works.get(identity.key),
        )
        links.append(link)
        if link.work_id and identity.number:
            names.setdefault(link.work_id, []).extend(filter(None, (link.name, link.text, link.cited_as)))
            numbers.setdefault(link.work_id, []).append(identity.number)
    Link.objects.of(thing).delete()
    Link.objects.bulk_create(links)
    rewrite.numbered_works = {work: list(dict.fromkeys([*names[work], *numbers[work]])) for work in numbers}


def _cited_as(link: Found, before: Found | None) -> str:
    """What names that which a link of a number or a mere label leads to: the link before it in the same sentence, else
    the words before it."""
    if not says_nothing(link.text):
        return ""
    if before and before.text in link.lead and len(before.text) >= SHORTEST_NAME and not says_nothing(before.text):
        return without_site(before.text)
    named = cited_as(link.lead)
    return "" if says_nothing(named) else named


def own_hosts() -> set[str]:
    """The hosts, with their ports, under which this site is known."""
    return {urlsplit(settings.SITE_URL).netloc.lower(), settings.SITE_HOST}


def places_of(headings: Iterable[Heading]) -> dict[str, tuple[str, int | None]]:
    """For each anchor the heading, and its time: a heading without one lies within the last timed one above it."""
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
    """The address on this site, as `Path` spells it, of what `identify` calls own; "" for the front page."""
    path = key.partition(":")[2]
    for code, _name in settings.LANGUAGES:
        path = path.removeprefix(f"/{code}") if path.startswith(f"/{code}/") else path
    path = paths.normalise(path)
    return path if path != "/" and len(path) <= paths.LONGEST else ""
