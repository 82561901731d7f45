"""The posts, pages and episodes of one export, in our keys and in Markdown."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from interaxion.sitewide.importing.kinds.translated import TranslatedDocument
from interaxion.sitewide.importing.kinds.wordpress.episodes import keys_of_sound
from interaxion.sitewide.importing.kinds.wordpress.library import Library
from interaxion.sitewide.importing.kinds.wordpress.wxr import WordPressExport, WordPressItem
from interaxion.text.source_errors import Note, Subject, gettext_noop
from interaxion.text.wordpress import read_content

#: What a theme, a plugin or the editor keeps among the posts; nothing of it is a text for readers.
OF_WORDPRESS = frozenset({
    "attachment", "revision", "nav_menu_item", "custom_css", "customize_changeset", "oembed_cache", "user_request",
    "wp_block", "wp_template", "wp_template_part", "wp_global_styles", "wp_navigation", "wp_font_face",
    "wp_font_family",
})  # fmt: skip
DRAFTS = ("draft", "pending")
GONE = ("trash", "auto-draft", "inherit")
NO_CATEGORY = ("uncategorized", "未分類")


@dataclass(frozen=True)
class Blog:
    file: str
    export: WordPressExport
    library: Library

    @property
    def our_config(self) -> dict[str, Any]:
        """Return the settings of the site in the keys of `_config.yml`."""
        parts = urlsplit(self.export.address)
        return {
            "title": self.export.title,
            "description": self.export.description,
            "url": f"{parts.scheme}://{parts.netloc}" if parts.netloc else "",
            "baseurl": self.export.base,
            "lang": self.export.language,
        }

    @property
    def wanted(self) -> Iterator[WordPressItem]:
        return filter(_is_wanted, self.export.items)

    @property
    def top_pages(self) -> list[str]:
        """The addresses of the pages above all others, which a theme lists where nobody has made a menu."""
        paths = [item.path.removeprefix(self.export.base) for item in self.wanted if item.type == "page"]
        return [path for path in paths if path.strip("/") and "/" not in path.strip("/")]

    @property
    def left_out(self) -> Iterator[tuple[str, Note]]:
        """Return the items that no page here stands for, with the reason."""
        items = self.export.items
        if comments := sum(item.comments for item in items):
            message = gettext_noop("%(count)s comments are left out: this site shows none")
            yield self.file, Note(1, message, {"count": comments})
        hidden = (*OF_WORDPRESS, "post", "page")
        others = Counter(
            item.type for item in items if item.type not in hidden and item.status not in GONE and not _is_wanted(item)
        )
        for kind, count in others.items():
            message = gettext_noop("%(count)s things of the kind %(key)s, which a plugin made, are left out")
            yield self.file, Note(1, message, {"count": count, "key": kind})
        attachments = sum(bool(item.attachment) for item in items)
        if attachments and not self.library.files:
            message = gettext_noop(
                "the export only names %(count)s files: put the folder wp-content/uploads of the server beside it "
                "and import both"
            )
            yield self.file, Note(1, message, {"count": attachments}, Subject.PICTURE)

    def translate(self, item: WordPressItem) -> TranslatedDocument:
        body, notes = self._read(item.content)
        excerpt, _told = self._read(item.excerpt)
        cover = self.library.cover_of(item, self.export.address)
        meta = {"title": item.title or item.slug or item.number, "date": item.date, "excerpt": excerpt.strip()}
        meta = self._keys_of_kind(item) | meta | {"image": cover}
        if item.status in DRAFTS or item.status == "private" or item.password:
            meta["published"] = "false"
        notes = (*notes, *_notes_on_status(item))
        return TranslatedDocument(meta, body, notes, name=f"{self.file}#{item.slug or item.number}")

    def _read(self, html: str) -> tuple[str, tuple[Note, ...]]:
        return read_content(self.library.name_originals(html), partial(self.library.address_of, self.export.address))

    def _keys_of_kind(self, item: WordPressItem) -> dict[str, Any]:
        """Return layout, address, people and tags. An episode with a number has the address of its number."""
        address = item.path.removeprefix(self.export.base)
        tags = item.terms_of("post_tag")
        categories = [name for name in item.terms_of("category") if name.lower() not in NO_CATEGORY]
        old = [f"{address.rstrip('/').rpartition('/')[0]}/{slug}/" for slug in item.old_slugs if address.strip("/")]
        if sound := keys_of_sound(item):
            has_number = "number" in sound
            place = {"redirect_from": [*old, *filter(None, [address])]} if has_number else {"permalink": address}
            kind = {"layout": "episode"} | sound | {"tags": list(dict.fromkeys([*tags, *categories]))}
            return kind | {"redirect_from": old} | place
        if item.type == "page":
            return {"layout": "page", "permalink": address, "redirect_from": old}
        author = self.export.authors.get(item.author, item.author)
        place = {"permalink": address, "redirect_from": old} if address.strip("/") else {"slug": item.slug}
        return {"layout": "post", "authors": [author] if author else [], "categories": categories, "tags": tags} | place


def _is_wanted(item: WordPressItem) -> bool:
    if item.type in OF_WORDPRESS or item.status in GONE:
        return False
    if item.type == "page":
        return bool(item.content.strip())  # one without text is the place of a list
    return item.type == "post" or bool(keys_of_sound(item))


def _notes_on_status(item: WordPressItem) -> Iterator[Note]:
    if item.password:
        yield Note(1, gettext_noop("it had a password, so it is a draft"))
    elif item.status == "private":
        yield Note(1, gettext_noop("it was private, so it is a draft"))
