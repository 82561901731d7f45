"""The links of the full notes beside what became of them, for the host who keeps one or leaves one out. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin, urlsplit

from episodes.short_notes.choosing import find_candidates, key_of
from episodes.short_notes.outline import read_sections
from episodes.short_notes.result import ShortNotes
from interaxion.text.addresses import identify

Choice = Literal["", "pin", "drop"]


@dataclass(frozen=True)
class SourceLink:
    heading: str  # of its section
    text: str
    url: str
    address: str  # under which it is pinned or dropped
    is_kept: bool
    choice: Choice  # "" leaves it to the rules


def normal_address(url: str, page_url: str) -> str:
    """One spelling for all addresses of a place; pages of the show by their path. `url` itself if it is no address."""
    meant = identify(url) and identify(urljoin(page_url, url), {urlsplit(page_url).netloc.lower()})
    return meant.canonical_url if meant else url


def list_links(
    notes_html: str, short_notes: ShortNotes, *, page_url: str, pins: Collection[str], drops: Collection[str]
) -> list[SourceLink]:
    """Every place that lists and paragraphs of the full notes link to, once, and whether `short_notes` have it."""
    sections = read_sections(notes_html, page_url)
    pinned, dropped = ({key_of(urljoin(page_url, url)): url for url in urls} for urls in (pins, drops))
    return [
        SourceLink(
            sections[one.section].heading,
            one.link.text,
            one.link.url,
            dropped.get(one.key) or pinned.get(one.key) or normal_address(one.link.url, page_url),
            is_kept=one.key in short_notes.places,
            choice="drop" if one.key in dropped else "pin" if one.key in pinned else "",
        )
        for one in find_candidates(sections, page_url)
    ]
