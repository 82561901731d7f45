"""Texts of WordPress, which are HTML with shortcodes, and paragraphs that only blank lines divide."""

from collections.abc import Callable

from interaxion.text.html_markdown import to_markdown
from interaxion.text.source_errors import Note
from interaxion.text.wordpress.paragraphs import with_paragraphs
from interaxion.text.wordpress.shortcodes import Shortcodes

__all__ = ["read_content"]


def read_content(content: str, picture: Callable[[str], str | None]) -> tuple[str, tuple[Note, ...]]:
    """Return the content as Markdown, and notes on what is left out.

    `picture` returns the address of an attachment by its number, for galleries.
    """
    shortcodes = Shortcodes(picture)
    html = shortcodes.rewrite(content.replace("\r\n", "\n"))
    return to_markdown(with_paragraphs(html)), tuple(shortcodes.notes)
