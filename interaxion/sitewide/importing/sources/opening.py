"""Opens what is to be imported: a file, a folder or a zip."""

from pathlib import Path

from interaxion.content.importing.jekyll_config import READ_FOLDERS
from interaxion.sitewide.importing.sources.folder_source import FolderSource
from interaxion.sitewide.importing.sources.source import SITE_MARKS, ImportSource
from interaxion.sitewide.importing.sources.zip_source import ZipSource
from interaxion.text.source_errors import SourceError, gettext_noop


def open_source(path: Path, shown_name: str = "") -> ImportSource:
    """Raise SourceError for a path that does not exist or a zip that cannot be trusted, shown as `shown_name`."""
    if path.suffix.lower() == ".zip" and path.is_file():
        return ZipSource(path, shown_name)
    if not path.exists():
        cure = gettext_noop("correct the name")
        raise SourceError(str(path), 1, gettext_noop("there is no such file or folder"), cure)
    path = path.resolve()
    return FolderSource(_root_of(path), path)


def _root_of(path: Path) -> Path:
    """The root of the Jekyll site that `path` is in, so that its assets are found; else the folder itself."""
    if path.is_dir() and any((path / mark).exists() for mark in SITE_MARKS):
        return path
    for folder in path.parents:
        if (folder / "_config.yml").is_file():
            return folder
    for folder in (path, *path.parents):
        if folder.name in READ_FOLDERS:
            return folder.parent
    return path if path.is_dir() else path.parent
