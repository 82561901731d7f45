"""Links: every address found in content, with its place. Derived rows, rewritten by every save."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models

from interaxion.content import paths
from interaxion.content.linking.works import Work, count_links, find_or_make_works
from interaxion.content.owned_rows import owned_by
from interaxion.content.publishing.derived_rows import SHARED_FACTS, DerivedRow, Rewrite, facts_of
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.addresses import NAMED_KINDS, WorkIdentity, identify, says_nothing
from interaxion.text.citations import SHORTEST_NAME, cited_as, title_in, title_in_words
from interaxion.text.markdown import Heading
from interaxion.text.markdown import RenderedLink as Found
from interaxion.text.references import references_below
from interaxion.text.site_names import without_site_name


class Link(DerivedRow):
    position = models.PositiveIntegerField()
    #: The anchor of the heading above it; "" before the first heading and in footnotes.
    anchor = models.CharField(max_length=500, blank=True)
    heading = models.TextField(blank=True)
    #: The time of that heading, or of the timed heading above it, in seconds.
    starts_at = models.PositiveIntegerField(null=True)
    #: Its number, if it is in a list of references.
    reference_number = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True)
    #: The text before the link that names its target, if its own words do not: an entry of a list of references
    #: (`… (2007). Title. Journal. DOI:`), or the title before `arXiv` in brackets.
    cited_as = models.TextField(blank=True)
    #: The name that it gives to its target; "" if it gives none.
    name = models.TextField(blank=True)
    #: The address as written.
    url = models.TextField()
    #: The path on this site that it points to, as `Path` spells it; else "".
    own_path = models.CharField(max_length=paths.LONGEST, blank=True, db_index=True)
    work = models.ForeignKey(Work, on_delete=models.SET_NULL, null=True, related_name="links")

    rewrite_order: ClassVar[int] = 1

    class Meta(DerivedRow.Meta):
        indexes = [
            models.Index(fields=["content_type", "object_id"]),
            models.Index(fields=["dated_at"], name="content_link_dated"),
        ]

    def __str__(self) -> str:
        return self.url

    @classmethod
    def rewrite_all(cls, rewrites: Sequence[Rewrite]) -> None:
        write_links(rewrites)

    def get_absolute_url(self) -> str:
        return super().get_absolute_url() + (f"#{self.anchor}" if self.anchor else "")


#: The columns by which a stored link is known to be still what the text says.
_OWN_COLUMNS = tuple(
    field.attname
    for field in Link._meta.concrete_fields
    if field.name not in {*SHARED_FACTS, "id", "content_type", "object_id"}
)


def works_linked_by(thing: models.Model) -> set[int]:
    """Return the ids of the works that `thing` links."""
    return set(Link.objects.of(thing).filter(work__isnull=False).values_list("work", flat=True))


def write_links(rewrites: Sequence[Rewrite]) -> None:
    """Let the links of each thing be those in its rendered source. Make works as needed; note those that it links."""
    hosts = own_hosts()
    places = [list(_places_in(rewrite, hosts)) for rewrite in rewrites]
    works = find_or_make_works([each.identity for of_one in places for each in of_one if each.identity.is_work])
    links: list[Link] = []
    for rewrite, found in zip(rewrites, places, strict=True):
        own = _links_at(found, rewrite.thing, works)
        mentions: dict[int, list[Link]] = {}
        for link in own:
            if link.work and link.work.kind in NAMED_KINDS:
                mentions.setdefault(link.work.pk, []).append(link)
        rewrite.numbered_works = {work: names_in(links) for work, links in mentions.items()}
        rewrite.pages_now = {link.work.pk for link in own if link.work and link.work.kind == "url"}
        if not rewrite.is_new:
            rewrite.pages_before, rewrite.changed_works = _leave_unchanged(rewrite.thing, own)
        rewrite.changed_works |= {link.work_id for link in own if link.work_id}
        links += own
    Link.objects.bulk_create(links)
    if changed := set().union(*(rewrite.changed_works for rewrite in rewrites)):
        count_links(changed)


@dataclass
class _Place:
    """A link that was found in a text, with what its address identifies and the link before it."""

    position: int
    found: Found
    url: str
    identity: WorkIdentity
    before: Found | None
    heading: str
    starts_at: int | None
    reference_number: int | None


def _places_in(rewrite: Rewrite, hosts: Collection[str]) -> Iterator[_Place]:
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
            yield _Place(position, each, url, identity, before, *places.get(each.anchor, ("", None)), number)


def _links_at(places: Iterable[_Place], thing: Publishable, works: Mapping[str, Work]) -> list[Link]:
    facts = facts_of(thing) | owned_by(thing)
    return [
        Link(
            **facts,
            position=place.position,
            anchor=place.found.anchor[:500],
            heading=place.heading,
            starts_at=place.starts_at,
            reference_number=place.reference_number,
            text=place.found.text,
            **_name(place.found, place.before),
            url=place.url,
            own_path=own_path_of(place.identity.key) if place.identity.kind == "own" else "",
            work=works.get(place.identity.key),
        )
        for place in places
    ]


def names_in(mentions: Iterable[Link]) -> list[str]:
    """Return by what search finds a numbered work in the thing with these links to it: its names, then its numbers."""
    names, numbers = [], []
    for link in mentions:
        names += filter(None, (link.name, link.text, link.cited_as))
        identity = identify(link.url)
        numbers.append((identity and identity.number) or link.work.number)  # a page that was merged has none
    return list(dict.fromkeys([*names, *numbers]))


def _leave_unchanged(thing: models.Model, links: list[Link]) -> tuple[set[int], set[int]]:
    """Delete the stored links of `thing` that are not in `links`, and take the others out of it: they stay.

    Those that stay take the present window, title and address of `thing`, by one update, if it has changed.
    Returns the ids of the works without a number that `thing` has linked so far, and those of works of deleted links.
    """
    facts = facts_of(thing)
    stored = {}
    for row in Link.objects.of(thing).values("pk", "work__kind", *facts, *_OWN_COLUMNS):
        stored[tuple(row[name] for name in _OWN_COLUMNS)] = row
    wanted = {tuple(getattr(link, name) for name in _OWN_COLUMNS): link for link in links}
    gone = [row for values, row in stored.items() if values not in wanted]
    if gone:
        Link.objects.filter(pk__in=[row["pk"] for row in gone]).delete()
    if any(row[name] != value for values, row in stored.items() if values in wanted for name, value in facts.items()):
        Link.objects.of(thing).update(**facts)
    links[:] = [link for values, link in wanted.items() if values not in stored]
    pages = {row["work_id"] for row in stored.values() if row["work__kind"] == "url"}
    return pages, {row["work_id"] for row in gone if row["work_id"]}


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
