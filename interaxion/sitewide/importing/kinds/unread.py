"""Files of other systems that no import reads: each is told by its own bytes, and answered with the way that works."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from interaxion.sitewide.importing.sources.source import ImportSource
from interaxion.text.source_errors import SourceError, gettext_noop

#: Bytes by which a file is known.
HEAD = 4_000
_BY_WORDPRESS = gettext_noop(
    "let a WordPress read it (Tools, Import), export everything from there (Tools, Export), and import that file"
)


@dataclass(frozen=True)
class UnreadKind:
    suffixes: tuple[str, ...]
    mark: re.Pattern[bytes]
    message: str
    cure: str


#: The first that fits is the answer.
UNREAD = (
    UnreadKind(
        (".xml", ".atom"), re.compile(rb"tag:blogger\.com|schemas\.google\.com/blogger"),
        gettext_noop("this is an export of Blogger"), _BY_WORDPRESS,
    ),
    UnreadKind(
        (".xml", ".rss", ".atom"), re.compile(rb"<(?:rss|feed|rdf:RDF)\b"),
        gettext_noop("this is a feed, not the files of a site"),
        gettext_noop("give it to import_feed, or to the page for feeds in the desk"),
    ),
    UnreadKind(
        (".txt",), re.compile(rb"\A(?:\xef\xbb\xbf)?(?:[A-Z][A-Z ]+: [^\n]*\n)*(?:AUTHOR|TITLE): [^\n]*\n"),
        gettext_noop("this is an export of Movable Type, as Hatena Blog and others write it"), _BY_WORDPRESS,
    ),
    UnreadKind(
        (".json",), re.compile(rb"\"db\"\s*:\s*\[\s*\{\s*\"meta\""),
        gettext_noop("this is an export of Ghost"),
        gettext_noop("write each post as a Markdown file with title and date in its front matter"),
    ),
    UnreadKind(
        (".html", ".htm"), re.compile(b""),
        gettext_noop("these are pages in HTML"),
        gettext_noop("write two lines of three dashes at the top of each, and put a file _config.yml beside them"),
    ),
    UnreadKind(
        (".docx", ".odt", ".rst", ".org", ".adoc", ".tex", ".rtf", ".epub", ".ipynb"), re.compile(b""),
        gettext_noop("these are documents of another format: %(suffix)s"),
        gettext_noop("write each of them as Markdown first: pandoc -t gfm -o page.md page%(suffix)s"),
    ),
)  # fmt: skip


def find_unread(source: ImportSource) -> SourceError | None:
    """Return the answer to files that are of no use as they are; None if no kind is known."""
    for kind in UNREAD:
        for name in source.names:
            suffix = PurePosixPath(name).suffix.lower()
            if suffix in kind.suffixes and kind.mark.search(_head(source, name)):
                return SourceError(name, 1, kind.message, kind.cure, suffix=suffix)
    return None


def _head(source: ImportSource, name: str) -> bytes:
    try:
        return source.read(name)[:HEAD]
    except SourceError:
        return b""
