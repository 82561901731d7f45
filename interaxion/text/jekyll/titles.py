"""Titles as Jekyll shows them: entities of HTML read, and a title made of the file's name where nothing states one.

https://github.com/jekyll/jekyll/blob/master/lib/jekyll/utils.rb: `titleize_slug`
"""

from dataclasses import replace
from html import unescape

from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import line_of
from interaxion.text.source_errors import Note, gettext_noop


def read_entities(document: SourceDocument) -> SourceDocument:
    """Read `&amp;` in the title as `&`: the templates of Jekyll print a title as HTML."""
    written = document.meta.get("title")
    if not isinstance(written, str) or "&" not in written or (title := unescape(written)) == written:
        return document
    note = Note(line_of(document, "title"), gettext_noop("the title is read as %(title)s"), {"title": title})
    return replace(document, meta=document.meta | {"title": title}, notes=(*document.notes, note))


def title_of_slug(slug: str) -> str:
    """`hello-new-world` → `Hello New World`."""
    return " ".join(word.capitalize() for word in slug.split("-")).strip()
