"""The short notes of an episode as its podcast host gets them: cut by hand where that fits, else compiled."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings

from episodes.models import Episode
from episodes.short_notes import Profile, ShortNotes, compile_short_notes, write_hand_cut
from interaxion.content.syndication.feed_html import absolute_url


@dataclass(frozen=True)
class Distribution:
    notes: ShortNotes
    #: What the host cut by hand, in the profile's form; None where there is nothing, or it is no use in the profile.
    by_hand: ShortNotes | None

    @property
    def is_by_hand(self) -> bool:
        return self.notes is self.by_hand


def distribute(
    episode: Episode,
    profile: Profile,
    *,
    introduction: str = "",
    recurring: str = "",
    pins: Collection[str] = (),
    drops: Collection[str] = (),
) -> Distribution:
    """For a draft, too: its link is the one that the page will have."""
    page_url = absolute_url(episode.published_path(), settings.SITE_URL)
    by_hand = None
    if episode.distribution_notes.strip() and profile.has_links:
        by_hand = write_hand_cut(
            episode.distribution_notes, profile=profile, page_url=page_url, language=episode.language
        )
        if by_hand.fits:
            return Distribution(by_hand, by_hand)
    compiled = compile_short_notes(
        episode.html,
        profile=profile,
        page_url=page_url,
        title=str(episode),
        introduction=introduction or episode.summary,
        recurring=recurring,
        language=episode.language,
        pins=pins,
        drops=drops,
    )
    return Distribution(compiled, by_hand)
