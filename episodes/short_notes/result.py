"""Short notes, and what they lack. Pure."""

from dataclasses import dataclass
from typing import Literal

from episodes.short_notes.profiles import Profile

What = Literal["embed", "quotation", "commentary", "title", "link", "introduction", "announcement", "heading"]


@dataclass(frozen=True)
class Cut:
    """Something that the short notes lack, or have in a shorter form."""

    what: What
    text: str
    url: str = ""


@dataclass(frozen=True)
class ShortNotes:
    profile: Profile
    text: str  # HTML or plain text, as the profile has it
    cuts: tuple[Cut, ...] = ()

    @property
    def size(self) -> int:
        """In the profile's unit."""
        return self.profile.measure(self.text)

    @property
    def fits(self) -> bool:
        return self.size <= self.profile.limit
