"""The links of the full notes, each with what became of it, for the host who pins it or drops it."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

from episodes.short_notes.choosing import find_candidates
from episodes.short_notes.full_notes import FullNotes
from episodes.short_notes.outline import read_sections
from episodes.short_notes.result import ShortNotes
from interaxion.text.addresses import identify

Choice = Literal["", "pin", "drop"]


@dataclass(frozen=True)
class SourceLink:
    heading: str  # of its section
    text: str
    url: str
    address: str  # the one under which it is pinned or dropped
    is_kept: bool
    choice: Choice  # "" leaves it to the rules


def normal_address(url: str, page_url: str) -> str:
    """Return one spelling for all addresses of a place: a path for pages of the show; `url` itself if it is unknown."""
    address = identify(url) and identify(urljoin(page_url, url), {urlsplit(page_url).netloc.lower()})
    return address.canonical_url if address else url


def list_links(full: FullNotes, short_notes: ShortNotes) -> list[SourceLink]:
    """List every place that lists and paragraphs of the full notes link to, once, with what became of it."""
    sections = read_sections(full.html, full.page_url)
    return [
        SourceLink(
            sections[candidate.section].heading,
            candidate.link.text,
            candidate.link.url,
            full.dropped.get(candidate.key)
            or full.pinned.get(candidate.key)
            or normal_address(candidate.link.url, full.page_url),
            is_kept=candidate.key in short_notes.places,
            choice=_choice(candidate.key, full),
        )
        for candidate in find_candidates(sections)
    ]


def _choice(key: str, full: FullNotes) -> Choice:
    if key in full.dropped:
        return "drop"
    return "pin" if key in full.pinned else ""
