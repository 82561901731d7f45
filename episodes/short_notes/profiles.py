"""Profiles: what each place that short notes are pasted into accepts. Data only: no code knows the names of places."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from django.utils.translation import gettext_noop

Unit = Literal["characters", "bytes"]
Markup = Literal["html", "text"]


@dataclass(frozen=True)
class Profile:
    key: str
    name: str
    limit: int
    unit: Unit
    markup: Markup
    #: The start of the line of a timed heading; players make chapters of it.
    stamp: str = "({time}) "
    #: Whether players make chapters only if the first one begins at 0:00.
    starts_at_zero: bool = True
    #: Seconds. Players show no chapters at all if one is shorter.
    shortest_chapter: int = 0
    has_title: bool = False
    has_links: bool = True
    #: Pairs: a character that the place refuses, and what to write instead.
    replaced: tuple[tuple[str, str], ...] = ()

    def measure(self, text: str) -> int:
        return len(text) if self.unit == "characters" else len(text.encode())


PROFILES: Mapping[str, Profile] = MappingProxyType({
    profile.key: profile
    for profile in (
        # https://support.spotify.com/us/creators/article/creating-and-managing-chapters/
        Profile("spotify", "Spotify", 4000, "characters", "html"),
        # https://podcasters.apple.com/support/823-podcast-requirements
        Profile("apple", "Apple Podcasts", 4000, "bytes", "html"),
        # https://support.google.com/youtube/answer/57407 (it refuses angle brackets)
        # https://support.google.com/youtube/answer/9884579 (the first chapter at 0:00, each of 10 seconds)
        Profile(
            "youtube", "YouTube", 5000, "characters", "text", stamp="{time} ",
            replaced=(("<", "＜"), (">", "＞")), shortest_chapter=10,
        ),
        # The length of a post in most chats and social networks; those with a lower limit take its first lines.
        Profile(
            "announcement", gettext_noop("Announcement"), 2000, "characters", "text", stamp="{time} ",
            starts_at_zero=False, has_title=True, has_links=False,
        ),
        Profile("text", gettext_noop("Plain text"), 4000, "characters", "text", starts_at_zero=False),
    )
})  # fmt: skip
