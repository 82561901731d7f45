"""A tag for the text of a page with links to other places that discuss its works."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from interaxion.content.linking.mentions import SeenBefore
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.section_ends import add_to_section_ends

register = template.Library()


@dataclass(frozen=True)
class Text:
    #: With the other places at the end of each section.
    html: SafeString
    #: The other places that belong to no section.
    rest: list[SeenBefore]


@register.simple_tag
def text_with_seen(html: str, thing: Publishable, seen: Iterable[SeenBefore]) -> Text:
    """Add the other places to `html`, the stored HTML of the thing as its page shows it."""
    by_section: dict[str, list[SeenBefore]] = defaultdict(list)
    for mention in seen:
        by_section[mention.link.anchor].append(mention)
    notes = {
        anchor: render_to_string("parts/seen_in_section.html", {"seen": group}) for anchor, group in by_section.items()
    }
    html, placed = add_to_section_ends(html, [heading["anchor"] for heading in thing.outline], notes)
    rest = [mention for anchor, group in by_section.items() if anchor not in placed for mention in group]
    return Text(mark_safe(html), rest)  # noqa: S308 (sanitised when it was stored)
