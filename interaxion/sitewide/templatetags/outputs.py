"""Tags for the head of a page: structured data, its other languages, the picture to share, its feed."""

from collections.abc import Callable, Iterable
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from courses.models import Chapter, Course
from episodes.cards.files import card_path
from episodes.cards.picture import HEIGHT, WIDTH
from episodes.models import Episode, Speaker
from interaxion.content.paths import CONTENT_VIEW, public_url
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.tags import Tag
from interaxion.serving.paging import Page as PageOfList
from interaxion.serving.templatetags.content import absolute, in_own_language
from interaxion.sitewide.feeds import feed_path
from interaxion.sitewide.models import Page
from interaxion.sitewide.pages.navigation import NavigationItem
from interaxion.sitewide.structured_data import describe, describe_show
from interaxion.web.json_ld import data_block
from posts.models import Post

register = template.Library()

#: The context variables of the one thing that a page shows.
SUBJECTS = ("episode", "post", "chapter", "course", "speaker")
WITH_FEED = ("category", "tag", "speaker", "course")

#: As Open Graph spells languages. It has no spelling without a country.
LOCALES = {"ja": "ja_JP", "en": "en_US"}

#: The list in the navigation that a thing belongs to, by its model.
LISTS: dict[type, Callable[[Any], str]] = {
    Episode: lambda episode: reverse("episodes"),
    Post: lambda post: post.category.get_absolute_url() if post.category_id else "",  # a preview may have none yet
    Course: lambda course: reverse("courses"),
    Chapter: lambda chapter: reverse("courses"),
    Speaker: lambda speaker: reverse("speakers"),
    Tag: lambda tag: reverse("tags"),
}


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context) -> SafeString | str:
    """Return the JSON-LD of the page: of the thing that it shows, or of the podcast on the front page."""
    podcast = context["podcast"]
    thing = _subject(context)
    if thing is not None:
        described = describe(thing, podcast, context.get("around"), context.get("editions", ()))
    else:
        match = getattr(context.get("request"), "resolver_match", None)
        described = [describe_show(podcast)] if match and match.url_name == "home" else []
    return mark_safe(data_block(*described)) if described else ""  # noqa: S308 (escaped by `data_block`)


@register.simple_tag(takes_context=True)
def alternates(context: template.Context) -> dict[str, str]:
    """Return the addresses of the page for readers of each language, by `hreflang`.

    https://developers.google.com/search/docs/specialty/international/localized-versions
    """
    addresses = _by_language(context)
    addresses["x-default"] = addresses[settings.LANGUAGE_CODE]
    return {code: absolute(address) for code, address in addresses.items()}


@register.simple_tag(takes_context=True)
def canonical_address(context: template.Context) -> str:
    """Return the one address of the page for search engines.

    The frame of another language around a text makes no other page: its address is that of the text in its own frame.
    """
    page = context.get("page")
    match = getattr(context.get("request"), "resolver_match", None)
    is_text = isinstance(page, Page) and match is not None and match.url_name == CONTENT_VIEW
    thing = page if is_text else _subject(context)  # a page that only introduces a form or a list is not all of it
    if isinstance(thing, Publishable) and thing.path and thing.language != get_language():
        return absolute(in_own_language(thing))
    return str(context["canonical_url"]) + context["kept_query"]


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, language: str) -> str:
    """Return the address of the page for readers of this language, as `alternates` tells search engines."""
    return _by_language(context)[language]


@register.simple_tag(takes_context=True)
def with_current(context: template.Context, items: Iterable[NavigationItem]) -> list[tuple[NavigationItem, str]]:
    """Return each item with its `aria-current`: `page` for the page itself, `true` for the list of what it shows."""
    here, lists = iri_to_uri(context["request"].path), _lists_of_page(context)
    return [(item, "page" if item.url == here else "true" if item.url in lists else "") for item in items]


def _lists_of_page(context: template.Context) -> set[str]:
    """Return the addresses of the lists that a further page, or the page of a thing, belongs to."""
    page, thing = context.get("page"), context.get("tag") or _subject(context)
    found = {page.pages.address} if isinstance(page, PageOfList) else set()
    return found | {LISTS[type(thing)](thing)} if thing else found


@register.simple_tag(takes_context=True)
def social_picture(context: template.Context, image: Any = None) -> dict[str, Any]:
    """Return the picture to share a page with: the card of an episode, its own image, one of the show, or ours.

    `url` is absolute; `alt` is always there, `width` and `height` only for a picture of the size of a card.
    """
    podcast, thing = context["podcast"], _subject(context)
    if isinstance(thing, Episode) and thing.pk and thing.is_live():
        url = public_url(card_path(thing, podcast))
        return {"url": url, "alt": f"{thing} · {podcast.title}", "width": WIDTH, "height": HEIGHT}
    if image:
        alt = thing.cover_alt if isinstance(thing, Post) else str(thing)
        return {"url": public_url(image.url), "alt": alt}
    if podcast.share_picture:
        return _measured(podcast.share_picture, podcast.title)
    if podcast.artwork:
        return {"url": public_url(podcast.artwork.url), "alt": podcast.title}
    url = public_url(static("img/share.png"))
    return {"url": url, "alt": podcast.title, "width": WIDTH, "height": HEIGHT}


@register.simple_tag(takes_context=True)
def open_graph(context: template.Context) -> list[tuple[str, str]]:
    """Return the properties of Open Graph that follow from the thing of the page: locale, audio, dates of an article.

    https://ogp.me
    """
    thing = _subject(context)
    found = [("og:locale", LOCALES.get(getattr(thing, "language", None) or get_language() or "", ""))]
    if isinstance(thing, Episode) and thing.audio_address:
        found += [("og:audio", public_url(thing.audio_address)), ("og:audio:type", str(thing.media_type))]
    if isinstance(thing, Publishable) and thing.is_dated and thing.dated_at and thing.changed_at:
        found += [
            ("article:published_time", thing.dated_at.isoformat()),
            ("article:modified_time", thing.changed_at.isoformat()),
        ]
    return [(name, content) for name, content in found if content]


@register.simple_tag(takes_context=True)
def feed_of_page(context: template.Context) -> dict[str, str]:
    """Return `title` and `path` of the feed of this category, tag, speaker or course; {} if there is none."""
    thing = next((thing for name in WITH_FEED if (thing := context.get(name))), None)
    if thing is None or getattr(thing, "is_glossary", False):
        return {}
    return {"title": f"{thing} · {context['podcast']}", "path": feed_path(thing.path)}


def _measured(picture: Any, alt: str) -> dict[str, Any]:
    facts = {"url": public_url(picture.url), "alt": alt}
    try:
        return facts | {"width": picture.width, "height": picture.height}
    except OSError:  # the file is missing
        return facts


def _by_language(context: template.Context) -> dict[str, str]:
    """Return the addresses of the page by language: its edition, else the same text with the interface translated."""
    by_language = {code: address + context["kept_query"] for code, address in context["addresses"].items()}
    for edition in context.get("editions") or ():
        by_language[edition.language] = in_own_language(edition)
    return by_language


def _subject(context: template.Context) -> Any:
    return next((thing for name in SUBJECTS if (thing := context.get(name))), None)
