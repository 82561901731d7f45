"""The parts of an episode: its row in lists, its item in the podcast feed and the notes in it, made at each save."""

from django.template.loader import render_to_string

from episodes.feed.item import add_notes, podcast_item
from episodes.models import Episode, EpisodeQuerySet
from interaxion.content.parts.registry import ROW, PartName, register_part
from interaxion.web.feed_xml import Element, spell

#: The item without its notes and its end: those of old episodes are left out.
PODCAST_ITEM, PODCAST_NOTES = PartName("podcast-item"), PartName("podcast-notes")


def _for_item(episodes: EpisodeQuerySet) -> EpisodeQuerySet:
    return episodes.defer("text", "distribution_notes").with_people()


@register_part(Episode, ROW, load=EpisodeQuerySet.for_lists)
def episode_row(episode: Episode) -> str:
    return render_to_string("episodes/parts/index_row.html", {"episode": episode})


@register_part(Episode, PODCAST_ITEM, load=_for_item)
def item_of_feed(episode: Episode) -> str:
    return spell(podcast_item(episode)).removesuffix("</item>")


@register_part(Episode, PODCAST_NOTES, load=_for_item)
def notes_in_feed(episode: Episode) -> str:
    item = Element("item")
    add_notes(item, episode)
    return "".join(map(spell, item))
