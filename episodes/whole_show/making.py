"""Making an episode of an item of a host's feed, and filling the empty fields of one that exists."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from episodes.host_feed.importing import player_of
from episodes.host_feed.reading import LONGEST_GUID, HostItem
from episodes.host_feed.show import HostPerson
from episodes.host_feed.taken_from_feed import OF_AUDIO
from episodes.models import Episode
from episodes.people.speakers import Speaker, find_or_make_speakers
from episodes.whole_show.notes import read_description
from episodes.whole_show.numbering import Numbered
from interaxion.content import paths
from interaxion.content.publishing.recorder import keep
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.text.characters import FORBIDDEN
from interaxion.text.markdown import plain_text

#: Characters of a subtitle that is a summary.
LONGEST_SUMMARY = 300


@dataclass(frozen=True)
class Belongings:
    """Parts of an episode besides the fields of its item, fetched before the transaction begins."""

    document: str = ""  # the show notes
    artwork: str = ""  # the name of a stored picture
    people: tuple[HostPerson, ...] = ()
    language: str = ""


def make_episode(numbered: Numbered, belongings: Belongings, source: str) -> tuple[Episode, list[str]]:
    """Store and publish a new episode. Returns it and notes. Call it in a transaction. Raises ValidationError."""
    item, details = numbered.item, numbered.item.details
    if not item.guid or len(item.guid) > LONGEST_GUID:
        raise ValidationError(_("the item has no GUID of at most 255 characters, and no audio to be known by"))
    episode = Episode(
        guid=item.guid,
        guid_taken_from=source[:500],
        number=numbered.number,
        title=FORBIDDEN.sub("", numbered.title)[:300],
        summary=_summary(item, belongings.document),
        episode_type=details.episode_type or Episode.Type.FULL,
        is_explicit=details.is_explicit,
        **({"language": belongings.language} if belongings.language else {}),
        **{name: getattr(item, name) for name in OF_AUDIO},
        **player_of(item),
    )
    if not item.audio_url:
        episode.forget_measures()
    if episode.number is None:  # a GUID of another host is often no part of an address
        episode.path = paths.first_free(f"/episodes/{paths.slug_of(episode.title, 'episode')}", episode)
    _fill(episode, item, belongings)
    keep(episode)
    store(episode, user=None, note=f"feed: {source}"[:500], write_related=_writer(episode, belongings))
    if item.publish_at is None:
        return episode, [_("it has no date, so it stays a draft")]
    moved = transition(episode, to="published", at=item.publish_at, user=None, note=f"import_feed {source}"[:500])
    return episode, [problem.message for problem in moved.problems if problem.level == "error"]


def fill_episode(episode: Episode, item: HostItem, belongings: Belongings, source: str) -> list[str]:
    """Store what the episode lacks and the item has. Returns the names of the fields; notes that exist stay."""
    changed = _fill(episode, item, belongings)
    write = _writer(episode, belongings)
    lacks_notes = bool(belongings.document) and not episode.sections.exists()
    lacks_people = bool(belongings.people) and not episode.appearances.exists()
    if changed or lacks_notes or lacks_people:
        keep(episode)
        store(episode, user=None, note=f"feed: {source}"[:500], write_related=write)
    return [*changed, *(["sections"] if lacks_notes else []), *(["speakers"] if lacks_people else [])]


def _fill(episode: Episode, item: HostItem, belongings: Belongings) -> list[str]:
    """Set the fields that are empty. Returns their names."""
    details = item.details
    offered: dict[str, Any] = {
        "season": item.season if item.season and item.season < 32_768 else None,
        "artwork": belongings.artwork,
        "transcripts_elsewhere": list(details.transcript_urls),
        "social_posts": list(details.post_urls),
    }
    changed = [name for name, value in offered.items() if value and not getattr(episode, name)]
    for name in changed:
        setattr(episode, name, offered[name])
    return changed


def _writer(episode: Episode, belongings: Belongings) -> Callable[[], None]:
    def write() -> None:
        if belongings.document and not episode.sections.exists():
            episode.replace_sections(belongings.document)
        if belongings.people and not episode.appearances.exists():
            roles: dict[Speaker, str] = {}  # two names may be one speaker
            for person in belongings.people:
                for speaker in find_or_make_speakers([person.name])[0]:
                    roles.setdefault(speaker, person.role)
            episode.replace_appearances(list(roles.items()))

    return write


def _summary(item: HostItem, document: str) -> str:
    """Return the subtitle, unless it is only the beginning of the notes."""
    subtitle = FORBIDDEN.sub("", item.details.subtitle)
    words = "".join(plain_text(document).split())
    is_own = subtitle and "".join(subtitle.split()).rstrip(".…") not in words
    return read_description(subtitle).strip() if is_own and len(subtitle) <= LONGEST_SUMMARY else ""
