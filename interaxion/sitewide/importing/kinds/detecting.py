"""The kind of site that the files make, by the files themselves or as somebody has said it."""

from enum import StrEnum
from importlib import import_module
from pathlib import PurePosixPath
from types import ModuleType

from interaxion.content.importing.links import DOCUMENT_SUFFIXES
from interaxion.sitewide.importing.kinds.hugo.config import find_root
from interaxion.sitewide.importing.sources.source import SITE_MARKS, ImportSource
from interaxion.text.source_errors import SourceError, gettext_noop


class Kind(StrEnum):
    JEKYLL = "jekyll"
    HUGO = "hugo"
    WORDPRESS = "wordpress"
    MARKDOWN = "markdown"


#: What the report says of each.
LABELS = {
    Kind.JEKYLL: gettext_noop("a Jekyll site"),
    Kind.HUGO: gettext_noop("a Hugo site"),
    Kind.WORDPRESS: gettext_noop("an export of WordPress"),
    Kind.MARKDOWN: gettext_noop("plain Markdown"),
}
#: The module that rewrites each of the others, imported when such a site comes.
_TRANSLATORS = {
    Kind.HUGO: "interaxion.sitewide.importing.kinds.hugo.site",
    Kind.WORDPRESS: "interaxion.sitewide.importing.kinds.wordpress.site",
    Kind.MARKDOWN: "interaxion.sitewide.importing.kinds.plain.folder",
}


def find_kind(source: ImportSource) -> Kind:
    if find_root(source) is not None:
        return Kind.HUGO
    if any(set(PurePosixPath(name).parts) & set(SITE_MARKS) for name in source.all_names):
        return Kind.JEKYLL
    if _translator(Kind.WORDPRESS).find_exports(source):
        return Kind.WORDPRESS
    documents = [name for name in source.names if name.endswith(DOCUMENT_SUFFIXES)]
    return Kind.HUGO if documents and all(_begins_with_toml(source, name) for name in documents) else Kind.MARKDOWN


def has_documents(source: ImportSource, kind: Kind) -> bool:
    """Whether there is something that the kind reads."""
    return kind is not Kind.MARKDOWN or any(name.lower().endswith(DOCUMENT_SUFFIXES) for name in source.names)


def read_as(source: ImportSource, kind: Kind, *, is_said: bool = False) -> ImportSource:
    """Return the source as one that the importers read. A single file is plain Markdown only if somebody says so."""
    if kind is Kind.JEKYLL or (kind is Kind.MARKDOWN and not source.root_name and not is_said):
        return source
    translated: ImportSource = _translator(kind).translate(source)
    return translated


def _translator(kind: Kind) -> ModuleType:
    return import_module(_TRANSLATORS[kind])


def _begins_with_toml(source: ImportSource, name: str) -> bool:
    """Whether it has front matter that only Hugo reads."""
    try:
        return source.read(name).startswith(b"+++")
    except SourceError:
        return False
