"""What was said where: who mentions a work, what leads to a thing, where its works were discussed before and again.

Everything here is live when it is asked, and costs the same few queries however much there is.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from math import inf

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work, has_page
from interaxion.content.owned_rows import Owner, owned_by, owner_of
from interaxion.content.paths import paths_of
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import live_condition
from interaxion.text.addresses import CITED_KINDS
from interaxion.text.citations import SHORTEST_NAME

#: A page that so many things point to (a form, a shop, somebody's profile) is furniture, not a subject.
FURNITURE = 8


@dataclass(frozen=True)
class SeenBefore:
    """A work in a section, and the places that mention it earlier and later, the nearest first."""

    link: Link
    work_title: str
    before: list[Link]
    after: list[Link]


@dataclass(frozen=True)
class Neighbourhood:
    """The links of a thing, and those of others that go to its works or to its address."""

    thing: Publishable
    own: list[Link]
    to_its_works: dict[int, list[Link]]
    to_itself: list[Link]
    at: datetime | None = None

    def seen_before(self) -> list[SeenBefore]:
        """For each work in each section of the thing that others mention as well: where, the nearest first."""
        if not self.thing.is_dated:
            return []  # nothing is before or after it
        now = self.thing.publish_at or timezone.now()
        seen: dict[tuple[str, int], SeenBefore] = {}
        for link in self.own:
            others = [other for other in self.to_its_works.get(link.work_id, ()) if other.dated_at]
            if others and (link.anchor, link.work_id) not in seen:
                before = _one_each(other for other in _newest_first(others) if other.dated_at < now)
                after = _one_each(other for other in others if other.dated_at >= now)
                seen[link.anchor, link.work_id] = SeenBefore(link, self.name_of(link), before, after)
        return list(seen.values())

    def works(self) -> list[tuple[Work, str]]:
        """The works of the thing that are worth a page and have one, each with its name: papers first, then the rest,
        in the order of their mention."""
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
        """Each work of the thing that others mention, its name, and their links to it."""
        return [(work, name, self.to_its_works[work.pk]) for work, name in self.works() if work.pk in self.to_its_works]

    def name_of(self, link: Link) -> str:
        """What the work of an own link is called here: by its words, else by those of the thing, else of others."""
        own = [each for each in self.own if each.work_id == link.work_id and each != link]
        return title_of(link.work, [*_newest_first(self.to_its_works.get(link.work_id, [])), *reversed(own), link])


def neighbourhood(thing: Publishable, at: datetime | None = None) -> Neighbourhood:
    """One query reads all of it."""
    mine = Q(**owned_by(thing))
    works = Link.objects.filter(mine, work__isnull=False).values("work")
    leads_here = Q(own_path__in=paths_of(thing).values("path"))
    links = list(
        Link.objects.filter(mine | (live_condition(at) & (Q(work__in=works) | leads_here)))
        .annotate(leads_here=ExpressionWrapper(leads_here, output_field=BooleanField()))
        .select_related("work")
        .order_by(F("dated_at").asc(nulls_first=True), "content_type", "object_id", "position")
    )
    owner = owner_of(thing)
    own = [link for link in links if link.owner == owner]
    others = [link for link in links if link.owner != owner]
    to_its_works = {
        id: [link for link in others if link.work_id == id] for id in {link.work_id for link in own if link.work}
    }
    return Neighbourhood(
        thing,
        own,
        {id: links for id, links in to_its_works.items() if _is_subject(links)},
        _one_each(link for link in _newest_first(others) if link.leads_here),
        at,
    )


def find_mentions(work: Work, at: datetime | None = None) -> list[Link]:
    """Where live things mention the work, the newest first; within one thing in its order."""
    return list(_mentions_of([work], at))


def titles_of(works: Collection[Work], at: datetime | None = None) -> dict[int, str]:
    """What the pages of these works call them, by their ids."""
    mentions: dict[int, list[Link]] = {work.pk: [] for work in works}
    for link in _mentions_of(works, at) if works else ():
        mentions[link.work_id].append(link)
    return {work.pk: title_of(work, mentions[work.pk]) for work in works}


def title_of(work: Work, mentions: Iterable[Link]) -> str:
    """What an editor called it; else what the oldest of these links, the newest first, calls it, before all others an
    entry in a list of references."""
    if work.title:
        return work.title
    named = [link for link in mentions if link.name]
    telling = [link for link in named if len(link.name) >= SHORTEST_NAME]
    entries = [link for link in telling if link.reference_number]
    best = entries or telling or named
    return best[-1].name if best else work.identifier or work.url


def _mentions_of(works: Collection[Work], at: datetime | None) -> QuerySet[Link]:
    links = Link.objects.live(at).filter(work__in=works)
    return links.order_by(F("dated_at").desc(nulls_last=True), "content_type", "object_id", "position")


def _is_subject(links: list[Link]) -> bool:
    """A paper always; another page where somebody says what it is, and not everybody points to it."""
    if not links or links[0].work.kind in CITED_KINDS:
        return bool(links)
    return any(link.name for link in links) and len({link.owner for link in links}) < FURNITURE


def _newest_first(links: list[Link]) -> list[Link]:
    """Those of one thing stay in its order; what has no date comes last."""
    return sorted(links, key=lambda link: link.dated_at.timestamp() if link.dated_at else -inf, reverse=True)


def _one_each(links: Iterable[Link]) -> list[Link]:
    first: dict[Owner, Link] = {}
    for link in links:
        first.setdefault(link.owner, link)
    return list(first.values())
