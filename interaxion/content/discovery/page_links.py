"""The links around a text: its works, where these were discussed before, backlinks, and related things.

A page tells each of these once, where it helps most: a work in the section that cites it, with the other places that
discuss it; in the list under the text only if nothing above names it; as a reason for what is related only if its
section does not lead there already.
"""

from dataclasses import dataclass, replace

from interaxion.content.discovery.related import MOST_RELATED, RelatedThing, find_related
from interaxion.content.linking.links import Link
from interaxion.content.linking.mentions import Neighbourhood, SeenBefore, neighbourhood
from interaxion.content.linking.works import Work
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.addresses import NAMED_KINDS


@dataclass(frozen=True)
class Surroundings:
    seen: list[SeenBefore]
    #: All works that have a page, each with its name on this page.
    works: list[tuple[Work, str]]
    #: Those of them that the text does not name.
    unnamed: list[tuple[Work, str]]
    backlinks: list[Link]
    related: list[RelatedThing]
    #: The address of the page, by which the library gives its works as a file; "" if it cites no literature.
    cites_at: str = ""


def find_surroundings(thing: Publishable) -> Surroundings:
    around = neighbourhood(thing)
    seen, works = around.seen_before(), around.works()
    places = {(link.path, each.work_title) for each in seen for link in (*each.before, *each.after)}
    related = find_related(thing, around=around, most=MOST_RELATED + len(places))
    return Surroundings(
        seen,
        works,
        _unnamed(around, works, seen),
        around.to_itself,
        _beyond(related, places)[:MOST_RELATED],
        cites_at=thing.path if any(work.kind in NAMED_KINDS for work, _name in works) else "",
    )


def _unnamed(around: Neighbourhood, works: list[tuple[Work, str]], seen: list[SeenBefore]) -> list[tuple[Work, str]]:
    """Return the works that the text gives no name, only a number or an address."""
    named = {each.link.work_id for each in seen}
    named |= {link.work_id for link in around.own if link.reference_number or link.name}
    return [(work, name) for work, name in works if work.pk not in named]


def _beyond(related: list[RelatedThing], places: set[tuple[str, str]]) -> list[RelatedThing]:
    """Return the related things that share more than what the text leads to already, without that as a reason."""
    rest = [
        replace(each, reasons=[r for r in each.reasons if r.kind != "work" or (each.path, r.label) not in places])
        for each in related
    ]
    return [each for each in rest if each.reasons]
