"""How pages say what is derived of chapters: levels, times, difficulties, licences, citations."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, pgettext

from courses.pages.linked import path_of_link
from interaxion.text.lessons.licences import licence_name, licence_url
from interaxion.text.lessons.tags import without_ids, without_links, without_own_links

register = template.Library()
register.filter(licence_name)
register.filter(licence_url)


@register.filter
def level_words(level: Sequence[int] | None) -> str:
    """Return `Beginner to intermediate` for the ranks 1 to 2; "" for None."""
    if not level:
        return ""
    names = [gettext("Introductory"), gettext("Beginner"), gettext("Intermediate"), gettext("Advanced")]
    least, most = (names[rank] for rank in level)
    return least if least == most else gettext("%(least)s to %(most)s") % {"least": least, "most": most}


@register.filter
def minutes_words(minutes: Sequence[int] | None) -> str:
    """Return `20–25 minutes`, from 100 minutes on `1.5–2 hours`; "" for None."""
    if not minutes:
        return ""
    least, most = minutes
    if least >= 100:
        hours = [f"{each / 60:.1f}".removesuffix(".0") for each in minutes]
        return gettext("%(hours)s hours") % {"hours": "–".join(dict.fromkeys(hours))}
    spelled = str(least) if least == most else f"{least}–{most}"
    return ngettext("%(minutes)s minute", "%(minutes)s minutes", most) % {"minutes": spelled}


@register.filter
def difficulty_words(difficulty: str) -> str:
    names = {
        "easy": pgettext("exercise", "Easy"),
        "medium": pgettext("exercise", "Medium"),
        "hard": pgettext("exercise", "Hard"),
    }
    return names.get(difficulty, "")


@register.filter
def part_of(course: Any, name: str) -> str:
    """Return the address of a page about a whole course: `exercises`, `references` or `print`."""
    return f"{course.get_absolute_url().rstrip('/')}/{name}/"


@register.filter
def id_free(html: str) -> SafeString:
    """Return stored HTML without its anchors and the links to them: several chapters on one page would share them."""
    return mark_safe(without_own_links(without_ids(html)))  # noqa: S308 (sanitised when it was stored)


@register.filter
def as_json(values: Sequence[str] | None) -> str:
    """Return strings as a JSON list, for a `data-` attribute that a script reads."""
    return json.dumps(values or [], ensure_ascii=False)


@register.filter
def without_dead_links(html: str, dead: Collection[str]) -> SafeString:
    """Return stored HTML in which links to these paths are mere words."""
    return mark_safe(without_links(html, lambda href: path_of_link(href) in dead))  # noqa: S308 (sanitised)


@register.filter
def trusted(html: str) -> SafeString:
    """Return HTML that was sanitised when its chapter was stored."""
    return mark_safe(html)  # noqa: S308
