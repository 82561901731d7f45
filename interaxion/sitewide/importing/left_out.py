"""The files of a Jekyll site that visitors could read or fetch and no import takes: each is reported with its reason.

Files that make the site look and work (styles, scripts, templates) are passed over in silence.
"""

from pathlib import PurePosixPath

from interaxion.content.importing.links import DOCUMENT_SUFFIXES
from interaxion.sitewide.importing.sites import Site
from interaxion.text.source_errors import gettext_noop

PAGES = (".textile", ".rst", ".adoc", ".asciidoc", ".org")
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
        is_readme = path.stem.upper() == "README" and suffix in DOCUMENT_SUFFIXES
        return gettext_noop("a file about a repository: call it index.md to import it") if is_readme else ""
    if path.parts[0] == "_data":
        if suffix not in DATA or path.name in READ_DATA:
            return ""
        if len(path.parts) == 2:
            return gettext_noop("only Liquid in the pages reads this data file: write what else it says into them")
        is_first = name == site.first_names[PurePosixPath(name).parent]
        message = gettext_noop("nothing here reads the data files in this folder: write what they say into the pages")
        return message if is_first else ""
    if suffix in PAGES and site.has_front_matter(name):
        return gettext_noop("neither Markdown nor HTML: save its text as a .md file with the same front matter")
    if suffix in DOWNLOADS:
        return gettext_noop("a file of this kind is not kept: put it elsewhere and correct the links to it")
    return ""
