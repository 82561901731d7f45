"""Episodes take over what the host before published of them: GUID, audio, length and date.

Apps know an episode by its GUID alone: with another one every subscriber would get every episode again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from episodes.host_feed import LONGEST_GUID, HostFeed, HostItem, fold_title
from episodes.models import Episode
from episodes.numbers import spell_number
from episodes.podcast import Podcast
from episodes.podcast_rss import podcast_guid
from interaxion.content.publishing.storing import store

#: What an episode takes from its item, in the order in which it is reported.
TAKEN = ("guid", "audio_url", "audio_bytes", "audio_type", "audio_seconds", "publish_at")


@dataclass
class Taking:
    """What became of one item: the episode it is of, the fields that changed, and what to look at."""

    item: HostItem
    episode: Episode | None = None
    action: str = "unmatched"  # updated, unchanged, failed
    changed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def take_show_guid(feed: HostFeed, source: str, *, dry_run: bool) -> str:
    """Keep the show's GUID of the host's feed, unless one is set. Returns it, or nothing where none was taken."""
    podcast = Podcast.current()
    address = feed.address or source
    guid = str(feed.guid or (podcast_guid(address) if "://" in address else ""))
    if podcast.guid or not guid:
        return ""
    if not dry_run:
        podcast.guid = guid
        podcast.save()
    return guid


def take_items(feed: HostFeed, source: str, *, dry_run: bool, overwrite: bool) -> Iterator[Taking]:
    """Let each matching episode take what its item says, in the order of the feed, each item in a transaction.

    What was taken before is kept: a feed that says something else of it later is reported. With `overwrite` audio,
    length and date follow it; the GUID never does.
    """
    for item, episode in match_items(feed.items, Episode.objects.untrashed().order_by("pk")):
        taking = Taking(item, episode)
        if episode is not None:
            try:
                with transaction.atomic():
                    _take(taking, episode, source, overwrite=overwrite)
                    transaction.set_rollback(dry_run)
            except ValidationError as refused:
                taking.action, taking.notes = "failed", [*refused.messages]
        yield taking


def match_items(items: Iterable[HostItem], episodes: Iterable[Episode]) -> list[tuple[HostItem, Episode | None]]:
    """Which episode each item is of: that of the same GUID, else of the same number, else of the same title.

    An episode is that of one item only, and a title that several share names none of them.
    """
    items, left = list(items), list(episodes)
    found: dict[int, Episode] = {}
    keys: list[tuple[Any, Any]] = [
        (lambda item: item.guid, lambda episode: episode.guid),
        (lambda item: item.number, lambda episode: episode.number),
        (lambda item: item.bare_title, lambda episode: fold_title(episode.title)),
    ]
    for key_of_item, key_of_episode in keys:
        wanted: dict[Any, list[int]] = {}
        for place, item in enumerate(items):
            if place not in found and (key := key_of_item(item)) not in {None, ""}:
                wanted.setdefault(key, []).append(place)
        holders: dict[Any, list[Episode]] = {}
        for episode in left:
            holders.setdefault(key_of_episode(episode), []).append(episode)
        for key, places in wanted.items():
            if len(places) == 1 and len(holders.get(key, [])) == 1:
                found[places[0]] = holders[key][0]
        taken = {episode.pk for episode in found.values()}
        left = [episode for episode in left if episode.pk not in taken]
    return [(item, found.get(place)) for place, item in enumerate(items)]


def _take(taking: Taking, episode: Episode, source: str, *, overwrite: bool) -> None:
    item = taking.item
    was_taken = bool(episode.guid_taken_from)
    if not item.guid or len(item.guid) > LONGEST_GUID:
        raise ValidationError("the item has no GUID that could be kept")
    if not item.audio_url:
        taking.notes.append("the item has no audio at an https address")
    for name in TAKEN:
        said, kept = getattr(item, name), getattr(episode, name)
        if not said or said == kept or str(said) == str(kept):
            continue
        if was_taken and (name == "guid" or not overwrite):
            taking.notes.append(f"{name} stays as it is: the feed now says {said}")
            continue
        setattr(episode, name, said)
        taking.changed.append(name)
    if was_taken and not taking.changed:
        taking.action = "unchanged"
        return
    taking.action = "updated"
    episode.guid_taken_from = episode.guid_taken_from or source[:500]
    store(episode, user=None, note=f"feed: {source}"[:500])


def unmatched_episodes(takings: Iterable[Taking]) -> list[Episode]:
    """The episodes that no item is of, by number."""
    taken = {taking.episode.pk for taking in takings if taking.episode}
    return [e for e in Episode.objects.untrashed().order_by("number", "pk") if e.pk not in taken]


def name_of(item: HostItem) -> str:
    """How a person finds the item in the feed."""
    number = f"{spell_number(item.number)} " if item.number is not None else ""
    return f"{number}“{item.title}”"
