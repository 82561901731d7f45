"""One or more exports of WordPress, with the folder `wp-content/uploads` beside them or without."""

from collections.abc import Callable, Container, Iterator
from functools import partial

from interaxion.content.importing.links import DOCUMENT_SUFFIXES
from interaxion.sitewide.importing.kinds.translated import TranslatedDocument, TranslatedSource
from interaxion.sitewide.importing.kinds.wordpress.blog import Blog
from interaxion.sitewide.importing.kinds.wordpress.library import Library
from interaxion.sitewide.importing.kinds.wordpress.wxr import HEAD, WordPressExport, WordPressItem, is_wxr, read_wxr
from interaxion.sitewide.importing.sources.source import ImportSource
from interaxion.text.source_errors import Note, SourceError, gettext_noop


def find_exports(source: ImportSource) -> list[str]:
    """Return the names of the exports among the files."""
    return [name for name in source.names if name.lower().endswith(".xml") and is_wxr(_head(source, name))]


def translate(source: ImportSource) -> TranslatedSource:
    exports: dict[str, WordPressExport] = {}
    problems: list[SourceError] = []
    for name in find_exports(source):
        try:
            exports[name] = read_wxr(name, source.read(name))
        except SourceError as problem:
            problems.append(problem)
    library = Library.of(source.all_names, exports.values())
    blogs = [Blog(name, export, library) for name, export in exports.items()]
    documents: dict[str, Callable[[], TranslatedDocument]] = {}
    for blog in blogs:
        for item in blog.wanted:
            documents[_free_name(item, documents)] = partial(blog.translate, item)
    return TranslatedSource(
        source,
        config=blogs[0].our_config if blogs else None,
        config_name=blogs[0].file if blogs else "",
        documents=documents,
        files=library.files,
        navigation=[address for blog in blogs for address in blog.top_pages],
        left_out=[*(left_out for blog in blogs for left_out in blog.left_out), *_documents_beside(source)],
        problems=problems,
    )


def _documents_beside(source: ImportSource) -> Iterator[tuple[str, Note]]:
    beside = [name for name in source.names if name.lower().endswith(DOCUMENT_SUFFIXES)]
    if beside:
        message = gettext_noop("%(count)s Markdown files beside the export are left out: import them by themselves")
        yield beside[0], Note(1, message, {"count": len(beside)})


def _free_name(item: WordPressItem, taken: Container[str]) -> str:
    """Return the name by which the importers know the item."""
    stem = f"{item.type}/{(item.slug or item.number or 'post').replace('/', '-')}"
    names = (f"{stem}.md", *(f"{stem}-{item.number or 'again'}{'-again' * count}.md" for count in range(1000)))
    return next(name for name in names if name not in taken)


def _head(source: ImportSource, name: str) -> bytes:
    try:
        return source.read(name)[:HEAD]
    except SourceError:
        return b""
