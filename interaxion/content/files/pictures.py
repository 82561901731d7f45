"""Pictures and files: decoded, turned upright, stripped and encoded anew before anybody may see them."""

import hashlib
import io
import mimetypes
import warnings
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps

from interaxion.content.files.picture_bytes import is_bare
from interaxion.content.files.plain_files import CONTENT_TYPES, is_what_it_claims

#: What Pillow may try: an SVG, a TIFF or a page that claims to be a picture is refused.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
#: What we write: format → suffix and content type.
SUFFIXES = {"JPEG": (".jpg", "image/jpeg"), "PNG": (".png", "image/png")}
MOST_PIXELS = 40_000_000  # of all frames together
MOST_BYTES = 20_000_000
LONGEST_SIDE = 1600
ARTWORK_SIDE = 3000  # the most that directories take
MOST_FILE_BYTES = 300_000_000


class FileRefused(ValidationError):
    """The file is not what it claims to be, or too large."""


@dataclass(frozen=True)
class Picture:
    data: bytes
    suffix: str
    content_type: str
    width: int
    height: int


def normalise(data: bytes, *, longest_side: int = LONGEST_SIDE) -> Picture:
    """The picture encoded anew: upright, without EXIF, at most `longest_side` pixels. Raises FileRefused.

    One that we have encoded stays as it is, byte for byte: it loses nothing on its way out and in again.
    """
    if len(data) > MOST_BYTES:
        raise FileRefused(_("The picture is larger than %(most)d MB.") % {"most": MOST_BYTES // 1_000_000})
    image, source_format = _decode(data)
    if max(image.size) <= longest_side and is_bare(data):
        suffix, content_type = SUFFIXES[source_format or ""]
        return Picture(data, suffix, content_type, image.width, image.height)
    image.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    return _encode(image, as_jpeg=source_format == "JPEG")


def shrink(data: bytes, width: int) -> bytes:
    """A picture of ours, `width` pixels wide, in its own format. Raises FileRefused."""
    image, source_format = _decode(data)
    image.thumbnail((width, image.height), Image.Resampling.LANCZOS)
    return _encode(image, as_jpeg=source_format == "JPEG").data


def _decode(data: bytes) -> tuple[Image.Image, str | None]:
    """Upright, with all its pixels read. Raises FileRefused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            if image.width * image.height * getattr(image, "n_frames", 1) > MOST_PIXELS:
                raise FileRefused(_("The picture has more than 40 million pixels. Make it smaller."))
            source_format = image.format
            image.load()
            return ImageOps.exif_transpose(image), source_format
    except FileRefused:
        raise
    except Exception as problem:  # Pillow raises many kinds for what is no picture
        raise FileRefused(_("This is no picture that we can read. Use JPEG, PNG, WebP or GIF.")) from problem


def _encode(image: Image.Image, *, as_jpeg: bool) -> Picture:
    stream = io.BytesIO()
    if as_jpeg:
        profile = image.info.get("icc_profile")
        image.convert("RGB").save(stream, "JPEG", quality=85, progressive=True, icc_profile=profile, comment=b"")
        return Picture(stream.getvalue(), ".jpg", "image/jpeg", image.width, image.height)
    if image.mode not in {"RGB", "RGBA", "L", "LA"}:
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    image.save(stream, "PNG", optimize=True)
    return Picture(stream.getvalue(), ".png", "image/png", image.width, image.height)


class PictureField(models.ImageField):
    """An ImageField that keeps only pictures we encoded ourselves, named by the hash of what was uploaded."""

    def __init__(self, *args: Any, longest_side: int = LONGEST_SIDE, **kwargs: Any) -> None:
        self.longest_side = longest_side
        kwargs.setdefault("upload_to", "pictures")
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: models.Model) -> Any:
        if value and not value._committed:
            data = value.read()
            picture = normalise(data, longest_side=self.longest_side)
            value.save(hash_name(picture.data, picture.suffix), ContentFile(picture.data), save=False)
        return super().clean(value, model_instance)


def hash_name(data: bytes, suffix: str) -> str:
    """A name without any text of the user's, the same for the same bytes."""
    return hashlib.sha256(data).hexdigest()[:24] + suffix


class StoredFile(models.Model):
    """A picture or a file that Markdown may show, found by any address it ever had."""

    file = models.FileField(gettext_lazy("file"), upload_to="files", max_length=300)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(gettext_lazy("name"), max_length=300)
    content_type = models.CharField(max_length=100, editable=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    alt = models.CharField(gettext_lazy("alternative text"), max_length=500, blank=True)

    class Meta:
        verbose_name = gettext_lazy("file")
        verbose_name_plural = gettext_lazy("files")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return self.file.url


def store_file(name: str, data: bytes) -> StoredFile:
    """Keep the file, once however often it comes. Raises FileRefused where its bytes are not what its name says."""
    sha256 = hashlib.sha256(data).hexdigest()
    if known := StoredFile.objects.filter(sha256=sha256).first():
        return known
    stored = restore_file(name, data, sha256=sha256)
    stored.save()
    return stored


def restore_file(name: str, data: bytes, *, sha256: str) -> StoredFile:
    """The file, looked at and written, its row not saved yet. Raises FileRefused.

    `sha256` is that of what was uploaded once, by which the same upload is known again.
    """
    suffix = "." + name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if (mimetypes.guess_type("x" + suffix)[0] or "").startswith("image/"):
        picture = normalise(data)
        stored = StoredFile(content_type=picture.content_type, width=picture.width, height=picture.height)
        kept, suffix = picture.data, picture.suffix
    else:
        stored = StoredFile(content_type=_content_type_of(suffix, data))
        kept = data
    stored.name, stored.sha256 = name.rsplit("/", 1)[-1][:300], sha256
    stored.file.save(hash_name(kept, suffix), ContentFile(kept), save=False)
    return stored


def _content_type_of(suffix: str, data: bytes) -> str:
    if not is_what_it_claims(suffix, data):
        raise FileRefused(
            _("Only pictures (JPEG, PNG, WebP, GIF) and %(others)s are kept, by what is in them.")
            % {"others": ", ".join(sorted(CONTENT_TYPES))}
        )
    if len(data) > MOST_FILE_BYTES:
        raise FileRefused(_("The file is larger than %(most)d MB.") % {"most": MOST_FILE_BYTES // 1_000_000})
    return CONTENT_TYPES[suffix]
