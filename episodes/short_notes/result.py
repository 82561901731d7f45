"""Short notes, and what was cut from the full ones for them."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from episodes.short_notes.choosing import key_of
from episodes.short_notes.profiles import Profile
from episodes.short_notes.writing import Draft

CutKind = Literal["embed", "quotation", "commentary", "title", "link", "introduction", "announcement", "heading"]


@dataclass(frozen=True)
class Cut:
    """Something that is missing or shorter in the short notes."""

    what: CutKind
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
        """HTML or plain text, as the profile asks for."""
        return self.draft.text

    @cached_property
    def plain(self) -> str:
        """The same notes as plain text, for people to compare."""
        return replace(self.draft, profile=replace(self.profile, markup="text")).text

    @cached_property
    def places(self) -> frozenset[str]:
        """The keys of the places that the notes link to: one key for all addresses of a place."""
        return frozenset(key_of(link.url) for link in self.draft.links)

    @property
    def size(self) -> int:
        """The size of the text in the profile's unit."""
        return self.profile.measure(self.text)

    @property
    def fits(self) -> bool:
        return self.size <= self.profile.limit
