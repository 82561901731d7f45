"""Consequences for listeners and their apps of a change to what a live episode is known by."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from episodes.models import Episode
from episodes.numbers import path_of_number, spell_number
from interaxion.content.checks.registry import register_consequences


@register_consequences(Episode)
def what_follows(episode: Episode, stored: Episode) -> list[str]:
    """Return the consequences in sentences, except those of a new address.

    Those of another GUID are returned also if the episode is no longer live.
    """
    live = [*_of_number(episode, stored), *_of_audio(episode, stored), *_of_player(episode, stored)]
    return [*(live if stored.is_live() else []), *_of_guid(episode, stored)]


def _of_number(episode: Episode, stored: Episode) -> Iterator[str]:
    if episode.number == stored.number:
        return
    numbers = {"old": stored.spelled_number or "–", "new": episode.spelled_number or "–"}
    yield _("The number changes from %(old)s to %(new)s, on the page, in the feed and in its chapters.") % numbers
    is_at_number = stored.number is not None and stored.path == path_of_number(stored.number)
    if is_at_number and episode.path == stored.path and episode.number is not None:
        text = _("The page stays at %(path)s, which is the address of number %(old)s. Empty the path to let it follow.")
        yield text % {"path": stored.path, "old": spell_number(stored.number)}


def _of_audio(episode: Episode, stored: Episode) -> Iterator[str]:
    old, new = (version.audio_url or str(version.audio_file) for version in (stored, episode))
    if old and not new:
        yield _("It has no audio any more and leaves the podcast feed. Apps stop showing it.")
    elif new and not old:
        yield _("It comes into the podcast feed, with the audio %(new)s.") % {"new": new}
    elif new != old:
        yield _("Apps that fetch it from now on get other audio: %(new)s. Whoever has it keeps what there was.") % {
            "new": new
        }


def _of_player(episode: Episode, stored: Episode) -> Iterator[str]:
    old, new = stored.player_page_url, episode.player_page_url
    if old and not new:
        yield _("The page shows no player of another site any more.")
    elif new != old:
        yield _("The page shows another player: %(new)s.") % {"new": new}


def _of_guid(episode: Episode, stored: Episode) -> Iterator[str]:
    if str(episode.guid) != str(stored.guid) and stored.is_guid_fixed:
        text = _("The GUID changes from %(old)s to %(new)s: every subscriber gets the episode again, as a new one.")
        yield text % {"old": stored.guid, "new": episode.guid}
