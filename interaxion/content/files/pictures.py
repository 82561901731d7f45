"""The model field of a picture that belongs to a row: an artwork, a cover, a portrait."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext as _

from interaxion.content.files.limits import FileRefused
from interaxion.content.files.picture_encoding import LONGEST_SIDE, is_animation, reencode


class PictureField(models.ImageField):
    """An ImageField for still pictures: re-encoded, without metadata, and named by the hash of what is kept."""

    def __init__(self, *args: Any, longest_side: int = LONGEST_SIDE, **kwargs: Any) -> None:
        self.longest_side = longest_side  # pixels
        kwargs.setdefault("upload_to", "pictures")
        super().__init__(*args, **kwargs)

    def clean(self, value: Any, model_instance: models.Model) -> Any:
        if value and not value._committed:
            data = value.read()
            if is_animation(data):
                raise FileRefused(_("This is an animation, and only a still picture fits here."))
            picture = reencode(data, longest_side=self.longest_side)
            value.save(hash_name(picture.data, picture.suffix), ContentFile(picture.data), save=False)
        return super().clean(value, model_instance)


def hash_name(data: bytes, suffix: str) -> str:
    """Return a file name made of the hash of the bytes: it repeats nothing that the user typed."""
    return hashlib.sha256(data).hexdigest()[:24] + suffix
