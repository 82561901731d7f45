"""Template tags that draw timelines and avatars."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from episodes.models import Episode
from episodes.notes.timeline import make_timeline
from episodes.people.avatars import SIDE, draw_avatar
from episodes.people.speakers import Speaker
from interaxion.content.files.renditions import SMALL, narrow_url

register = template.Library()


@register.inclusion_tag("episodes/parts/timeline.html")
def timeline(episode: Episode, address: str = "") -> dict[str, Any]:
    """The large timeline: every part of it links to its section, on this page or the page at `address`."""
    return {"address": address, "timeline": make_timeline(episode.outline, episode.audio_seconds)}


@register.inclusion_tag("episodes/parts/small_timeline.html")
def small_timeline(episode: Episode, longest: int) -> dict[str, Any]:
    """The timeline of an episode in a list: its width is its length, compared with `longest` (seconds) in the list."""
    drawn = make_timeline(episode.outline, episode.audio_seconds)
    share = drawn.seconds / longest if longest and drawn.seconds else 1
    return {"timeline": drawn, "width": f"{max(share, 0.08) * 100:.1f}%"}


@register.filter
def longest(episodes: Iterable[Episode]) -> int:
    """Return the length of the longest of these episodes, in seconds."""
    return max((make_timeline(e.outline, e.audio_seconds).seconds for e in episodes), default=0)


@register.simple_tag
def avatar(speaker: Speaker, width: int = SMALL) -> SafeString:
    """The speaker's picture, or orbits drawn from the name. The name is next to it, so there is no alternative text.

    `width` is the width of the rendition to load, in pixels.
    """
    if speaker.image:
        return format_html(
            '<img class="avatar" src="{}" alt="" width="{}" height="{}" loading="lazy">',
            narrow_url(speaker.image, width),
            SIDE,
            SIDE,
        )
    return mark_safe(draw_avatar(speaker.name))  # noqa: S308 (only numbers: the name is not in it)
