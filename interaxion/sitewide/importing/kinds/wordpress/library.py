"""The files of a WordPress: the folder `wp-content/uploads`, and what the export says of each file."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from interaxion.content.importing.links import FILE_SUFFIXES
from interaxion.sitewide.importing.kinds.wordpress.wxr import WordPressExport, WordPressItem

UPLOADS = "wp-content/uploads/"
#: The end of the name of a smaller picture that WordPress has made.
_SIZED = re.compile(r"-(?:\d+x\d+|scaled)(?=\.\w+$)")
_ADDRESS = re.compile(rf"(?<={UPLOADS})[^\s\"'()<>?#,]+")


@dataclass(frozen=True)
class Library:
    files: Mapping[str, str]  # the address of each file that is here → its name in the source
    attachments: Mapping[tuple[str, str], WordPressItem]  # by the address of the blog and their number

    @classmethod
    def of(cls, names: Iterable[str], exports: Iterable[WordPressExport]) -> "Library":
        """Return one library of all exports: a large blog has several, and one names the pictures of another."""
        files = {}
        for name in names:
            path = PurePosixPath(name)
            if "uploads" in path.parts and path.suffix.lower() in FILE_SUFFIXES:
                files[UPLOADS + "/".join(path.parts[path.parts.index("uploads") + 1 :])] = name
        attachments = {
            (export.address, item.number): item for export in exports for item in export.items if item.attachment
        }
        return cls(files, attachments)

    def address_of(self, blog: str, number: str) -> str | None:
        """Return the address of a file, by its number in the blog at that address."""
        found = self.attachments.get((blog, number))
        return found.attachment if found else None

    def cover_of(self, item: WordPressItem, blog: str) -> dict[str, str]:
        """Return our keys for the picture of a post; empty for a post without one."""
        picture = self.attachments.get((blog, item.meta.get("_thumbnail_id", "")))
        if picture is None:
            return {}
        file = unquote(urlsplit(picture.attachment).path).partition(UPLOADS)[2]
        address = f"/{UPLOADS}{file}" if UPLOADS + file in self.files else picture.attachment
        return {"path": address, "alt": picture.meta.get("_wp_attachment_image_alt", "")}

    def name_originals(self, html: str) -> str:
        """Name the original where there is no file here of the size that the text shows."""

        def rewrite(found: re.Match[str]) -> str:
            original = _SIZED.sub("", found[0])
            is_here, has_original = (UPLOADS + unquote(name) in self.files for name in (found[0], original))
            return original if has_original and not is_here else found[0]

        return _ADDRESS.sub(rewrite, html)
