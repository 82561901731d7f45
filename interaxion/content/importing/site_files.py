"""The files beside the documents of an imported site: found as documents name them, stored when needed."""

import posixpath
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from interaxion.content import paths
from interaxion.content.files.models import StoredFile, find_or_store
from interaxion.content.files.picture_encoding import is_animation, reencode
from interaxion.content.files.pictures import hash_name
from interaxion.content.publishing.recorder import keep, note_made


def resolve_in_site(address: str, folder: str) -> str:
    """Return the file in the site that `../x.png` names in a document of this folder; `/x.png` starts at the root."""
    return posixpath.normpath(posixpath.join("/", unicodedata.normalize("NFC", folder), address)).lstrip("/")


class SiteFiles:
    """`names` are relative to the site's root (`assets/x.png`); `read` returns the bytes of one.

    `written` lists what was put into the storage: a rollback of the database must remove it again (`take_back`).
    """

    def __init__(self, names: Iterable[str] = (), read: Callable[[str], bytes] | None = None) -> None:
        self.names = {unicodedata.normalize("NFC", name): name for name in names}
        self.read_named = read
        self.written: list[str] = []
        self._by_base_name: dict[str, list[str]] = {}
        self._hashes: dict[str, str] = {}
        for name in self.names:
            self._by_base_name.setdefault(PurePosixPath(name).name, []).append(name)

    def find(self, address: str, folder: str = "") -> str | None:
        """Find the file that `/assets/x.png` names, `../x.png` in a document of this folder, or `x.png` in a theme."""
        address = unicodedata.normalize("NFC", address)
        if (resolved := resolve_in_site(address, folder)) in self.names:
            return resolved
        steps = [step for step in address.split("/") if step not in ("", ".", "..")]
        if not steps:
            return None
        if "/".join(steps) in self.names:
            return "/".join(steps)
        if len(steps) > 1 and address.startswith("/"):
            return None
        same_base_name = self._by_base_name.get(steps[-1], [])
        found = [name for name in same_base_name if f"/{name}".endswith("/" + "/".join(steps))]
        return found[0] if len(found) == 1 else None

    def read(self, name: str) -> bytes:
        if self.read_named is None:
            raise FileNotFoundError(name)
        return self.read_named(self.names[name])

    def hash_of(self, name: str) -> str:
        """Return the SHA-256 of the file, which is read once in a run."""
        if name not in self._hashes:
            self._hashes[name] = sha256(self.read(name)).hexdigest()
        return self._hashes[name]

    def are_still(self, hashes: Mapping[str, str]) -> bool:
        """Whether the files with these names are there and have these hashes."""
        return all(name in self.names and self.hash_of(name) == known for name, known in hashes.items())

    def store(self, name: str, address: str = "") -> tuple[StoredFile, bool]:
        """Store the file under its old address or the one given. Return its row and whether anything changed.

        Raises FileRefused, or ValidationError for the address.
        """
        address = address or name
        stored, is_new = find_or_store(name, self.read(name))
        if is_new:
            self.written.append(stored.file.name)
            note_made(stored)
        row = paths.find_path(address)
        if row and row.target == stored:
            return stored, is_new
        keep(stored)
        if row and isinstance(row.target, StoredFile):
            keep(row.target)
            row.delete()  # another file has this address now
        paths.claim_old(stored, address)
        return stored, True

    def keep_picture(self, name: str, *, longest_side: int) -> str:
        """Re-encode the picture as a still one and return its name in the storage. Raises FileRefused."""
        picture = reencode(self.read(name), longest_side=longest_side, is_still=True)
        return self.keep(f"pictures/{hash_name(picture.data, picture.suffix)}", picture.data)

    def is_animation(self, name: str) -> bool:
        """Whether `keep_picture` keeps only the first frame of it. Raises FileRefused."""
        return is_animation(self.read(name))

    def keep(self, name: str, data: bytes) -> str:
        """Write the bytes under a name that holds their hash; idempotent."""
        if not default_storage.exists(name):
            name = default_storage.save(name, ContentFile(data))
            self.written.append(name)
        return name

    def take_back(self, beginning: int = 0) -> None:
        """Delete what was written, from that index of `written` on, after the database was rolled back."""
        while len(self.written) > beginning:
            default_storage.delete(self.written.pop())
