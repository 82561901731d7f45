"""What the head of a page says of itself to other machines: structured data, the shared picture, its own feed."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import override

from episodes.card_picture import HEIGHT, WIDTH
from episodes.cards import card_path
from episodes.models import Episode
from interaxion.content.syndication.feed_html import absolute_url
from interaxion.content.syndication.json_ld import data_block
from interaxion.content.templatetags.content import absolute
from interaxion.sitewide.feeds import feed_path
from interaxion.sitewide.structured_data import describe, describe_show
from posts.models import Post

register = template.Library()

#: The names by which the templates of single things know what they show.
SHOWN_AS = ("episode", "post", "chapter", "course", "speaker")
WITH_FEED = ("category", "tag", "speaker", "course")


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context) -> SafeString | str:
    """The JSON-LD of the page: of the thing that it shows, or of the show on the front page."""
    podcast = context["podcast"]
    thing = _shown(context)
    if thing is not None:
        described = describe(thing, podcast)
    else:
        match = getattr(context.get("request"), "resolver_match", None)
        described = [describe_show(podcast)] if match and match.url_name == "home" else []
    return data_block(*described) if described else ""


@register.simple_tag(takes_context=True)
def alternates(context: template.Context) -> dict[str, str]:
    """The addresses of the page for readers of each language, by `hreflang`: its other edition, else its other frame.

    https://developers.google.com/search/docs/specialty/international/localized-versions
    """
    found = {code: address + context["kept_query"] for code, address in context["addresses"].items()}
    for edition in context.get("editions") or ():
        with override(edition.language):
            found[edition.language] = edition.get_absolute_url()
    return {code: absolute(address) for code, address in {**found, "x-default": found[settings.LANGUAGE_CODE]}.items()}


@register.simple_tag(takes_context=True)
def social_picture(context: template.Context, image: Any = None) -> dict[str, Any]:
    """The picture to share a page with: the card of an episode, else its own image, else the show's artwork.

    As `url`, absolute, with `alt`, and for a card `width` and `height`; nothing where there is none.
    """
    podcast, thing = context["podcast"], _shown(context)
    if isinstance(thing, Episode) and thing.pk and thing.is_live():
        url = absolute_url(card_path(thing, podcast), settings.SITE_URL)
        return {"url": url, "alt": f"{thing} · {podcast.title}", "width": WIDTH, "height": HEIGHT}
    if image:
        alt = thing.cover_alt if isinstance(thing, Post) else str(thing)
        return {"url": absolute_url(image.url, settings.SITE_URL), "alt": alt}
    artwork = podcast.artwork
    return {"url": absolute_url(artwork.url, settings.SITE_URL), "alt": podcast.title} if artwork else {}


@register.simple_tag(takes_context=True)
def feed_of_page(context: template.Context) -> dict[str, str]:
    """The feed of the category, tag, speaker or course whose page this is, as `title` and `path`, or nothing."""
    thing = next((thing for name in WITH_FEED if (thing := context.get(name))), None)
    return {"title": f"{thing} · {context['podcast']}", "path": feed_path(thing.path)} if thing else {}


def _shown(context: template.Context) -> Any:
    return next((thing for name in SHOWN_AS if (thing := context.get(name))), None)
