"""The outline of the full notes: sections, the items in them, and the links in each line."""

from episodes.short_notes.outline.groups import find_groups
from episodes.short_notes.outline.pieces import (
    Line,
    OutlineItem,
    OutlineLink,
    OutlineSection,
    columns,
    line_text,
    links_of,
)
from episodes.short_notes.outline.reading import read_sections

__all__ = [
    "Line", "OutlineItem", "OutlineLink", "OutlineSection", "columns", "find_groups", "line_text", "links_of",
    "read_sections",
]  # fmt: skip
