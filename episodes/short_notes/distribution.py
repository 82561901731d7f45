"""The short notes of an episode for its podcast host: the version cut by hand if it fits, else the compiled one."""

from dataclasses import dataclass

from episodes.models import Episode
from episodes.podcast import Podcast
from episodes.short_notes import (
    FullNotes,
    Profile,
    ShortNotes,
    SourceLink,
    compile_short_notes,
    list_links,
    write_hand_cut,
)
from interaxion.content.paths import public_url


@dataclass(frozen=True)
class Distribution:
    #: The text to paste: one of the next two.
    notes: ShortNotes
    compiled: ShortNotes
    #: The version cut by hand, in the profile's form; None if there is none, or the profile has no place for it.
    by_hand: ShortNotes | None
    #: The links of the full notes, each with whether `notes` have it.
    links: list[SourceLink]

    @property
    def is_by_hand(self) -> bool:
        return self.notes is self.by_hand


def distribute(episode: Episode, profile: Profile) -> Distribution:
    """Return the short notes of an episode; those of a draft link to the address that its page will have."""
    podcast = Podcast.current()
    full = FullNotes(
        episode.html,
        page_url_of(episode),
        language=episode.language,
        title=str(episode),
        introduction=episode.short_introduction or episode.summary,
        recurring=podcast.recurring_notes,
        announcements=podcast.recurring_headings,
        pins=episode.pinned_links,
        drops=episode.dropped_links,
    )
    by_hand = None
    if episode.distribution_notes.strip() and profile.has_links:
        by_hand = write_hand_cut(
            episode.distribution_notes, profile=profile, page_url=full.page_url, language=full.language
        )
    compiled = compile_short_notes(full, profile)
    notes = by_hand if by_hand and by_hand.fits else compiled
    return Distribution(notes, compiled, by_hand, list_links(full, notes))


def page_url_of(episode: Episode) -> str:
    """The address of the full notes, now or once they are published."""
    return public_url(episode.published_path())
