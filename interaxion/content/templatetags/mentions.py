"""What stands under a text: the works in it, where they were discussed before, what leads here, what goes with it."""

from typing import Any

from django import template

from interaxion.content.linking.mentions import neighbourhood
from interaxion.content.linking.related import find_related
from interaxion.content.publishing.publishable import Publishable

register = template.Library()


@register.inclusion_tag("parts/surroundings.html")
def surroundings(thing: Publishable) -> dict[str, Any]:
    around = neighbourhood(thing)
    return {
        "seen": around.seen_before(),
        "works": around.works(),
        "backlinks": around.to_itself,
        "related": find_related(thing, around=around),
    }
