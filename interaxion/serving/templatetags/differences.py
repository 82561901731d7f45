"""Filters that mark what differs between two texts: no white space may come between the pieces, as it would show."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from interaxion.text.differences import Piece

register = template.Library()

_MARKUP = {"added": "<ins>{}</ins>", "removed": "<del>{}</del>", "skipped": '<span class="skipped">{}</span>'}


@register.filter
def marked_changes(pieces: Iterable[Piece]) -> SafeString:
    """The pieces in reading order, insertions as <ins>, deletions as <del>."""
    marked = (format_html(_MARKUP.get(piece.kind, "{}"), piece.text) for piece in pieces)
    return format_html_join("", "{}", ((html,) for html in marked))


@register.filter
def marked_side(pieces: Iterable[Piece], kind: str) -> SafeString:
    """One of the two texts, its own words as <mark>: the newer for the kind "added", the older for "removed"."""
    markup = {kind: "<mark>{}</mark>", "same": "{}"}
    marked = (format_html(markup[piece.kind], piece.text) for piece in pieces if piece.kind in markup)
    return format_html_join("", "{}", ((html,) for html in marked))
