"""The podcast feed by Django's syndication framework: all episodes with full notes and Apple's elements."""

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.utils.feedgenerator import Rss201rev2Feed

from tests.benchmarks.peers.wagtail_site.models import EpisodePage


class FeedWithNotes(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        attributes: dict[str, str] = super().rss_attributes()
        return attributes | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        }

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["notes"])
        for name in ("title", "duration", "episode", "explicit"):
            handler.addQuickElement(f"itunes:{name}", str(item[name]))


class EpisodeFeed(Feed):
    feed_type = FeedWithNotes
    title, link, description = "格子の話", "/", "科学の話をする番組です。"

    def items(self) -> QuerySet[EpisodePage]:
        return EpisodePage.objects.live().order_by("-published").prefetch_related("tags")[:1000]

    def item_title(self, item: EpisodePage) -> str:
        return item.title

    def item_description(self, item: EpisodePage) -> str:
        return item.summary

    def item_link(self, item: EpisodePage) -> str:
        return f"/{item.slug}/"

    def item_pubdate(self, item: EpisodePage) -> datetime:
        return item.published

    def item_categories(self, item: EpisodePage) -> list[str]:
        return [tag.name for tag in item.tags.all()]

    def item_enclosure_url(self, item: EpisodePage) -> str:
        return item.audio_url

    def item_enclosure_length(self, item: EpisodePage) -> int:
        return item.audio_bytes

    item_enclosure_mime_type = "audio/mpeg"

    def item_extra_kwargs(self, item: EpisodePage) -> dict[str, Any]:
        return {
            "notes": item.body,
            "duration": item.seconds,
            "episode": item.number,
            "explicit": "false",
        }
