"""Importing a feed: episodes take over the GUID, audio, length and date that the host before has published.

Apps know an episode by its GUID alone: with another GUID, every subscriber would get every episode again.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from episodes.feed.rss import podcast_guid
from episodes.host_feed.matching import Match
from episodes.host_feed.reading import LONGEST_GUID, HostFeed, HostItem
from episodes.host_feed.taken_from_feed import OF_AUDIO, OF_PLAYER, TAKEN
from episodes.host_feed.writing import write_taken
from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.changes.recording import Recording
from interaxion.content.languages import in_a_row
from interaxion.content.publishing.recorder import keep
from interaxion.text.markdown.html.embeds import parse_embed


@dataclass
class Taking:
    """The outcome of one item: its match, the names of the fields that changed, and notes for the user."""

    match: Match
    action: str = "unmatched"  # created, in doubt, updated, unchanged, skipped, failed
    changed: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def take_show_guid(feed: HostFeed, source: str, *, record: Recording) -> str:
    """Take the show's GUID from the host's feed, unless one is set. Returns it, or "" if none was taken."""
    podcast = Podcast.current()
    address = feed.address or source
    guid = str(feed.guid or (podcast_guid(address) if "://" in address else ""))
    if podcast.guid or not guid:
        return ""
    with record.step():
        podcast.guid = guid
        podcast.save()
    return guid


def take_items(matches: Iterable[Match], source: str, *, overwrite: bool, record: Recording) -> Iterator[Taking]:
    """Let each matching episode take what its item says, in the order of the feed, each item in its own transaction.

    Idempotent: what was taken before is kept. If the feed later says something else, that is reported, and only empty
    fields are filled. With `overwrite`, audio, length and date follow the feed. The GUID changes only if a person names
    the episode, and then the other fields change with it.
    """
    for match in matches:
        taking = Taking(match)
        if match.episode is None:
            if match.named:
                taking.action, taking.notes = "in doubt", [_doubt(match)]
            yield taking
            continue
        taking.notes += [_(note.message) % note.params for note in match.item.notes]
        try:
            with record.step():
                _take(taking, match.episode, source, overwrite=overwrite)
        except ValidationError as refused:
            taking.action, taking.changed = "failed", []
            taking.notes += explain(refused)
        yield taking


def unmatched_episodes(matches: Iterable[Match]) -> list[Episode]:
    """Return the episodes that have no item, by number."""
    taken = {match.episode.pk for match in matches if match.episode}
    return [e for e in Episode.objects.untrashed().order_by("number", "pk") if e.pk not in taken]


def player_of(item: HostItem) -> dict[str, str]:
    """Return the fields of the player that the host shows on the item's own page; empty if we know none."""
    embed = parse_embed(item.details.page_url)
    if embed is None or embed.provider not in Episode.Player.values:
        return {}
    return dict(zip(OF_PLAYER, (embed.provider, embed.id), strict=True))


def explain(refused: ValidationError) -> list[str]:
    """Return the messages of an error, each with the name of its field."""
    if not hasattr(refused, "error_dict"):
        return refused.messages
    return [
        message if name == NON_FIELD_ERRORS else f"{name}: {message}"
        for name, messages in refused.message_dict.items()
        for message in messages
    ]


def _take(taking: Taking, episode: Episode, source: str, *, overwrite: bool) -> None:
    keep(episode)  # GUIDs are written before `store()`
    episode.refresh_from_db()
    item = taking.match.item
    if not item.guid or len(item.guid) > LONGEST_GUID:
        raise ValidationError(_("the item has no GUID of at most 255 characters, and no audio to be known by"))
    new = _new_values(taking, episode, overwrite=overwrite)
    if episode.guid_taken_from and not new:
        taking.action = "unchanged"
        return
    taking.action, taking.changed = "updated", [name for name in (*TAKEN, *OF_PLAYER) if name in new]
    if other := taking.match.outvoted:
        message = _("the date of the item is that of %(other)s and is not taken; title and number are of this episode")
        taking.notes.append(message % {"other": other.path})
    if "guid" in new and taking.match.is_by_person:
        taking.notes += _take_away(item.guid, source)
    episode.guid_taken_from = episode.guid_taken_from or source[:500]
    write_taken(episode, new, source)


def _new_values(taking: Taking, episode: Episode, *, overwrite: bool) -> dict[str, Any]:
    """Return the fields that the episode takes; a note says which ones stay although the feed says something else."""
    item = taking.match.item
    was_taken = bool(episode.guid_taken_from) and not taking.match.is_by_person
    new: dict[str, Any] = {}
    for name in TAKEN:
        offered, current = getattr(item, name), getattr(episode, name)
        if not offered or offered == current:
            continue
        if name == "publish_at" and taking.match.outvoted:
            continue
        if name in OF_AUDIO and not _fits_audio(item, name, new.get("audio_url", episode.audio_url)):
            continue
        if was_taken and current not in {None, ""} and (name == "guid" or not overwrite):
            message = _("%(field)s stays as it is: the feed now says %(value)s")
            taking.notes.append(message % {"field": name, "value": offered})
        elif name == "publish_at" and episode.is_live() and offered > timezone.now():
            message = _("the date %(date)s is not taken: until then nobody would see the episode")
            taking.notes.append(message % {"date": offered})
        else:
            new[name] = offered
    if not episode.player_provider and (player := player_of(item)):
        new |= player
    if "audio_url" in new:  # the old size, type and length are those of another file
        new |= {n: "" if n == "audio_type" else None for n in OF_AUDIO if not getattr(item, n) and getattr(episode, n)}
    return new


def _fits_audio(item: HostItem, name: str, audio_url: str) -> bool:
    """Whether an audio field of the item is of the file at `audio_url`; the address itself may always be taken."""
    return bool(item.audio_url) and (name == "audio_url" or audio_url == item.audio_url)


def _take_away(guid: str, source: str) -> list[str]:
    """Give a new GUID to the episode that has this one: a person says that it belongs to another. Returns the notes."""
    other = Episode.objects.filter(guid=guid).first()
    if other is None:
        return []
    keep(other)
    other.guid_taken_from = ""  # so that it can still take its own item
    write_taken(other, {"guid": str(uuid.uuid4())}, source)
    message = _("%(path)s had this GUID and has a new one now, which no app knows: --match its own item, too")
    return [message % {"path": other.path}]


def _doubt(match: Match) -> str:
    names = in_a_row(
        _("%(witness)s: %(path)s") % {"witness": witness.label, "path": episode.path}
        for witness, episode in match.named.items()
    )
    if match.rival:
        message = _("nothing is taken (%(names)s): “%(title)s” names it better. --match GUID=NUMBER decides")
        return message % {"names": names, "title": match.rival.title}
    if episode := match.contradicted:
        message = _(
            "nothing is taken (%(names)s), for the episode is “%(title)s” of %(date)s. --match GUID=NUMBER decides"
        )
        date = timezone.localdate(episode.publish_at) if episode.publish_at else _("no date")
        return message % {"names": names, "title": episode.title, "date": date}
    message = _("nothing is taken, for it may be either (%(names)s). --match GUID=NUMBER decides")
    return message % {"names": names}
