"""Short notes: the version of the show notes that podcast hosts accept, made from the full one. Pure.

`profiles` is the data of who accepts what; `compiler` reads as the order in which things are cut; `rules` says
which links are worth most.
"""

from episodes.short_notes.choices import SourceLink, list_links, normal_address
from episodes.short_notes.compiler import compile_short_notes
from episodes.short_notes.hand_cut import spell_markdown, write_hand_cut
from episodes.short_notes.profiles import PROFILES, Profile
from episodes.short_notes.result import Cut, ShortNotes

__all__ = [
    "PROFILES", "Cut", "Profile", "ShortNotes", "SourceLink", "compile_short_notes", "list_links", "normal_address",
    "spell_markdown", "write_hand_cut",
]  # fmt: skip
