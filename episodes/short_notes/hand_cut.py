"""Short notes that a host cut by hand, in the form that a profile wants. Pure."""

import re

from episodes.short_notes.choosing import key_of
from episodes.short_notes.outline import links_of, read_sections
from episodes.short_notes.profiles import Profile
from episodes.short_notes.result import ShortNotes
from episodes.short_notes.writing import Draft, Part, link_to_page
from interaxion.content.markdown import render

#: The title that such notes begin with, which podcast hosts ask for in a field of its own.
_TITLE = re.compile(r"\A\s*#[ \t][^\n]*(?:\n|\Z)")


def write_hand_cut(markdown: str, *, profile: Profile, page_url: str, language: str = "ja") -> ShortNotes:
    """All that the host wrote, whether it fits or not; the link to the full notes is added where it is missing."""
    lead, *sections = read_sections(render(_TITLE.sub("", markdown)).html, page_url)
    opening = tuple(item.joined for item in lead.items)
    parts = tuple(
        Part(section.heading, section.starts_at, tuple(item.joined for item in section.items)) for section in sections
    )
    lines = [*opening, *(line for part in parts for line in part.lines)]
    is_linked = any(key_of(link.url) == key_of(page_url) for line in lines for link in links_of(line))
    link = None if is_linked else link_to_page(page_url, language)
    return ShortNotes(profile, Draft(profile, opening, link, parts).text)
