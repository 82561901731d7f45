"""The links around a text: its works, where these were discussed before, backlinks, and related things."""

from dataclasses import dataclass

from interaxion.content.discovery.related import RelatedThing, find_related
from interaxion.content.linking.links import Link
from interaxion.content.linking.mentions import SeenBefore, neighbourhood
from interaxion.content.linking.works import Work
from interaxion.content.publishing.publishable import Publishable


@dataclass(frozen=True)
class Surroundings:
    seen: list[SeenBefore]
    #: Each with its name on this page.
    works: list[tuple[Work, str]]
    backlinks: list[Link]
    related: list[RelatedThing]


def find_surroundings(thing: Publishable) -> Surroundings:
    around = neighbourhood(thing)
    return Surroundings(around.seen_before(), around.works(), around.to_itself, find_related(thing, around=around))
