"""Upload limits, and the error of a file that breaks one or is not what it claims to be."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

#: Of audio, video, slides and documents, which are kept as they are.
MOST_FILE_BYTES: int = settings.UPLOAD_LIMIT_MB * 1_000_000
MOST_PICTURE_BYTES = 20_000_000
MOST_SVG_BYTES = 4_000_000
MOST_PIXELS = 40_000_000  # of all frames together
MOST_FRAMES = 1000
MARK_SIDE, SHARED_SIDE = 512, 1200  # pixels: of an icon, and of the picture of a shared link
ARTWORK_SIDE = 3000  # pixels: the most that podcast directories accept


class FileRefused(ValidationError):
    """The file is not what it claims to be, or too large."""


def validate_size(size: int, most: int) -> None:
    """Raise FileRefused if there are more than `most` bytes."""
    if size > most:
        values = {"size": f"{size / 1_000_000:.1f}", "most": most // 1_000_000}
        raise FileRefused(_("The file has %(size)s MB, and at most %(most)d MB are taken.") % values)
