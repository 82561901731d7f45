"""What stands around a text: the works in it, where they were discussed before, what leads here, what goes with it."""

from collections import defaultdict
from dataclasses import dataclass

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from interaxion.content.linking.links import Link
from interaxion.content.linking.mentions import SeenBefore, neighbourhood
from interaxion.content.linking.related import Related, find_related
from interaxion.content.linking.section_ends import add_to_section_ends
from interaxion.content.linking.works import Work
from interaxion.content.publishing.publishable import Publishable

register = template.Library()


@dataclass(frozen=True)
class Surroundings:
    #: The text, with what was seen elsewhere at the end of each section.
    html: SafeString
    #: What was seen elsewhere and stands in no section.
    seen: list[SeenBefore]
    works: list[tuple[Work, str]]
    backlinks: list[Link]
    related: list[Related]


@register.simple_tag
def find_surroundings(thing: Publishable, html: str) -> Surroundings:
    """`html`: the stored HTML of the thing, as its page shows it."""
    around = neighbourhood(thing)
    seen: dict[str, list[SeenBefore]] = defaultdict(list)
    for each in around.seen_before():
        seen[each.link.anchor].append(each)
    notes = {anchor: render_to_string("parts/seen_in_section.html", {"seen": group}) for anchor, group in seen.items()}
    html, placed = add_to_section_ends(html, [heading["anchor"] for heading in thing.outline], notes)
    return Surroundings(
        mark_safe(html),  # noqa: S308 (sanitised when it was stored)
        [each for anchor, group in seen.items() if anchor not in placed for each in group],
        around.works(),
        around.to_itself,
        find_related(thing, around=around),
    )
