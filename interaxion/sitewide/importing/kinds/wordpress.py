"""An export of WordPress, with the folder `wp-content/uploads` beside it or without."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from interaxion.content.importing.links import FILE_SUFFIXES
from interaxion.sitewide.importing.kinds.translated import TranslatedDocument, TranslatedSource
from interaxion.sitewide.importing.kinds.wordpress_episodes import keys_of_sound
from interaxion.sitewide.importing.kinds.wxr import HEAD, WordPressExport, WordPressItem, is_wxr, read_wxr
from interaxion.sitewide.importing.sources.source import ImportSource
from interaxion.text.source_errors import Note, SourceError, Subject, gettext_noop
from interaxion.text.wordpress import read_content

UPLOADS = "wp-content/uploads/"
#: What a theme, a plugin or the editor keeps among the posts; nothing of it is a text for readers.
OF_WORDPRESS = frozenset({
    "attachment", "revision", "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache", "user_request",
    "wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_face",
    "wp_font_family",
})  # fmt: skip
DRAFTS = ("draft", "pending")
GONE = ("trash", "auto-draft", "inherit")
NO_CATEGORY = ("uncategorized", "未分類")
_SIZED = re.compile(r"-(?:\d+x\d+|scaled)(?=\.\w+$)")
_FILE_ADDRESS = re.compile(
    r"(?<=[\"'(\s])(?P<before>(?:https?:)?//[^\s\"'()<>]*?/|/)?wp-content/uploads/(?P<file>[^\s\"'()<>?#]+)"
)


def find_exports(source: ImportSource) -> list[str]:
    """Return the names of the exports among the files."""
    return [name for name in source.names if name.lower().endswith(".xml") and is_wxr(_head(source, name))]


def translate(source: ImportSource) -> TranslatedSource:
    files = dict(_uploads(source))
    blogs: list[Blog] = []
    problems: list[SourceError] = []
    for name in find_exports(source):
        try:
            blogs.append(Blog(name, read_wxr(name, source.read(name)), files))
        except SourceError as problem:
            problems.append(problem)
    return TranslatedSource(
        source,
        config=blogs[0].our_config if blogs else None,
        config_name=blogs[0].file if blogs else "",
        documents={name: partial(blog.translate, item) for blog in blogs for name, item in blog.documents.items()},
        files=files,
        left_out=[left_out for blog in blogs for left_out in blog.left_out],
        problems=problems,
    )


@dataclass
class Blog:
    file: str
    export: WordPressExport
    uploads: Mapping[str, str]

    @property
    def base(self) -> str:
        """The path at which the blog began."""
        return urlsplit(self.export.address).path.rstrip("/")

    @property
    def our_config(self) -> dict[str, Any]:
        parts = urlsplit(self.export.address)
        return {
            "title": self.export.title,
            "description": self.export.description,
            "url": f"{parts.scheme}://{parts.netloc}" if parts.netloc else "",
            "baseurl": self.base,
            "lang": self.export.language,
        }

    @cached_property
    def documents(self) -> dict[str, WordPressItem]:
        """The things to import, by names of their own."""
        found: dict[str, WordPressItem] = {}
        for item in self.export.items:
            if self._is_wanted(item):
                stem = f"{item.type}/{(item.slug or item.number or 'post').replace('/', '-')}"
                name = f"{stem}.md" if f"{stem}.md" not in found else f"{stem}-{item.number}.md"
                found[name] = item
        return found

    @property
    def left_out(self) -> Iterator[tuple[str, Note]]:
        if comments := sum(item.comments for item in self.export.items):
            message = gettext_noop("%(count)s comments are left out: this site shows none")
            yield self.file, Note(1, message, {"count": comments})
        others = Counter(
            item.type
            for item in self.export.items
            if item.type not in OF_WORDPRESS and item.status not in GONE and not self._is_wanted(item)
        )
        for kind, count in others.items():
            message = gettext_noop("%(count)s things of the kind %(key)s, which a plugin made, are left out")
            yield self.file, Note(1, message, {"count": count, "key": kind})
        attachments = sum(bool(item.attachment) for item in self.export.items)
        if attachments and not self.uploads:
            message = gettext_noop(
                "the export only names %(count)s files: put the folder wp-content/uploads of the server beside it "
                "and import both"
            )
            yield self.file, Note(1, message, {"count": attachments}, Subject.PICTURE)

    def _is_wanted(self, item: WordPressItem) -> bool:
        if item.type in OF_WORDPRESS or item.status in GONE:
            return False
        return item.type in ("post", "page") or bool(keys_of_sound(item))

    @cached_property
    def _attachments(self) -> dict[str, WordPressItem]:
        return {item.number: item for item in self.export.items if item.attachment}

    def _picture(self, number: str) -> str | None:
        found = self._attachments.get(number)
        return found.attachment if found else None

    def translate(self, item: WordPressItem) -> TranslatedDocument:
        body, notes = read_content(self._with_files(item.content), self._picture)
        excerpt, _told = read_content(self._with_files(item.excerpt), self._picture)
        meta: dict[str, Any] = {"title": item.title or item.slug or item.number, "date": item.date}
        meta |= {"excerpt": excerpt.strip(), "image": self._cover(item)}
        notes = (*notes, *self._status_notes(item))
        if item.status in DRAFTS or item.status == "private" or item.password:
            meta["published"] = "false"
        tags = item.terms_of("post_tag")
        categories = [name for name in item.terms_of("category") if name.lower() not in NO_CATEGORY]
        address = item.path.removeprefix(self.base)
        sound = keys_of_sound(item)
        if sound:
            meta = {"layout": "episode"} | meta | sound | {"tags": list(dict.fromkeys([*tags, *categories]))}
            has_number = "number" in sound
            meta |= {"redirect_from": [address]} if has_number and address else {"permalink": address}
        elif item.type == "page":
            meta = {"layout": "page", "permalink": address} | meta
        else:
            address = address.strip("/") and address
            author = self.export.authors.get(item.author, item.author)
            names = {"authors": [author] if author else [], "categories": categories, "tags": tags}
            meta = {"layout": "post", "permalink": address, "slug": "" if address else item.slug} | meta | names
        return TranslatedDocument(meta, body, notes, name=f"{self.file}#{item.slug or item.number}")

    def _status_notes(self, item: WordPressItem) -> Iterator[Note]:
        if item.password:
            yield Note(1, gettext_noop("it had a password, so it is a draft"))
        elif item.status == "private":
            yield Note(1, gettext_noop("it was private, so it is a draft"))

    def _cover(self, item: WordPressItem) -> str | dict[str, str]:
        picture = self._attachments.get(item.meta.get("_thumbnail_id", ""))
        if picture is None:
            return ""
        path = unquote(urlsplit(picture.attachment).path).lstrip("/").removeprefix(self.base.lstrip("/")).lstrip("/")
        address = f"/{path}" if path in self.uploads else picture.attachment
        return {"path": address, "alt": picture.meta.get("_wp_attachment_image_alt", "")}

    def _with_files(self, html: str) -> str:
        """Name the original where the export has no file of the size that the text shows."""

        def rewrite(found: re.Match[str]) -> str:
            file = unquote(found["file"])
            original = _SIZED.sub("", file)
            if UPLOADS + file in self.uploads or UPLOADS + original not in self.uploads:
                return found[0]
            return found[0].replace(found["file"], _SIZED.sub("", found["file"]))

        return _FILE_ADDRESS.sub(rewrite, html)


def _uploads(source: ImportSource) -> Iterator[tuple[str, str]]:
    """Yield the address of each file of the library here, and its name in the source."""
    for name in source.all_names:
        parts = PurePosixPath(name).parts
        if "uploads" in parts and PurePosixPath(name).suffix.lower() in FILE_SUFFIXES:
            yield UPLOADS + "/".join(parts[parts.index("uploads") + 1 :]), name


def _head(source: ImportSource, name: str) -> bytes:
    try:
        return source.read(name)[:HEAD]
    except SourceError:
        return b""
