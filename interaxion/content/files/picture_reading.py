"""Reading of uploaded pictures: only known formats within the limits, upright, in colours that screens show."""

import io
import mimetypes
import warnings
from collections.abc import Iterator

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, ImageSequence

from interaxion.content.files.limits import MOST_FRAMES, MOST_PICTURE_BYTES, MOST_PIXELS, FileRefused, validate_size

try:
    import pillow_heif
except ImportError:  # the extra `heif`
    pillow_heif = None
else:
    pillow_heif.register_heif_opener()

#: The allow-list of formats for Pillow: an SVG, a TIFF or a page that claims to be a picture is refused.
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", *(("HEIF",) if pillow_heif else ()))
# The table of this machine may not know them.
for suffix in ("avif", "heic", "heif"):
    mimetypes.add_type(f"image/{suffix}", f".{suffix}")


def reads_heic() -> bool:
    return pillow_heif is not None


def open_picture(data: bytes) -> tuple[Image.Image, str]:
    """Open the picture; return it and its format, which decides the encoder. Raises FileRefused.

    Two pictures in one file from a phone (MPO) count as the JPEG that comes first.
    """
    validate_size(len(data), MOST_PICTURE_BYTES)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
        try:
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            frames = count_frames(image)
        except Image.DecompressionBombError as problem:
            raise FileRefused(_("The picture has far more than the 40 million pixels that are taken.")) from problem
        except Exception as problem:  # Pillow raises many classes for data that is no picture
            raise FileRefused(_("This is no picture that we can read. Use JPEG, PNG, WebP or GIF.")) from problem
    _validate_pixels(image, frames)
    return image, "JPEG" if image.format == "MPO" else str(image.format)


def count_frames(image: Image.Image) -> int:
    """Return the frames of an animation. Of several pictures of a phone in one file (MPO, HEIF) one is seen."""
    return 1 if image.format in {"MPO", "HEIF"} else int(getattr(image, "n_frames", 1))


def still_of(image: Image.Image) -> Image.Image:
    """Decode the picture, or the first frame of an animation, and turn it upright. Raises FileRefused."""
    try:
        image.load()
        return _in_eight_bits(ImageOps.exif_transpose(image))
    except Exception as problem:
        raise FileRefused(_("This picture is damaged: it cannot be read to its end. Save it again.")) from problem


def frames_of(image: Image.Image) -> Iterator[tuple[Image.Image, int]]:
    """Yield each frame as it is seen, upright, with its duration in milliseconds. Raises FileRefused."""
    try:
        for index, frame in enumerate(ImageSequence.Iterator(image)):
            if index or not image.info.get("default_image"):  # an APNG may begin with a picture for old browsers
                yield ImageOps.exif_transpose(frame).convert("RGBA"), int(frame.info.get("duration", 0))
    except Exception as problem:
        raise FileRefused(_("This picture is damaged: it cannot be read to its end. Save it again.")) from problem


def _validate_pixels(image: Image.Image, frames: int) -> None:
    values = {"width": image.width, "height": image.height, "frames": frames, "most": MOST_FRAMES}
    if frames > MOST_FRAMES:
        raise FileRefused(
            _("The animation has %(frames)d frames, and at most %(most)d are taken. Make it shorter.") % values
        )
    if image.width * image.height * frames <= MOST_PIXELS:
        return
    if frames > 1:
        raise FileRefused(
            _(
                "The animation has %(frames)d frames of %(width)d × %(height)d pixels, and at most 40 million pixels "
                "together are taken. Make it smaller or shorter."
            )
            % values
        )
    raise FileRefused(
        _("The picture has %(width)d × %(height)d pixels, and at most 40 million are taken. Make it smaller.") % values
    )


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """Scale 16-bit grey, as microscopes and telescopes write it: Pillow would clip it at 255."""
    if not image.mode.startswith("I"):
        return image
    scaled = image.convert("I").point(lambda value: value / 257).convert("L")
    if isinstance(transparent := image.info.get("transparency"), int):
        scaled.info["transparency"] = transparent // 257
    return scaled
