"""A tag for the text of a page with links to other places that discuss its works."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from interaxion.content.linking.mentions import SeenBefore
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.section_ends import add_to_section_ends

register = template.Library()
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Text:
    #: With the other places at the end of each section.
    html: SafeString
    #: The other places that belong to no section.
    rest: list[SeenBefore]


@register.simple_tag
def text_with_seen(
    html: str, thing: Publishable, seen: Iterable[SeenBefore], more: Mapping[str, str] = NOTHING
) -> Text:
    """Add the other places to `html`, the stored HTML of the thing as its page shows it.

    `more` is other HTML by the anchor of its section, which comes first; that of "" comes before all sections.
    """
    by_section: dict[str, list[SeenBefore]] = defaultdict(list)
    for mention in seen:
        by_section[mention.link.anchor].append(mention)
    notes = {
        anchor: render_to_string("parts/seen_in_section.html", {"seen": group}) for anchor, group in by_section.items()
    }
    together = {anchor: more.get(anchor, "") + notes.get(anchor, "") for anchor in {*more, *notes}}
    html, placed = add_to_section_ends(html, [heading["anchor"] for heading in thing.outline], together)
    rest = [mention for anchor, group in by_section.items() if anchor not in placed for mention in group]
    return Text(mark_safe(more.get("", "") + html), rest)  # noqa: S308 (sanitised when it was stored)
