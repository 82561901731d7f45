"""The files of a Jekyll site that visitors could read or fetch and no import takes: each is reported with its reason.

Files that make the site look and work (styles, scripts, templates) are passed over in silence.
"""

from codecs import BOM_UTF8
from pathlib import PurePosixPath

from interaxion.sitewide.importing.sites import Site
from interaxion.text.source_errors import SourceError, gettext_noop

PAGES = (".html", ".htm", ".textile", ".rst", ".adoc", ".asciidoc", ".org")
DATA = (".yml", ".yaml", ".json", ".csv", ".tsv")
#: The files in `_data` that the importer reads.
READ_DATA = ("members.yml", "keywords.yml", "nav_bar_items.yml")
DOWNLOADS = (
    ".csv", ".zip", ".gz", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".ogg", ".wav", ".flac", ".webm", ".mov", ".ipynb",
    ".tex", ".bib", ".epub", ".srt",
)  # fmt: skip


def reason_to_leave_out(name: str, site: Site) -> str:
    """Return why the file is left out and what to do about it; "" for a file that nobody will miss."""
    path = PurePosixPath(name.removeprefix(site.root))
    suffix = path.suffix.lower()
    if not site.is_jekyll:
        return ""
    if path.parts[0] == "_data":
        if suffix not in DATA or path.name in READ_DATA:
            return ""
        if len(path.parts) == 2:
            return gettext_noop("nothing here reads this data file: write what it says into the pages")
        is_first = name == site.first_names[PurePosixPath(name).parent]
        message = gettext_noop("nothing here reads the data files in this folder: write what they say into the pages")
        return message if is_first else ""
    if suffix in PAGES and _has_front_matter(name, site):
        return gettext_noop("the page is no Markdown: save its text as a .md file with the same front matter")
    if suffix in DOWNLOADS:
        return gettext_noop("a file of this kind is not kept: put it elsewhere and correct the links to it")
    return ""


def _has_front_matter(name: str, site: Site) -> bool:
    """Whether Jekyll makes a page of it; a file without front matter is copied as it is, like a style sheet."""
    try:
        return site.source.read(name).removeprefix(BOM_UTF8).startswith(b"---")
    except SourceError:
        return True
