"""The full notes of an episode, with what their host has decided about the short ones: the input of the compiler."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin

from episodes.short_notes.choosing import key_of


@dataclass(frozen=True)
class FullNotes:
    html: str  # rendered
    page_url: str  # where the full notes are, or will be
    language: str = "ja"
    title: str = ""
    introduction: str = ""  # Markdown
    #: Markdown: the short form of the sections that every episode repeats, which have these headings.
    recurring: str = ""
    announcements: Collection[str] = ()
    #: URLs. A link to a pinned place stays before all others; a link to a dropped place never stays.
    pins: Collection[str] = ()
    drops: Collection[str] = ()

    @cached_property
    def pinned(self) -> dict[str, str]:
        """Each pin by the key of its place."""
        return {key_of(urljoin(self.page_url, url)): url for url in self.pins}

    @cached_property
    def dropped(self) -> dict[str, str]:
        """Each drop by the key of its place."""
        return {key_of(urljoin(self.page_url, url)): url for url in self.drops}
