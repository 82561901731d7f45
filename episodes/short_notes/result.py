"""Short notes, and what they lack. Pure."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from episodes.short_notes.choosing import key_of
from episodes.short_notes.profiles import Profile
from episodes.short_notes.writing import Draft

What = Literal["embed", "quotation", "commentary", "title", "link", "introduction", "announcement", "heading"]


@dataclass(frozen=True)
class Cut:
    """Something that the short notes lack, or have in a shorter form."""

    what: What
    text: str
    url: str = ""


@dataclass(frozen=True)
class ShortNotes:
    draft: Draft
    cuts: tuple[Cut, ...] = ()

    @property
    def profile(self) -> Profile:
        return self.draft.profile

    @cached_property
    def text(self) -> str:
        """HTML or plain text, as the profile has it."""
        return self.draft.text

    @cached_property
    def plain(self) -> str:
        """The same as plain text, for people to compare."""
        return replace(self.draft, profile=replace(self.profile, markup="text")).text

    @cached_property
    def places(self) -> frozenset[str]:
        """What they link to, each by the key of all its addresses."""
        return frozenset(key_of(link.url) for link in self.draft.links)

    @property
    def size(self) -> int:
        """In the profile's unit."""
        return self.profile.measure(self.text)

    @property
    def fits(self) -> bool:
        return self.size <= self.profile.limit
