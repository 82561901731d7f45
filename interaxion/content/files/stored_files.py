"""The resolver of the renderer: any address that a stored file has or had becomes its current one."""

import re
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage

from interaxion.content import paths
from interaxion.content.diagrams.kept import KeptDrawings
from interaxion.content.files.models import StoredFile
from interaxion.content.files.renditions import srcset_of
from interaxion.text.markdown import MISSING, ImageSource

#: The folder, among the addresses of this site, of pictures that were fetched from other sites.
COPIES = "elsewhere"
#: The path of a picture that can be part of an address here.
_PLAIN_PATH = re.compile(r"(?=.{1,200}$)(?:/[^\W_][\w.-]*)+")


class StoredFiles(KeptDrawings):
    """A `Resolver`. Pictures of the interface (`/static/…`) stay as written.

    `address_of` returns the address of a page or file that a relative link names, for texts with their own folder.
    """

    def __init__(self, address_of: Callable[[str], str | None] = lambda href: None) -> None:
        self.address_of = address_of

    def image(self, src: str) -> ImageSource | None:
        stored = self._find(address_of_copy(src) or src)
        if stored is not None and stored.content_type.startswith("image/"):
            return ImageSource(stored.file.url, stored.width or 0, stored.height or 0, srcset_of(stored))
        return None if ":" in src or src.startswith(("//", settings.STATIC_URL)) or _is_kept(src) else MISSING

    def link(self, href: str) -> str | None:
        stored = self._find(href)
        return stored.file.url if stored else self.address_of(href)

    def _find(self, address: str) -> StoredFile | None:
        address = self.address_of(address) or address
        if not address.startswith("/") or address.startswith("//"):
            return None
        address = unquote(address)
        if address.startswith(settings.MEDIA_URL):
            return StoredFile.objects.filter(file=address.removeprefix(settings.MEDIA_URL)).first()
        row = paths.find_path(address)  # mostly that of a page, which is not read
        return row.target if row and row.owner_model is StoredFile else None


def address_of_copy(url: str) -> str:
    """Return the address here of our copy of a picture at another site; "" for what is no http or https address.

    The text goes on naming the other site, as its author wrote it.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    path = unquote(parts.path)
    if not parts.query and not parts.port and _PLAIN_PATH.fullmatch(path):
        return f"/{COPIES}/{host}{path}"
    exact = quote(parts._replace(scheme="", fragment="").geturl(), safe="/%:@!$&'()*+,;=~?[]-._")
    return f"/{COPIES}/{host}/{sha256(exact.encode()).hexdigest()[:24]}"


def _is_kept(address: str) -> bool:
    """Whether it names a file in the storage that is no StoredFile, such as an artwork."""
    try:
        return address.startswith(settings.MEDIA_URL) and default_storage.exists(
            unquote(address.removeprefix(settings.MEDIA_URL))
        )
    except (SuspiciousFileOperation, OSError, ValueError):
        return False
