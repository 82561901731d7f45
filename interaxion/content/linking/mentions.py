"""Mentions: which links lead to a work or to a thing, and where its works were discussed earlier and later.

All links found are live at the given time. The number of queries does not depend on the number of links.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from math import inf
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone

from interaxion.content.linking.links import Link
from interaxion.content.linking.titles import title_of
from interaxion.content.linking.works import Work, has_page
from interaxion.content.owned_rows import Owner, owner_of
from interaxion.content.paths import Path
from interaxion.content.prepared import Prepared, instance_of
from interaxion.content.publishing.derived_rows import SHARED_FACTS
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import live_condition
from interaxion.text.addresses import CITED_KINDS

#: A page that this many things link (a form, a shop, somebody's profile) is boilerplate, not a subject.
FEWEST_OF_BOILERPLATE = 8
#: Places before, and places after, that a page names for a work.
MOST_PLACES = 5


@dataclass(frozen=True)
class SeenBefore:
    """A work in a section, and the links that mention it earlier and later, the nearest first."""

    link: Link
    work_title: str
    before: list[Link]
    after: list[Link]
    #: Whether the work has a page.
    has_page: bool = True


@dataclass(frozen=True)
class Neighbourhood:
    """The links of a thing, and the links of other things to its works and to its address."""

    thing: Publishable
    #: Those to papers, and to other works that something else links too.
    own: list[Link]
    to_its_works: dict[int, list[Link]]
    to_itself: list[Link]
    at: datetime | None = None

    def seen_before(self) -> list[SeenBefore]:
        """Return where other things mention its works as well: for each work once, where it is linked first."""
        if not self.thing.is_dated:
            return []  # without a date, nothing is before or after it
        now = self.thing.publish_at or timezone.now()
        seen: dict[int, SeenBefore] = {}
        with_page = {work.pk for work, _name in self.works()}
        for link in self.own:
            others = [other for other in self.to_its_works.get(link.work_id, ()) if other.dated_at]
            if others and link.work_id not in seen:
                before = _one_each(other for other in _newest_first(others) if other.dated_at < now)[:MOST_PLACES]
                after = _one_each(other for other in others if other.dated_at >= now)[:MOST_PLACES]
                has_page = link.work_id in with_page
                seen[link.work_id] = SeenBefore(link, self.name_of(link), before, after, has_page)
        return list(seen.values())

    def works(self) -> list[tuple[Work, str]]:
        return self._works

    @cached_property
    def _works(self) -> list[tuple[Work, str]]:
        """The works of the thing that have a page, each with its name.

        Papers come first, then the rest, each in the order of their mention.
        """
        first = {link.work_id: link for link in reversed(self.own) if link.work}
        live = Counter(link.work_id for link in self.own if link.is_live(self.at))
        named = [
            (link.work, self.name_of(link))
            for id, link in reversed(first.items())
            if (link.work.kind in CITED_KINDS or id in self.to_its_works)
            and has_page(link.work.kind, live[id] + len(self.to_its_works.get(id, ())))
        ]
        return sorted(named, key=lambda each: each[0].kind not in CITED_KINDS)

    def by_work(self) -> list[tuple[Work, str, list[Link]]]:
        """Return each work of the thing that others mention, its name, and their links to it."""
        return [(work, name, self.to_its_works[work.pk]) for work, name in self.works() if work.pk in self.to_its_works]

    def name_of(self, link: Link) -> str:
        """Return the name of an own link's work: by its words, else by other own links, else by links of others."""
        own = [each for each in self._own_to_works[link.work_id] if each is not link]
        return title_of(link.work, [*_newest_first(self.to_its_works.get(link.work_id, [])), *reversed(own), link])

    @cached_property
    def _own_to_works(self) -> dict[int, list[Link]]:
        own: dict[int, list[Link]] = defaultdict(list)
        for link in self.own:
            own[link.work_id].append(link)
        return own


def neighbourhood(thing: Publishable, at: datetime | None = None) -> Neighbourhood:
    """Read the links of `thing`, the links of others around it, and their works: one query."""
    owner = owner_of(thing)
    own, others = [], []
    works: dict[int, Work] = {}
    for link in sorted(_links_around(owner[0], thing.pk or 0, at or timezone.now()), key=_oldest_first):
        if link.work_id:
            if link.work_id not in works:
                works[link.work_id] = _work_of(link)
            link.work = works[link.work_id]
        (own if link.owner == owner else others).append(link)
    to_its_works: dict[int, list[Link]] = {link.work_id: [] for link in own if link.work_id}
    for link in others:
        if link.work_id in to_its_works:
            to_its_works[link.work_id].append(link)
    return Neighbourhood(
        thing,
        own,
        {id: links for id, links in to_its_works.items() if _is_subject(links)},
        _one_each(link for link in _newest_first(others) if not link.work_id),
        at,
    )


#: The columns of a link that are shown around a text, and by which it is known to be live.
SHOWN = (
    *SHARED_FACTS,
    *("content_type", "object_id", "work"),
    *("position", "anchor", "heading", "starts_at", "reference_number", "name"),
)
#: The columns of a work that are shown around a text.
_OF_WORK = ("kind", "key", "title", "found_title", "url")
_COLUMNS = ("id", *_OF_WORK)


def _work_of(link: Any) -> Work:
    work = instance_of(Work, _COLUMNS, [link.work_id, *(getattr(link, f"work_{name}") for name in _OF_WORK)])
    work.is_stated = link.work_is_stated
    return work


@Prepared
def _links_around(kind: int, pk: int, at: datetime) -> QuerySet[Link]:
    """Return the links of a thing to its subjects, the live ones of others to these, and the live ones to itself.

    Its subjects are its papers, and other works that something else links too, unless they are boilerplate: a show's
    form has a link in every episode. A union, so that the database uses an index for each part; for an OR it would read
    every link of the site.
    """
    is_own, live = Q(content_type=kind, object_id=pk), Link.objects.live(at)
    elsewhere = live.exclude(is_own).filter(work=OuterRef("work")).order_by()
    # By its place, so that the database stops there instead of counting what all things link.
    one_too_many = elsewhere.values("path").distinct()[FEWEST_OF_BOILERPLATE - 1 : FEWEST_OF_BOILERPLATE]
    is_subject = Q(work__kind__in=CITED_KINDS) | (Q(work__link_count__gt=1) & ~Exists(one_too_many))
    subjects = Link.objects.filter(is_own & is_subject).values("work")
    to_subjects = Link.objects.filter(is_own | live_condition(at), work__in=subjects)
    addresses = Path.objects.filter(content_type=kind, object_id=pk).values("path")
    to_subjects, to_itself = (
        links.only(*SHOWN)
        .annotate(**{f"work_{name}": F(f"work__{name}") for name in _OF_WORK})
        .annotate(work_is_stated=ExpressionWrapper(~Q(work__details={}) | ~Q(work__found={}), BooleanField()))
        for links in (to_subjects, live.filter(own_path__in=addresses))
    )
    return to_subjects.union(to_itself, all=True)


def _oldest_first(link: Link) -> tuple[float, Owner, int]:
    """Return the key that sorts links by date, then by thing and place. Undated ones come first."""
    return link.dated_at.timestamp() if link.dated_at else -inf, link.owner, link.position


def find_mentions(work: Work, at: datetime | None = None) -> list[Link]:
    """Return the live links to the work, the newest first; those of one thing in the order of its text."""
    return list(_mentions_of([work], at))


def mentions_of(works: Collection[Work], at: datetime | None = None) -> dict[int, list[Link]]:
    """Return the live links to each of these works, by their ids, the newest first. One query."""
    mentions: dict[int, list[Link]] = {work.pk: [] for work in works}
    for link in _mentions_of(works, at) if works else ():
        mentions[link.work_id].append(link)
    return mentions


def _mentions_of(works: Collection[Work], at: datetime | None) -> QuerySet[Link]:
    links = Link.objects.live(at).filter(work__in=works)
    return links.order_by(F("dated_at").desc(nulls_last=True), "content_type", "object_id", "position")


def _is_subject(links: list[Link]) -> bool:
    """Whether these links show a subject: always for a paper; for a page if one names it and few things link it."""
    if not links or links[0].work.kind in CITED_KINDS:
        return bool(links)
    return any(link.name for link in links) and len({link.owner for link in links}) < FEWEST_OF_BOILERPLATE


def _newest_first(links: list[Link]) -> list[Link]:
    """Sort links by date. Those of one thing keep their order; undated ones come last."""
    return sorted(links, key=lambda link: link.dated_at.timestamp() if link.dated_at else -inf, reverse=True)


def _one_each(links: Iterable[Link]) -> list[Link]:
    """Return the first link of each thing."""
    first: dict[Owner, Link] = {}
    for link in links:
        first.setdefault(link.owner, link)
    return list(first.values())
