"""The short notes of an episode as its podcast host gets them: cut by hand where that fits, else compiled."""

from dataclasses import dataclass

from episodes.models import Episode
from episodes.podcast import Podcast
from episodes.short_notes import Profile, ShortNotes, SourceLink, compile_short_notes, list_links, write_hand_cut
from interaxion.content.paths import public_url


@dataclass(frozen=True)
class Distribution:
    #: What the host pastes: one of the two that follow.
    notes: ShortNotes
    #: What the full notes give.
    compiled: ShortNotes
    #: What the host cut by hand, in the profile's form; None where there is nothing, or it is no use in the profile.
    by_hand: ShortNotes | None
    #: The links of the full notes, and which of them `notes` have.
    links: list[SourceLink]

    @property
    def is_by_hand(self) -> bool:
        return self.notes is self.by_hand


def distribute(episode: Episode, profile: Profile) -> Distribution:
    """For a draft, too: its link is the one that the page will have."""
    podcast = Podcast.current()
    page_url = page_url_of(episode)
    by_hand = None
    if episode.distribution_notes.strip() and profile.has_links:
        by_hand = write_hand_cut(
            episode.distribution_notes, profile=profile, page_url=page_url, language=episode.language
        )
    choices = {"pins": episode.pinned_links, "drops": episode.dropped_links}
    compiled = compile_short_notes(
        episode.html,
        profile=profile,
        page_url=page_url,
        title=str(episode),
        introduction=episode.short_introduction or episode.summary,
        recurring=podcast.recurring_notes,
        announcements=podcast.recurring_headings,
        language=episode.language,
        **choices,
    )
    notes = by_hand if by_hand and by_hand.fits else compiled
    return Distribution(notes, compiled, by_hand, list_links(episode.html, notes, page_url=page_url, **choices))


def page_url_of(episode: Episode) -> str:
    """Where the full notes are, or will be."""
    return public_url(episode.published_path())
