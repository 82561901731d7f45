"""The parts of an episode: its row in lists and its item in the podcast feed, made when it is saved."""

from django.template.loader import render_to_string

from episodes.feed.item import podcast_item
from episodes.models import Episode, EpisodeQuerySet
from interaxion.content.parts.registry import ROW, PartName, register_part
from interaxion.web.feed_xml import spell

PODCAST_ITEM = PartName("podcast-item")


def _for_item(episodes: EpisodeQuerySet) -> EpisodeQuerySet:
    return episodes.defer("text", "distribution_notes").with_people()


@register_part(Episode, ROW, load=EpisodeQuerySet.for_lists)
def episode_row(episode: Episode) -> str:
    return render_to_string("episodes/parts/index_row.html", {"episode": episode})


@register_part(Episode, PODCAST_ITEM, load=_for_item)
def item_of_feed(episode: Episode) -> str:
    return spell(podcast_item(episode))
