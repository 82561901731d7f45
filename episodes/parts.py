"""The parts of an episode, made at each save: its row in lists, its item in the podcast feed, what was said in it."""

from django.template.loader import render_to_string

from episodes.feed.item import add_notes, podcast_item
from episodes.models import Episode, EpisodeQuerySet
from episodes.transcripts.sections import said_in_sections
from interaxion.content.parts.registry import ROW, PartName, register_part
from interaxion.web.feed_xml import Element, spell

#: The item without its notes and its end: those of old episodes are left out.
PODCAST_ITEM, PODCAST_NOTES = PartName("podcast-item"), PartName("podcast-notes")
#: What was said in each section, as its own page shows it.
TRANSCRIPT = PartName("transcript")


def _for_item(episodes: EpisodeQuerySet) -> EpisodeQuerySet:
    return episodes.defer("text", "distribution_notes", "transcript__cues").select_related("transcript").with_people()


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


@register_part(Episode, TRANSCRIPT, load=lambda episodes: episodes.defer("html", "text").with_people())
def said_in_episode(episode: Episode) -> str:
    return said_in_sections(episode)
