"""An uploaded audio file for programs, which want a path: media may be in an object storage."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _


@contextmanager
def on_disk(file: FieldFile) -> Iterator[Path]:
    """Give the path of a stored file, or of a copy inside the block. Raises ValidationError if it is missing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, Path(file.name or "").name)
        try:
            with file.storage.open(file.name) as stream:
                try:
                    path = Path(file.storage.path(file.name))
                except NotImplementedError:
                    with path.open("wb") as copy:
                        shutil.copyfileobj(stream, copy)
        except OSError as problem:
            raise ValidationError(_("The uploaded audio file is missing. Upload it again.")) from problem
        yield path
