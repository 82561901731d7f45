"""The source of an import, as names and bytes. Nothing outside of it can be reached."""

from collections.abc import Iterable

from interaxion.content.importing.links import DOCUMENT_SUFFIXES, FILE_SUFFIXES
from interaxion.text.source_errors import Note, SourceError, gettext_noop

#: Of files that can be imported. Others, such as thousands of comments in `_data`, are only listed.
MOST_FILES = 20_000
MOST_BYTES = 200_000_000  # of one file
#: Names that mark the topmost folder of a Jekyll site.
SITE_MARKS = ("_config.yml", "_posts", "_drafts", "_data")
#: Folders with nothing to publish; folders whose names begin with `.` have nothing, either.
IGNORED_FOLDERS = ("node_modules", "vendor", "__MACOSX", "_site", "_layouts", "_sass", "_plugins")


class ImportSource:
    """`names` are to be imported, relative to the root with `/`; `all_names` can be referred to.

    `root_name` is "" for a single file: the name of the folder around it means nothing.
    """

    def __init__(self, root_name: str, names: list[str], all_names: list[str], refused: list[SourceError]) -> None:
        self.root_name = root_name
        self.names = sorted(names)
        self.all_names = sorted(all_names)
        #: One error for each file that cannot be read.
        self.refused = refused

    #: What no file here stands for, each with the file that had it and the reason.
    left_out: tuple[tuple[str, Note], ...] = ()

    def read(self, name: str) -> bytes:
        raise NotImplementedError

    def notes_on(self, name: str) -> tuple[Note, ...]:
        """Return what was lost or changed before the file came to be as it is read; the lines are of the original."""
        return ()

    def original(self, name: str, line: int) -> tuple[str, int]:
        """Return the file and line that somebody finds on the disk, for a line of what is read."""
        return name, line


def is_ignored(name: str, *, is_folder: bool) -> bool:
    return name.startswith(".") or (is_folder and name in IGNORED_FOLDERS)


def too_large(name: str) -> SourceError:
    message = gettext_noop("the file is larger than %(most)d MB")
    return SourceError(name, 1, message, gettext_noop("make it smaller"), most=MOST_BYTES // 1_000_000)


def refuse(name: str, message: str, **params: object) -> SourceError:
    return SourceError(name, 1, message, gettext_noop("put plain files in its place"), **params)


def validate_count(name: str, names: Iterable[str]) -> None:
    """Raise SourceError if more than MOST_FILES of the names in a folder or zip can be imported."""
    suffixes = (*DOCUMENT_SUFFIXES, *FILE_SUFFIXES)
    if sum(each.lower().endswith(suffixes) for each in names) > MOST_FILES:
        message = gettext_noop("there are more than %(most)d files")
        raise SourceError(name, 1, message, gettext_noop("import it in several parts"), most=MOST_FILES)
