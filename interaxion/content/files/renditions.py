"""Renditions: narrower copies of pictures for small screens, named by their source.

They are made after an upload, or on the first request.
"""

import logging
import re

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django_tasks import task

from interaxion.content.files.limits import FileRefused
from interaxion.content.files.models import SVG_TYPE, StoredFile
from interaxion.content.files.picture_encoding import shrink

FOLDER = "renditions"
#: In pixels: a phone, a high-density phone, a column of text on a high-density screen.
WIDTHS = (480, 800, 1200)
#: In pixels: a portrait next to a name, an artwork next to a paragraph; twice as wide as shown, for sharp screens.
SMALL, MIDDLE = 160, 320
#: Raise it when the same picture gives other bytes than before: browsers cache a name for ever.
VERSION = 2
_NAME = re.compile(rf"{FOLDER}/(?P<of>pictures/)?(?P<stem>\w+)-(?P<width>\d+)-{VERSION}(?P<suffix>\.(?:jpg|png))")
log = logging.getLogger(__name__)


class NotKept(Exception):
    """A rendition was made but cannot be stored; it has the bytes, which can be sent nevertheless."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.data = data


def srcset_of(stored: StoredFile) -> str:
    """Return the `srcset` of a picture, its renditions and itself; "" for a narrow one, a figure or an animation."""
    if stored.content_type in ("image/webp", SVG_TYPE):
        return ""
    narrower = [width for width in WIDTHS if stored.width and width < stored.width]
    copies = [f"{default_storage.url(_name(stored, width))} {width}w" for width in narrower]
    return ", ".join([*copies, f"{stored.file.url} {stored.width}w"]) if copies else ""


def narrow_url(picture: FieldFile, width: int) -> str:
    """Return the address of a rendition of an artwork, cover or portrait; `width` is SMALL, MIDDLE or one of WIDTHS."""
    stem, _dot, suffix = picture.name.rpartition(".")
    return default_storage.url(f"{FOLDER}/{stem}-{width}-{VERSION}.{suffix}")


def source_of(name: str) -> str:
    """Return the name of the picture of which this is a rendition; any other name as it is."""
    found = _NAME.fullmatch(name)
    return _source(found) if found else name


def make_rendition(name: str) -> bool:
    """Make the rendition of this name; idempotent. Return False if no stored picture has such a rendition.

    Raises NotKept if the disk does not take it.
    """
    found = _NAME.fullmatch(name)
    if found is None or int(found["width"]) not in ((SMALL, MIDDLE, *WIDTHS) if found["of"] else WIDTHS):
        return False
    source = _source(found)
    if not found["of"] and not StoredFile.objects.filter(file=source, width__gt=int(found["width"])).exists():
        return False
    try:
        with default_storage.open(source) as stream:
            data = shrink(stream.read(), int(found["width"]))
    except (FileRefused, OSError):
        return False
    try:
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(data))
    except OSError as problem:
        log.warning("A narrower picture is sent but not kept: %s", problem)
        raise NotKept(data) from problem
    return True


@task()
def make_renditions(source: str) -> None:
    """Make the renditions of a stored picture before anybody asks for them; what is lost of it, a request makes."""
    stored = StoredFile.objects.filter(file=source, content_type__startswith="image/").first()
    for width in WIDTHS if stored and srcset_of(stored) else ():
        if width < stored.width and not default_storage.exists(name := _name(stored, width)):
            make_rendition(name)


def sweep_renditions() -> int:
    """Delete the renditions of deleted pictures and of older versions. Return the number of them."""
    kept = {
        _name(stored, width)
        for stored in StoredFile.objects.filter(content_type__startswith="image/")
        for width in WIDTHS
        if stored.width and width < stored.width
    }
    copies = [*_files_in(FOLDER), *_files_in(f"{FOLDER}/pictures")]
    old = [name for name in copies if name not in kept and not _is_of_a_field(name)]
    for name in old:
        default_storage.delete(name)
    return len(old)


def _files_in(folder: str) -> list[str]:
    try:
        return [f"{folder}/{file}" for file in default_storage.listdir(folder)[1]]
    except OSError:
        return []


def _is_of_a_field(name: str) -> bool:
    found = _NAME.fullmatch(name)
    return bool(found and found["of"] and default_storage.exists(_source(found)))


def _source(found: re.Match[str]) -> str:
    return f"{found['of'] or 'files/'}{found['stem']}{found['suffix']}"


def _name(stored: StoredFile, width: int) -> str:
    stem, _dot, suffix = stored.file.name.rpartition("/")[2].rpartition(".")
    return f"{FOLDER}/{stem}-{width}-{VERSION}.{suffix}"
