"""Filters for text, times and addresses that every kind of page needs."""

import re
import unicodedata
from typing import Any
from urllib.parse import urljoin, urlsplit

from django import template
from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from interaxion.content.files.renditions import narrow_url
from interaxion.content.publishing.publishable import Publishable
from interaxion.serving.query_strings import at_page
from interaxion.text.japanese.line_breaks import split_phrases
from interaxion.text.times import spell_time

register = template.Library()
register.filter(at_page)

_TITLE = re.compile(r"\s*<h1(?: id=\"(?P<id>[^\"]*)\")?[^>]*>(?P<html>.*?)</h1>\s*", re.DOTALL)
_HEADING = re.compile(r"(?P<begins></?h)(?P<level>[1-6])\b")
_LONG_PHRASE = re.compile(r"[^\s!-~]{9}")
#: What people call the places where podcasts and researchers are found.
SITE_NAMES = {
    "amazon.com": "Amazon Music",
    "bsky.app": "Bluesky",
    "castbox.fm": "Castbox",
    "castro.fm": "Castro",
    "deezer.com": "Deezer",
    "fountain.fm": "Fountain",
    "github.com": "GitHub",
    "goodpods.com": "Goodpods",
    "iheart.com": "iHeart",
    "listen.style": "LISTEN",
    "music.amazon.co.jp": "Amazon Music",
    "music.amazon.com": "Amazon Music",
    "music.youtube.com": "YouTube Music",
    "open.spotify.com": "Spotify",
    "orcid.org": "ORCID",
    "overcast.fm": "Overcast",
    "pca.st": "Pocket Casts",
    "player.fm": "Player FM",
    "pocketcasts.com": "Pocket Casts",
    "podcastaddict.com": "Podcast Addict",
    "podcasts.apple.com": "Apple Podcasts",
    "podchaser.com": "Podchaser",
    "radiotalk.jp": "Radiotalk",
    "scholar.google.com": "Google Scholar",
    "stand.fm": "stand.fm",
    "tunein.com": "TuneIn",
    "twitter.com": "X",
    "voicy.jp": "Voicy",
    "x.com": "X",
    "youtube.com": "YouTube",
}


@register.filter
def phrases(text: str) -> SafeString:
    """Text that may break only between phrases where it is Japanese; other text as it is.

    A phrase that a narrow screen may have no room for is marked, or it would break before `ー` and `。` too.
    """
    marked = (
        f'<span class="long-phrase">{escape(phrase)}</span>' if _LONG_PHRASE.search(phrase) else escape(phrase)
        for phrase in split_phrases(str(text))
    )
    return mark_safe("<wbr>".join(marked))  # noqa: S308 (escaped)


@register.filter
def fragment(name: str) -> str:
    """A name as the id of its place in a list: an id holds no spaces."""
    return "-".join(name.split())


@register.filter
def spelled_time(seconds: int | None) -> str:
    """Seconds as people write them (`1:02:03`); nothing for nothing."""
    return spell_time(int(seconds)) if seconds is not None else ""


@register.filter
def absolute(url: str) -> str:
    """An address of ours as other sites must write it."""
    return urljoin(settings.SITE_URL, url)


@register.filter
def narrowed(picture: FieldFile, width: int) -> str:
    """The address of a copy of the picture that is at most so wide."""
    return narrow_url(picture, width)


@register.filter
def in_own_language(thing: Publishable) -> str:
    """The address of a thing with the interface in the language that it is written in."""
    with override(thing.language):
        return thing.get_absolute_url()


@register.filter
def host(url: str) -> str:
    """The host of an address, for people."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


@register.filter
def site_name(url: str) -> str:
    """What people call the site of an address: a name we know, else its host."""
    return SITE_NAMES.get(host(url), host(url))


@register.filter
def body_html(thing: Publishable) -> SafeString:
    """The stored HTML without a first heading that only repeats the title, which the page shows already.

    Its id stays, so that links to it still land. Headings that begin deeper than at the second level are raised to it:
    below the title of the page none is missing.
    """
    found = _TITLE.match(thing.html)
    html = thing.html
    if found and _repeats_title(thing):
        html = (f'<span id="{found["id"]}"></span>' if found["id"] else "") + html[found.end() :]
    depth = min((heading["level"] for heading in below_title(thing.outline, thing)), default=2) - 2
    if depth > 0:
        html = _HEADING.sub(lambda tag: f"{tag['begins']}{max(int(tag['level']) - depth, 2)}", html)
    return mark_safe(html)  # noqa: S308 (sanitised when it was stored)


@register.filter
def begins_with(thing: Publishable, said: str) -> bool:
    """Whether the text below the title says this first, and the head of the page would only say it twice.

    Old sites took the first sentence for the summary, and write the subtitle of a chapter below its title, and the
    summary below that.
    """
    text = thing.text.partition("\n")[2] if _repeats_title(thing) else thing.text
    said_whole = re.compile(rf"{re.escape(said)}(?:(?<=[。．.!?！？…])|(?=\n|$))")
    return bool(said) and any(said_whole.match(each) for each in (text, text.partition("\n")[2]))


@register.filter
def below_title(outline: list[dict[str, Any]], thing: Publishable) -> list[dict[str, Any]]:
    """The headings of `body_html`."""
    return outline[1:] if _repeats_title(thing) else outline


def _repeats_title(thing: Publishable) -> bool:
    first = thing.outline[0] if thing.outline else None
    return first is not None and first["level"] == 1 and _fold(first["text"]) == _fold(thing.title)


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()
