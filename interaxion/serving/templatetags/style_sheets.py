"""The style sheets of one kind of page: each part of a page has its own."""

from functools import cache

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

#: A name that stands for several sheets, in their order.
GROUPS = {
    "prose": ("prose/text", "prose/blocks", "prose/words"),
    "lesson": ("lesson/course", "lesson/chapter", "lesson/exercises", "lesson/learner"),
    "player": ("player/frame", "player/track", "player/controls", "player/bar", "player/elsewhere", "dock"),
    "dock": ("timeline", "player/track", "player/controls", "dock", "row-play"),
}


@register.simple_tag
def style_sheets(*names: str) -> SafeString:
    """Links to `static/css/parts/<name>.css`, in this order: a later sheet may override an earlier one."""
    return _kept_links(names) if not settings.DEBUG else _links(names)


def _links(names: tuple[str, ...]) -> SafeString:
    sheets = [sheet for name in names for sheet in GROUPS.get(name, (name,))]
    return format_html_join(
        "\n    ", '<link rel="stylesheet" href="{}">', ((static(f"css/parts/{sheet}.css"),) for sheet in sheets)
    )


#: Their addresses change with the release alone, but for DEBUG.
_kept_links = cache(_links)
