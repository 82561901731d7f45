"""Links: every address found in a piece of content, with its place. Derived; rewritten by every save."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

from interaxion.content import paths
from interaxion.content.linking.addresses import identify
from interaxion.content.linking.references import references_below
from interaxion.content.linking.works import Work, find_or_make_works
from interaxion.content.markdown import Heading, Outline
from interaxion.content.publishing.derived import DerivedRow, facts_of, owned_by
from interaxion.content.publishing.publishable import Publishable


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
    #: As it is written.
    url = models.TextField()
    #: Where it points to a page of this site, as `Path` spells it; else "".
    own_path = models.CharField(max_length=paths.LONGEST, blank=True, db_index=True)
    work = models.ForeignKey(Work, on_delete=models.SET_NULL, null=True, related_name="links")

    class Meta(DerivedRow.Meta):
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        return super().get_absolute_url() + (f"#{self.anchor}" if self.anchor else "")


def write_links(thing: Publishable, outline: Outline) -> dict[int, list[str]]:
    """Write the links that the rendered source holds in place of those it held; works are made as needed.

    Returns the works that have a number, each with its names: the words of the first link to it, then its numbers.
    """
    facts = facts_of(thing) | owned_by(thing)
    places = places_of(outline.headings)
    references = references_below(outline.headings)
    found = [(thing.address_of(link.url) or link.url, link.text, link.anchor, link.item) for link in outline.links]
    found += [(embed.url, "", _anchor_at(embed.line, outline.headings), None) for embed in outline.embeds]
    identities = [identify(url, own_hosts()) for url, *_place in found]
    works = find_or_make_works({identity for identity in identities if identity and identity.kind != "own"})
    links = []
    words: dict[int, str] = {}
    numbers: dict[int, list[str]] = {}
    for position, ((url, text, anchor, item), identity) in enumerate(zip(found, identities, strict=True)):
        if identity is None:
            continue  # a place in the same page, a mail address
        heading, starts_at = places.get(anchor, ("", None))
        work = works.get(identity.key)
        if work and identity.number:
            words[work] = words.get(work) or text
            numbers.setdefault(work, []).append(identity.number)
        links.append(
            Link(
                **facts,
                position=position,
                anchor=anchor[:500],
                heading=heading,
                starts_at=starts_at,
                reference_number=item if anchor in references else None,
                text=text,
                url=url,
                own_path=own_path_of(identity.key) if identity.kind == "own" else "",
                work_id=work,
            )
        )
    Link.objects.filter(**owned_by(thing)).delete()
    Link.objects.bulk_create(links)
    return {work: list(dict.fromkeys(filter(None, [words[work], *numbers[work]]))) for work in numbers}


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
