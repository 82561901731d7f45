"""What each place that short notes are pasted into accepts: data, and no code that knows their names."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Unit = Literal["characters", "bytes"]
Markup = Literal["html", "text"]


@dataclass(frozen=True)
class Profile:
    key: str
    name: str
    limit: int
    unit: Unit
    markup: Markup
    #: How the line of a timed heading begins; players make chapters of it.
    stamp: str = "({time}) "
    #: Players make chapters only where one begins at 0:00.
    starts_at_zero: bool = True
    has_title: bool = False
    has_links: bool = True
    #: Characters that are refused, and what to write for each.
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
        Profile(
            "youtube", "YouTube", 5000, "characters", "text", stamp="{time} ",
            replaced=(("<", "＜"), (">", "＞")),
        ),
        # What a post may be long in chats and networks of our time; shorter ones take its first lines.
        Profile(
            "announcement", "Announcement", 2000, "characters", "text", stamp="{time} ",
            starts_at_zero=False, has_title=True, has_links=False,
        ),
        Profile("text", "Plain text", 4000, "characters", "text", starts_at_zero=False),
    )
})  # fmt: skip
