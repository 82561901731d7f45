"""What stands around a text: the works in it, where they were discussed before, what leads here, what goes with it."""

from dataclasses import dataclass

from interaxion.content.discovery.related import Related, find_related
from interaxion.content.linking.links import Link
from interaxion.content.linking.mentions import SeenBefore, neighbourhood
from interaxion.content.linking.works import Work
from interaxion.content.publishing.publishable import Publishable


@dataclass(frozen=True)
class Surroundings:
    seen: list[SeenBefore]
    #: Each with what it is called here.
    works: list[tuple[Work, str]]
    backlinks: list[Link]
    related: list[Related]


def find_surroundings(thing: Publishable) -> Surroundings:
    around = neighbourhood(thing)
    return Surroundings(around.seen_before(), around.works(), around.to_itself, find_related(thing, around=around))
