"""Notes that say nothing of what they are: posts, and drafts unless somebody has given them to readers."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any

from interaxion.content.importing.inputs import Claim
from interaxion.content.importing.links import DOCUMENT_SUFFIXES
from interaxion.sitewide.importing.claims import ABOUT_FILES, find_claimants
from interaxion.sitewide.importing.kinds.plain.names import address_of_note, folders_of, stem_of
from interaxion.sitewide.importing.kinds.translated import TranslatedDocument
from interaxion.sitewide.importing.sites import Site
from interaxion.text.front_matter.parsing import SourceDocument, parse_document
from interaxion.text.jekyll.keys import day_in_name, text_of
from interaxion.text.notes.marks import write_marks
from interaxion.text.notes.wiki_links import write_links
from interaxion.text.source_errors import Note, Subject, gettext_noop

_HEADING = re.compile(r"\s*# +(?P<title>[^\n]+?)[ \t#]*(?:\n|\Z)")


def is_note(name: str, site: Site) -> bool:
    """Whether it is a document that no app recognises."""
    path = PurePosixPath(name)
    if path.suffix.lower() not in DOCUMENT_SUFFIXES or ABOUT_FILES.match(path.name):
        return False
    with suppress(Exception):  # reported when the file is imported
        document = parse_document(name, site.source.read(name))
        claim, _apps = find_claimants(document, site.place(name))
        return claim is Claim.NONE and "layout" not in document.meta
    return False


def translate_note(document: SourceDocument, root: str, find: Callable[[str], str | None]) -> TranslatedDocument:
    """Return the note as a post. `root` is the folder that all are in, `find` returns the address of a name."""
    body, has_comment = write_marks(write_links(document.body, find))
    notes = [Note(1, gettext_noop("nothing says what kind of file this is: it is read as a post"), {}, Subject.KEY)]
    if has_comment:
        notes.append(Note(document.body_line, gettext_noop("a comment that no reader saw is left out")))
    title, line = text_of(document, "title"), document.body_line
    if not title and (heading := _HEADING.match(body)):
        title, body = heading["title"], body[heading.end() :]
        line += heading[0].count("\n")
    meta: dict[str, Any] = {"layout": "post", "permalink": address_of_note(document.name, root)}
    if folders := folders_of(document.name, root):
        meta["categories"] = [folders[-1]]
    if "date" in document.meta and not _says_published(document):
        meta["published"] = "false"
    if "{{" in body or "{%" in body:
        meta["render_with_liquid"] = "false"
    meta |= document.meta | {"title": title or stem_of(document.name)}
    return TranslatedDocument(meta, body, tuple(notes), body_line=line)


def _says_published(document: SourceDocument) -> bool:
    """Whether somebody has given it to readers: a date alone, as editors add it to every note, does not say so."""
    is_article = "title" in document.meta and "date" in document.meta
    return is_article or bool(day_in_name(document.name)) or text_of(document, "publish").lower() == "true"
