"""Filters for text, times and addresses that every kind of page needs."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from interaxion.content.files.renditions import narrow_url
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.release import VERSION, release_key
from interaxion.serving.paging import Page
from interaxion.serving.site_names import host, site_name
from interaxion.text.japanese.line_breaks import split_phrases
from interaxion.text.japanese.shortening import shorten
from interaxion.text.times import spell_time
from interaxion.text.web_addresses import readable_address

register = template.Library()
register.filter(host)
register.filter(site_name)
register.filter("shortened", shorten)
register.filter(readable_address)

_TITLE = re.compile(r"\s*<h1(?: id=\"(?P<id>[^\"]*)\")?[^>]*>(?P<html>.*?)</h1>\s*", re.DOTALL)
_HEADING = re.compile(r"(?P<begins></?h)(?P<level>[1-6])\b")
_LONG_PHRASE = re.compile(r"[^\s!-~]{9}")


@register.filter
def phrases(text: str) -> SafeString:
    """Return text that breaks only between phrases where it is Japanese; other text stays as it is.

    A phrase that may be wider than a narrow screen is marked: otherwise it would break before `ー` and `。` too.
    """
    marked = (
        f'<span class="long-phrase">{escape(phrase)}</span>' if _LONG_PHRASE.search(phrase) else escape(phrase)
        for phrase in split_phrases(str(text))
    )
    return mark_safe("<wbr>".join(marked))  # noqa: S308 (escaped)


@register.filter
def at_level(rows: Iterable[str], level: str) -> SafeString:
    """Join the rows of a list; their titles, which are `<h3>`, become headings of this `level` (`h2`, `h3`)."""
    html = "".join(rows)
    if level != "h3":
        html = html.replace("<h3 ", f"<{level} ").replace("</h3>", f"</{level}>")
    return mark_safe(html)  # noqa: S308 (rows are made by our templates)


@register.simple_tag(takes_context=True)
def page_number(context: template.Context) -> str:
    """Return the number of a further page of a list, to stand behind its title; "" for the list itself."""
    page = context.get("page")
    is_further = isinstance(page, Page) and page.is_further
    return " · " + gettext("Page %(number)s") % {"number": page.number} if is_further else ""


@register.simple_tag
def release() -> str:
    """The key of the running release: a page of another one has other scripts."""
    return release_key()


@register.simple_tag
def version() -> str:
    return VERSION


@register.filter
def fragment(name: str) -> str:
    """Return a name as an id for its place in a list: an id holds no spaces."""
    return "-".join(name.split())


@register.filter
def spelled_time(seconds: int | None) -> str:
    """Return seconds as people write them (`1:02:03`); "" for None."""
    return spell_time(int(seconds)) if seconds is not None else ""


@register.filter
def absolute(url: str) -> str:
    """Return an address of this site with scheme and host."""
    return urljoin(settings.SITE_URL, url)


@register.filter
def narrowed(picture: FieldFile, width: int) -> str:
    """Return the address of a copy of the picture that is at most `width` pixels wide."""
    return narrow_url(picture, width)


@register.filter
def in_own_language(thing: Publishable) -> str:
    """Return the address of a thing with the interface in the language that it is written in."""
    with override(thing.language):
        return thing.get_absolute_url()


@register.filter
def body_html(thing: Publishable) -> SafeString:
    """Return the stored HTML without a first heading that only repeats the title, which the page already shows.

    The id of the heading stays, so that links to it still work. If the headings begin below the second level, they are
    raised to it, so that no level is missing below the title of the page.
    """
    title = _TITLE.match(thing.html)
    html = thing.html
    if title and _repeats_title(thing):
        html = (f'<span id="{title["id"]}"></span>' if title["id"] else "") + html[title.end() :]
    depth = min((heading["level"] for heading in below_title(thing.outline, thing)), default=2) - 2
    if depth > 0:
        html = _HEADING.sub(lambda tag: f"{tag['begins']}{max(int(tag['level']) - depth, 2)}", html)
    return mark_safe(html)  # noqa: S308 (sanitised when it was stored)


@register.filter
def begins_with(thing: Publishable, sentence: str) -> bool:
    """Whether the text below the title begins with this, so that the head of the page would only say it twice.

    Old sites took the first sentence as the summary, and wrote the subtitle of a chapter below its title and the
    summary below that. So the second line counts too.
    """
    text = thing.text.partition("\n")[2] if _repeats_title(thing) else thing.text
    whole_sentence = re.compile(rf"{re.escape(sentence)}(?:(?<=[。．.!?！？…])|(?=\n|$))")
    return bool(sentence) and any(whole_sentence.match(start) for start in (text, text.partition("\n")[2]))


@register.filter
def below_title(outline: list[dict[str, Any]], thing: Publishable) -> list[dict[str, Any]]:
    """Return the headings of `body_html`."""
    return outline[1:] if _repeats_title(thing) else outline


def _repeats_title(thing: Publishable) -> bool:
    first = thing.outline[0] if thing.outline else None
    return first is not None and first["level"] == 1 and _fold(first["text"]) == _fold(thing.title)


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()
