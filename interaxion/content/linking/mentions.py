"""What was said where: who mentions a work, what leads to a thing, where its works were discussed before and again.

Everything here is live when it is asked, and costs the same few queries however much there is.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from interaxion.content.linking.addresses import CITED_KINDS, says_nothing
from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work
from interaxion.content.paths import paths_of
from interaxion.content.publishing.derived import owned_by
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import live_condition

#: A page that so many things point to (a form, a shop, somebody's profile) is furniture, not a subject.
FURNITURE = 8
#: Words of a link shorter than this (`[1]`, `PDF`) say little of the work.
TELLING = 5


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

    def seen_before(self) -> list[SeenBefore]:
        """For each work in each section of the thing that others mention as well: where, the nearest first."""
        now = self.thing.publish_at or timezone.now()
        seen: dict[tuple[str, int], SeenBefore] = {}
        for link in self.own:
            others = self.to_its_works.get(link.work_id)
            if others and (link.anchor, link.work_id) not in seen:
                before = _one_each(other for other in _newest_first(others) if other.publish_at < now)
                after = _one_each(other for other in others if other.publish_at >= now)
                seen[link.anchor, link.work_id] = SeenBefore(link, self.name_of(link), before, after)
        return list(seen.values())

    def works(self) -> list[tuple[Work, str]]:
        """The works of the thing that have a page, each with its name, in the order of their mention."""
        named: dict[int, tuple[Work, str]] = {}
        for link in self.own:
            has_page = link.work and (link.work.kind in CITED_KINDS or link.work_id in self.to_its_works)
            if has_page and link.work_id not in named:
                named[link.work_id] = link.work, self.name_of(link)
        return list(named.values())

    def by_work(self) -> list[tuple[str, list[Link]]]:
        """The name of each work of the thing that others mention, and their links to it."""
        return [(name, self.to_its_works[work.pk]) for work, name in self.works() if work.pk in self.to_its_works]

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
        .order_by("publish_at", "content_type", "object_id", "position")
    )
    owner = (ContentType.objects.get_for_model(thing).pk, thing.pk)
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
    """What an editor called it; else the words of the oldest of these links, the newest first, that say something."""
    if work.title:
        return work.title
    words = [link.text for link in mentions if link.text and not says_nothing(link.text)]
    telling = [text for text in words if len(text) >= TELLING]
    return (telling or words or [work.identifier or work.url])[-1]


def _mentions_of(works: Collection[Work], at: datetime | None) -> QuerySet[Link]:
    links = Link.objects.live(at).filter(work__in=works)
    return links.order_by(F("publish_at").desc(), "content_type", "object_id", "position")


def _is_subject(links: list[Link]) -> bool:
    return bool(links) and (links[0].work.kind in CITED_KINDS or len({link.owner for link in links}) < FURNITURE)


def _newest_first(links: list[Link]) -> list[Link]:
    """Those of one thing stay in its order."""
    return sorted(links, key=lambda link: link.publish_at, reverse=True)


def _one_each(links: Iterable[Link]) -> list[Link]:
    first: dict[tuple[int, int], Link] = {}
    for link in links:
        first.setdefault(link.owner, link)
    return list(first.values())
