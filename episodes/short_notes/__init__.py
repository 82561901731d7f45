"""Short notes: the version of the show notes that podcast hosts accept, made from the full notes.

`profiles` is data: which place accepts what. `compiler` reads as the order in which things are cut. `rules` decides
which links are worth most. Only `distribution` knows Django.
"""

from episodes.short_notes.choices import SourceLink, list_links, normal_address
from episodes.short_notes.compiler import compile_short_notes
from episodes.short_notes.frame import short_chapters
from episodes.short_notes.full_notes import FullNotes
from episodes.short_notes.hand_cut import spell_markdown, write_hand_cut
from episodes.short_notes.profiles import PROFILES, Profile
from episodes.short_notes.result import Cut, ShortNotes

__all__ = [
    "PROFILES", "Cut", "FullNotes", "Profile", "ShortNotes", "SourceLink", "compile_short_notes", "list_links",
    "normal_address", "short_chapters", "spell_markdown", "write_hand_cut",
]  # fmt: skip
