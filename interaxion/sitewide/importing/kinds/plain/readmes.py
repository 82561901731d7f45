"""A course of one README.md a folder, as GitHub shows it: the README above is the course, those below its chapters."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from interaxion.content.importing.links import DOCUMENT_SUFFIXES
from interaxion.sitewide.importing.kinds.translated import TranslatedDocument
from interaxion.sitewide.importing.sources.source import ImportSource
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.languages import language_of_text
from interaxion.text.source_errors import SourceError

_ABOUT = re.compile(r"(?:LICEN[CS]E|CONTRIBUTING|CHANGELOG|CODE_OF_CONDUCT|SECURITY)\b", re.IGNORECASE)
_README = re.compile(r"readme\.(?:md|markdown|mkd)", re.IGNORECASE)
#: A relative address in a link, a picture, or an attribute of HTML.
_ADDRESS = re.compile(
    r"(?P<before>\]\(\s*<?|\b(?:src|href)=[\"']|^ {0,3}\[[^\]\n]+\]:\s*<?)(?P<address>(?![a-z]+:|[/#])[^\s<>\"'()]+)",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True)
class ReadmeCourse:
    index: str
    chapters: tuple[str, ...]  # in their order
    language: str

    @property
    def folder(self) -> str:
        return self.index.rpartition("/")[0]

    @property
    def names(self) -> dict[str, str]:
        """The name of each file here: `intro/README.md` → `intro.md`, beside the `index.md` of the course."""
        chapters = {name: f"{PurePosixPath(name).parent}.md" for name in self.chapters}
        return {self.index: posixpath.join(self.folder, "index.md")} | chapters

    def translate(self, document: SourceDocument) -> TranslatedDocument:
        """Return the file with its layout and order, its relative links from where it is now."""
        here = PurePosixPath(document.name).parent

        def move(found: re.Match[str]) -> str:
            address, rest = re.split(r"(?=[?#])|\Z", found["address"], maxsplit=1)
            named = posixpath.normpath(posixpath.join(str(here), unquote(address))) if address else ""
            page = next((name for name in (named, *self._readmes_in(named)) if name in self.names), None)
            if page is None and here.as_posix() == (self.folder or "."):
                return found[0]
            target = posixpath.relpath(self.names.get(page or "", named), self.folder or ".")
            return found["before"] + target.replace(" ", "%20") + rest if address else found[0]

        is_index = document.name == self.index
        meta = {"layout": "course" if is_index else "chapter"}
        if not is_index and "chapter_number" not in document.meta:
            meta["chapter_number"] = str(self.chapters.index(document.name) + 1)
        meta["lang"] = self.language  # of all files together: a list of chapters is too short to tell
        body = _ADDRESS.sub(move, document.body)
        return TranslatedDocument(meta | document.meta, body, name=document.name, body_line=document.body_line)

    def _readmes_in(self, folder: str) -> list[str]:
        return [name for name in self.chapters if name.rpartition("/")[0] == folder]


def find_readme_courses(source: ImportSource) -> list[ReadmeCourse]:
    """Return a course for each README above folders that hold a README and no other document."""
    documents: dict[str, list[str]] = {}
    for name in source.all_names:
        if name.lower().endswith(DOCUMENT_SUFFIXES) and not _ABOUT.match(PurePosixPath(name).name):
            documents.setdefault(name.rpartition("/")[0], []).append(name)
    alone = {
        folder: names[0]
        for folder, names in documents.items()
        if len(names) == 1 and _README.fullmatch(PurePosixPath(names[0]).name)
    }
    below: dict[str, list[str]] = {}
    for folder, name in alone.items():
        if folder and (above := folder.rpartition("/")[0]) in alone:
            below.setdefault(above, []).append(name)
    courses = []
    for folder, names in below.items():
        chapters = [name for name in names if name.rpartition("/")[0] not in below]  # which are courses themselves
        if chapters:
            index = alone[folder]
            language = language_of_text("".join(_text(source, name) for name in (index, *chapters))) or "ja"
            chapters.sort(key=_order(_text(source, index), folder))
            courses.append(ReadmeCourse(index, tuple(chapters), language))
    return courses


def _order(text: str, folder: str) -> Callable[[str], tuple[int, list[tuple[int, str]]]]:
    """Return the key to sort by: the place of the first link in the index, then the name, numbers by their value."""
    text = unquote(text)

    def key(name: str) -> tuple[int, list[tuple[int, str]]]:
        inner = name.rpartition("/")[0].removeprefix(folder).strip("/")
        place = re.search(rf"\]\(\s*<?(?:\./)?{re.escape(inner)}(?:/[^)\s]*)?[>)\s#]", text)
        parts = [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", inner)]
        return (place.start() if place else len(text), parts)

    return key


def _text(source: ImportSource, name: str) -> str:
    try:
        return source.read(name).decode(errors="replace")
    except SourceError:
        return ""  # reported when the file is imported
