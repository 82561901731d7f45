"""Template tags that draw timelines and avatars."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from episodes.audio.embedding import frame
from episodes.audio.sound.outline import draw_outline
from episodes.audio.sound.reading import find_sound
from episodes.filters.choices import FilterChoice
from episodes.models import Episode
from episodes.notes.telling_sections import find_telling_sections
from episodes.notes.timeline import Mark, is_timed, make_timeline
from episodes.people.avatars import SIDE, draw_avatar
from episodes.people.speakers import Speaker
from interaxion.content.files.renditions import SMALL, narrow_url
from interaxion.text.times import spell_time

register = template.Library()
register.filter(is_timed)
SELECTED = mark_safe(" selected")  # noqa: S308 (ours)
LEFTWARDS = mark_safe('\n        text-anchor="end"')  # noqa: S308 (ours)
#: The width of a small timeline in seconds. No typed text can spell it: quotes are escaped there.
_LENGTH = re.compile(r'<svg width="(\d+)s"')
#: A section on the large timeline: where to point, its line, its vertex, its label.
_STRETCH = """\
    <a href="{address}#{anchor}" tabindex="-1" class="stretch{main}">
      <rect class="hit" x="{at}%" width="{width}%" y="0" height="56"/>
      <rect class="passage" x="{at}%" width="{width}%" y="20" height="16" fill="url(#wave)"/>
      <circle class="vertex" cx="{at}%" cy="28" r="{radius}"/>
      <text
        class="label" x="{at}%" y="64"{side}
        >{time}<tspan
        >{text}</tspan></text>
    </a>
"""


@register.inclusion_tag("episodes/parts/timeline.html")
def timeline(episode: Episode, address: str = "") -> dict[str, Any]:
    """The large timeline: every part of it links to its section, on this page or the page at `address`."""
    drawn = make_timeline(episode.outline, episode.audio_seconds)
    return {"address": address, "timeline": drawn, "episode": episode}


@register.filter
def stretches(marks: Iterable[Mark], address: str) -> SafeString:
    """Draw the sections of a timeline. Not in a template: each has a dozen variables."""
    rows = (
        {
            "address": address,
            "anchor": mark.anchor,
            "main": " main" if mark.is_main else "",
            "at": mark.at,
            "width": mark.width,
            "radius": "5.5" if mark.is_main else "3",
            "side": LEFTWARDS if mark.reads_leftwards else "",
            "time": "" if mark.starts_at is None else f"{spell_time(int(mark.starts_at))}  ",
            "text": mark.text,
        }
        for mark in marks
    )
    return format_html_join("", _STRETCH, rows)


@register.inclusion_tag("episodes/parts/loudness.html")
def loudness(episode: Episode) -> dict[str, Any]:
    """How loud the audio is from its beginning to its end; nothing if it was not measured."""
    sound = find_sound(episode)
    outline = bytes(sound.outline) if sound else b""
    return {"path": draw_outline(outline) if outline else "", "length": len(outline)}


@register.inclusion_tag("episodes/parts/small_timeline.html")
def small_timeline(episode: Episode) -> dict[str, Any]:
    """The timeline of an episode in a list, where `to_scale` is to give it its width."""
    return {"timeline": make_timeline(episode.outline, episode.audio_seconds)}


@register.simple_tag
def telling_sections(episode: Episode) -> list[str]:
    """The headings of up to three sections that say best what an episode in a list is about."""
    return find_telling_sections(episode.outline, episode.audio_seconds)


@register.simple_tag
def folds_of(said: Mapping[str, str]) -> dict[str, SafeString]:
    """Return what was said, by the anchors of sections, each folded. It was made as safe HTML when it was stored."""
    return {
        anchor: render_to_string("episodes/parts/said.html", {"html": mark_safe(html)})  # noqa: S308
        for anchor, html in said.items()
    }


@register.filter
def to_scale(rows: Iterable[str]) -> SafeString:
    """Join the rows of a list of episodes. The width of each line is its length, compared with the longest of them."""
    html = "".join(rows)
    longest = max(map(int, _LENGTH.findall(html)), default=0)

    def width(found: re.Match[str]) -> str:
        share = int(found[1]) / longest if int(found[1]) else 1
        return f'<svg width="{max(share, 0.08) * 100:.1f}%"'

    return mark_safe(_LENGTH.sub(width, html))  # noqa: S308 (rows are made by our templates)


@register.filter
def options(choices: Iterable[FilterChoice]) -> SafeString:
    """Write the choices of a filter as options. Not in a template: a show has hundreds of tags."""
    rows = ((each.value, SELECTED if each.is_chosen else "", each.label, each.count) for each in choices)
    return format_html_join("\n", '<option value="{}"{}>{} ({})</option>', rows)


@register.simple_tag
def sound_of(episode: Episode | None) -> SafeString | str:
    """The attributes by which a script plays an episode from a list; "" if it has no audio."""
    if episode is None or not episode.audio_address:
        return ""
    facts = {"audio": episode.audio_address, "guid": episode.guid, "seconds": episode.audio_seconds or ""}
    return format_html_join("", ' data-{}="{}"', facts.items())


@register.simple_tag
def sound_in(episodes: Mapping[int, Episode], key: int) -> SafeString | str:
    return sound_of(episodes.get(key))


@register.simple_tag
def frame_code(episode: Episode) -> str:
    """The HTML that embeds the player elsewhere, with `{address}` for the address that the script knows."""
    return frame("{address}", str(episode), width="100%")


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
