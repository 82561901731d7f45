"""The files that lie beside the documents of an imported site: found as documents name them, stored when needed."""

import posixpath
import unicodedata
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from interaxion.content import paths
from interaxion.content.files.models import StoredFile, store_file
from interaxion.content.files.picture_encoding import is_animation, normalise
from interaxion.content.files.pictures import hash_name


def lies_at(address: str, folder: str) -> str:
    """What `../x.png`, written in a document of this folder, names in the site; `/x.png` is named from its root."""
    return posixpath.normpath(posixpath.join("/", unicodedata.normalize("NFC", folder), address)).lstrip("/")


class SiteFiles:
    """`names` are relative to the site's root (`assets/x.png`); `read` gives the bytes of one.

    `written` holds what was put into the storage: whoever rolls the database back takes it away again.
    """

    def __init__(self, names: Iterable[str] = (), read: Callable[[str], bytes] | None = None) -> None:
        self.names = {unicodedata.normalize("NFC", name): name for name in names}
        self.read_named = read
        self.written: list[str] = []
        self._by_base_name: dict[str, list[str]] = {}
        for name in self.names:
            self._by_base_name.setdefault(PurePosixPath(name).name, []).append(name)

    def find(self, address: str, folder: str = "") -> str | None:
        """The file that `/assets/x.png` means, or in a document of this folder `../x.png`, or in a theme `x.png`."""
        address = unicodedata.normalize("NFC", address)
        if (named := lies_at(address, folder)) in self.names:
            return named
        steps = [step for step in address.split("/") if step not in ("", ".", "..")]
        if not steps:
            return None
        if "/".join(steps) in self.names:
            return "/".join(steps)
        is_beside = len(steps) == 1 or not address.startswith("/")
        named = self._by_base_name.get(steps[-1], []) if is_beside else []
        found = [name for name in named if f"/{name}".endswith("/" + "/".join(steps))]
        return found[0] if len(found) == 1 else None

    def read(self, name: str) -> bytes:
        if self.read_named is None:
            raise FileNotFoundError(name)
        return self.read_named(self.names[name])

    def store(self, name: str, address: str = "") -> tuple[StoredFile, bool]:
        """Keep the file under its old address or the one given, and whether that is news.

        Raises FileRefused, ValidationError.
        """
        address = address or name
        data = self.read(name)
        before = StoredFile.objects.filter(sha256=sha256(data).hexdigest()).exists()
        stored = store_file(name, data)
        if not before:
            self.written.append(stored.file.name)
        row = paths.find_path(address)
        if row and row.target == stored:
            return stored, not before
        if row and isinstance(row.target, StoredFile):
            row.delete()  # the picture at this address is another one now
        paths.claim_old(stored, address)
        return stored, True

    def keep_picture(self, name: str, *, longest_side: int) -> str:
        """Encode the picture anew, a still one; returns its name in the storage. Raises FileRefused."""
        picture = normalise(self.read(name), longest_side=longest_side, is_still=True)
        return self.keep(f"pictures/{hash_name(picture.data, picture.suffix)}", picture.data)

    def moves(self, name: str) -> bool:
        """Whether it is an animation, of which `keep_picture` keeps the first frame. Raises FileRefused."""
        return is_animation(self.read(name))

    def keep(self, name: str, data: bytes) -> str:
        """Write the bytes under a name that is their hash, once."""
        if not default_storage.exists(name):
            name = default_storage.save(name, ContentFile(data))
            self.written.append(name)
        return name

    def take_back(self, beginning: int = 0) -> None:
        """Remove what was written, from the given place in `written` on, for something that was rolled back."""
        while len(self.written) > beginning:
            default_storage.delete(self.written.pop())
