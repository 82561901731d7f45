"""Folders of Markdown that no generator builds: notes of an editor, and courses of one README.md a folder."""

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import PurePosixPath

from interaxion.content import paths
from interaxion.content.importing.inputs import Claim
from interaxion.content.importing.links import DOCUMENT_SUFFIXES
from interaxion.sitewide.importing.claims import find_claimants
from interaxion.sitewide.importing.kinds.readmes import ReadmeCourse, find_readme_courses
from interaxion.sitewide.importing.kinds.translated import TranslatedDocument, TranslatedSource
from interaxion.sitewide.importing.sites import Site, find_sites
from interaxion.sitewide.importing.sources.source import ImportSource
from interaxion.text.front_matter.parsing import SourceDocument, parse_document
from interaxion.text.jekyll.keys import day_in_name, text_of
from interaxion.text.notes.marks import write_marks
from interaxion.text.notes.wiki_links import write_links
from interaxion.text.source_errors import Note, SourceError, Subject, gettext_noop

#: Notion puts the id of a page behind its name.
_ID = re.compile(r"[ _-][0-9a-f]{32}$")
_ABOUT_A_REPOSITORY = re.compile(r"(?:README|LICEN[CS]E|CONTRIBUTING|CHANGELOG)\b", re.IGNORECASE)
_HEADING = re.compile(r"\s*# +(?P<title>[^\n]+?)[ \t#]*(?:\n|\Z)")


def translate(source: ImportSource) -> TranslatedSource:
    folder = NoteFolder(source)
    return TranslatedSource(
        source,
        config=None,
        documents={name: partial(folder.translate, name) for name in folder.documents},
        files={name: name for name in source.all_names if name not in folder.replaced},
        wanted=[folder.ours.get(name, name) for name in source.names],
    )


@dataclass
class NoteFolder:
    source: ImportSource

    @cached_property
    def _site(self) -> Site:
        return find_sites(self.source)[0]

    @cached_property
    def courses(self) -> list[ReadmeCourse]:
        return find_readme_courses(self.source)

    @cached_property
    def ours(self) -> dict[str, str]:
        """The name of each README that has another one here: `intro/README.md` → `intro.md`."""
        return {name: ours for course in self.courses for name, ours in course.names.items()}

    @property
    def replaced(self) -> set[str]:
        return self.ours.keys() | set(self.documents)

    @cached_property
    def documents(self) -> dict[str, str]:
        """The documents to rewrite, by our names for them: READMEs of courses, notes, and what has links by names."""
        found = {ours: name for name, ours in self.ours.items()}
        for name in self.source.names:
            is_document = name not in self.ours and PurePosixPath(name).suffix.lower() in DOCUMENT_SUFFIXES
            if is_document and (self._is_note(name) or b"[[" in self._bytes(name)):
                found[name] = name
        return found

    def translate(self, ours: str) -> TranslatedDocument:
        name = self.documents[ours]
        document = parse_document(name, self.source.read(name))
        course = next((course for course in self.courses if name in course.names), None)
        if course:
            return course.translate(document)
        body = write_links(document.body, partial(self._find, folder=PurePosixPath(name).parent))
        if not self._is_note(name):
            return TranslatedDocument(document.meta, body, body_line=document.body_line)
        return self._note(name, document, body)

    def _note(self, name: str, document: SourceDocument, body: str) -> TranslatedDocument:
        body, has_comment = write_marks(body)
        notes = [Note(1, gettext_noop("nothing says what kind of file this is: it is read as a post"), {}, Subject.KEY)]
        if has_comment:
            notes.append(Note(document.body_line, gettext_noop("a comment that no reader saw is left out")))
        title = text_of(document, "title")
        line = document.body_line
        if not title and (heading := _HEADING.match(body)):
            title, body = heading["title"], body[heading.end() :]
            line += heading[0].count("\n")
        meta = {"layout": "post", "title": title or _stem(name), "permalink": self._address(name)}
        if folder := PurePosixPath(name).parent.name:
            meta["categories"] = folder
        return TranslatedDocument(meta | document.meta | {"title": meta["title"]}, body, tuple(notes), body_line=line)

    @cached_property
    def _notes(self) -> dict[str, bool]:
        return {}

    def _is_note(self, name: str) -> bool:
        """Whether no app recognises the file."""
        if name not in self._notes:
            self._notes[name] = PurePosixPath(name).suffix.lower() in DOCUMENT_SUFFIXES and self._is_unclaimed(name)
        return self._notes[name]

    def _is_unclaimed(self, name: str) -> bool:
        if _ABOUT_A_REPOSITORY.match(PurePosixPath(name).name):
            return False
        with suppress(Exception):  # reported when the file is imported
            document = parse_document(name, self.source.read(name))
            claim, _apps = find_claimants(document, self._site.place(name))
            return claim is Claim.NONE and "layout" not in document.meta
        return False

    def _bytes(self, name: str) -> bytes:
        try:
            return self.source.read(name)
        except SourceError:
            return b""

    def _address(self, name: str) -> str:
        path = PurePosixPath(name)
        slug = paths.slug_of(_stem(name).removeprefix(day_in_name(name)).strip("-"), "post")
        folders = [paths.slug_of(folder, "post") for folder in path.parent.parts]
        return "/" + "/".join([*(folders or ["blog"]), slug])

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """The files by each name that a link may call them, in lower case."""
        called: dict[str, list[str]] = {}
        for name in self.source.all_names:
            path = PurePosixPath(name)
            words = {name, path.name}
            if path.suffix.lower() in DOCUMENT_SUFFIXES:
                words |= {str(path.with_suffix("")), path.stem}
            for word in words:
                called.setdefault(word.lower(), []).append(name)
        return called

    def _find(self, named: str, folder: PurePosixPath) -> str | None:
        """Return what stands in a link for the note or file of this name, the one in the same folder first."""
        found = self._by_name.get(named.lower().lstrip("/"), [])
        name = next((name for name in found if PurePosixPath(name).parent == folder), next(iter(found), None))
        if name is None:
            return None
        return self._address(name) if self._is_note(name) else f"/{self.ours.get(name, name)}"


def _stem(name: str) -> str:
    return _ID.sub("", PurePosixPath(name).stem)
