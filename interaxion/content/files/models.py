"""Stored files: the pictures and files that Markdown may show, each kept once and named by its hash."""

import hashlib
import mimetypes

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interaxion.content.files.limits import MOST_FILE_BYTES, MOST_SVG_BYTES, FileRefused, validate_size
from interaxion.content.files.picture_encoding import reencode
from interaxion.content.files.pictures import hash_name
from interaxion.content.files.plain_files import CONTENT_TYPES, is_what_it_claims, tell_how_to_convert
from interaxion.content.reasons import spell_reason
from interaxion.web.svg.cleaning import SvgPicture, SvgRefused, clean_svg

#: In the storage.
FOLDER = "files"
SVG_TYPE = "image/svg+xml"


class StoredFile(models.Model):
    """A picture or a file that Markdown may show, found by any address it ever had."""

    file = models.FileField(gettext_lazy("file"), upload_to=FOLDER, max_length=300)
    #: SHA-256 of the upload, before it was encoded again: the same upload is recognised by it.
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(gettext_lazy("name"), max_length=300)
    content_type = models.CharField(gettext_lazy("type of the file"), max_length=100, editable=False)
    width = models.PositiveIntegerField(gettext_lazy("width"), null=True, editable=False)
    height = models.PositiveIntegerField(gettext_lazy("height"), null=True, editable=False)
    alt = models.CharField(gettext_lazy("alternative text"), max_length=500, blank=True)

    class Meta:
        verbose_name = gettext_lazy("file")
        verbose_name_plural = gettext_lazy("files")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.file.url


def store_file(name: str, data: bytes) -> StoredFile:
    """Keep the file; idempotent. Raises FileRefused if its bytes are not what its name says."""
    return find_or_store(name, data)[0]


def find_or_store(name: str, data: bytes) -> tuple[StoredFile, bool]:
    """Return the file and whether it is new. Two uploads that are encoded to the same bytes are one file."""
    sha256 = hashlib.sha256(data).hexdigest()
    if known := StoredFile.objects.filter(sha256=sha256).first():
        return known, False
    stored, file_name, kept = _encode(name, data)
    if twin := StoredFile.objects.filter(file=f"{FOLDER}/{file_name}").first():
        return twin, False
    stored.sha256 = sha256
    stored.file.save(file_name, ContentFile(kept), save=False)
    stored.save()
    return stored, True


def restore_file(name: str, data: bytes, *, sha256: str) -> StoredFile:
    """Check the file and write it to the storage; its row is not saved yet. Raises FileRefused.

    `sha256` is that of the original upload, so that the same upload is recognised again. Two rows of an older site may
    share a file.
    """
    stored, file_name, kept = _encode(name, data)
    stored.sha256 = sha256
    if StoredFile.objects.filter(file=f"{FOLDER}/{file_name}").exists():
        stored.file.name = f"{FOLDER}/{file_name}"
    else:
        stored.file.save(file_name, ContentFile(kept), save=False)
    return stored


def _encode(name: str, data: bytes) -> tuple[StoredFile, str, bytes]:
    """Return a new row, the name of its file, and the bytes to keep. Raises FileRefused."""
    tell_how_to_convert(name)
    suffix = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if suffix == ".svg":
        figure = _clean_figure(data)
        stored = StoredFile(content_type=SVG_TYPE, width=figure.width, height=figure.height)
        kept = figure.data
    elif (mimetypes.guess_type("x" + suffix, strict=False)[0] or "").startswith("image/"):
        picture = reencode(data)
        stored = StoredFile(content_type=picture.content_type, width=picture.width, height=picture.height)
        kept, suffix = picture.data, picture.suffix
    else:
        stored = StoredFile(content_type=_content_type_of(suffix, data))
        kept = data
    stored.name = name.rsplit("/", 1)[-1][:300]
    return stored, hash_name(kept, suffix), kept


def _clean_figure(data: bytes) -> SvgPicture:
    validate_size(len(data), MOST_SVG_BYTES)
    try:
        return clean_svg(data)
    except SvgRefused as problem:
        raise FileRefused(
            _("This SVG is not taken (%(problem)s). Save it again as plain SVG, or as a PNG.")
            % {"problem": spell_reason(problem)}
        ) from problem


def _content_type_of(suffix: str, data: bytes) -> str:
    if not is_what_it_claims(suffix, data):
        raise FileRefused(
            _("Only pictures (JPEG, PNG, WebP, GIF, SVG) and %(others)s are kept, by what is in them.")
            % {"others": ", ".join(sorted(CONTENT_TYPES))}
        )
    validate_size(len(data), MOST_FILE_BYTES)
    return CONTENT_TYPES[suffix]
