"""Parsing of a dated article of a Jekyll site, `_posts/2026-04-01-nobel.md`, as Jekyll reads it. No Django.

Front matter and addresses: https://jekyllrb.com/docs/front-matter/, https://jekyllrb.com/docs/permalinks/
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import (
    FALSE,
    date_of,
    is_draft,
    line_of,
    names_of,
    slug_in_name,
    text_of,
    unknown_keys,
    unknown_layout,
    wrong_value,
)
from interaxion.text.jekyll.permalinks import STYLES, address_of, slugify
from interaxion.text.jekyll.titles import title_of_slug
from interaxion.text.kramdown import JekyllSite, rewrite
from interaxion.text.source_errors import Note, SourceError, gettext_noop

#: The layouts of posts; each except `post` is also a category.
LAYOUTS = ("post", "blog", "courrier")
DEFAULT_CATEGORY = "blog"
KNOWN_KEYS = frozenset({
    "layout", "title", "permalink", "slug", "author", "authors", "category", "categories", "tags", "date",
    "created_at", "published", "excerpt", "description", "summary", "image", "cover", "lang", "language",
    "render_with_liquid",
})  # fmt: skip


@dataclass(frozen=True)
class PostSource:
    title: str
    category: str
    slug: str  # from the file's name, "" if the name has no date
    body: str
    summary: str = ""
    path: str = ""  # the permalink in the file; "" without one
    old_path: str = ""  # the address that Jekyll derives; "" if the file has a permalink
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    cover: str = ""
    cover_alt: str = ""
    language: str = ""
    date: str = ""
    is_draft: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[Note, ...] = ()


def read_post(
    document: SourceDocument, *, site: JekyllSite, permalink: str = "", folders: tuple[str, ...] = ()
) -> PostSource:
    """Parse a post; `permalink` is the site's own pattern, `folders` are those above `_posts`.

    Raises SourceError for a value of the wrong type, or without a title.
    """
    extra, unknown = unknown_keys(document, KNOWN_KEYS)
    warnings = [*unknown_layout(document, *LAYOUTS), *unknown]
    site = replace(site, liquid=site.liquid and text_of(document, "render_with_liquid").lower() not in FALSE)
    body = rewrite(
        document.body, first_line=document.body_line, site=site, meta=document.meta, is_html=document.is_html
    )
    excerpt = next((key for key in ("excerpt", "description", "summary") if text_of(document, key)), "excerpt")
    summary = rewrite(text_of(document, excerpt), first_line=line_of(document, excerpt), site=site)
    slug = slugify(text_of(document, "slug") or slug_in_name(document.name))
    categories = (*names_of(document, "category", None), *names_of(document, "categories", None), *folders)
    category, tags = _category_and_tags(document, categories)
    cover, cover_alt = _cover(document)
    pattern = text_of(document, "permalink")
    path = address_of(document, pattern, folders) if pattern else ""
    if pattern and not path:
        message = gettext_noop("nothing says what %(permalink)s stands for: the post gets an address of its own")
        warnings.append(Note(line_of(document, "permalink"), message, {"permalink": pattern}))
    return PostSource(
        title=_title(document, slug),
        category=category,
        slug=slug,
        body=body.text,
        summary=summary.text.strip(),
        path=path,
        old_path=address_of(document, STYLES.get(permalink, permalink), folders) if slug and not pattern else "",
        authors=names_of(document, "authors") or names_of(document, "author"),
        tags=tags,
        cover=cover,
        cover_alt=cover_alt,
        language=text_of(document, "language") or text_of(document, "lang"),
        date=date_of(document),
        is_draft=is_draft(document),
        extra=extra,
        warnings=(*warnings, *summary.notes, *body.notes),
    )


def _title(document: SourceDocument, slug: str) -> str:
    name = slug or (PurePosixPath(document.name).stem if "_drafts" in PurePosixPath(document.name).parts else "")
    title = text_of(document, "title") or title_of_slug(name)
    if not title:
        cure = gettext_noop("add a line such as `title: My post` to the front matter")
        raise SourceError(document.name, 1, gettext_noop("the post has no title"), cure)
    return title


def _category_and_tags(document: SourceDocument, categories: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the category and the tags: the first category is that of the post, the others become tags."""
    layout = text_of(document, "layout")
    named = layout if layout in LAYOUTS[1:] else ""
    category = named or next(iter(categories), DEFAULT_CATEGORY)
    others = [name for name in categories if name != category]
    return category, tuple(dict.fromkeys([*names_of(document, "tags", None), *others]))


def _cover(document: SourceDocument) -> tuple[str, str]:
    """Return name and alternative text; the value is a name, or a mapping whose keys depend on the theme."""
    key = "cover" if "cover" in document.meta else "image"
    value = document.meta.get(key, "")
    if isinstance(value, str):
        return text_of(document, key), ""
    if isinstance(value, dict):
        for name in ("path", "src", "url", "feature"):
            if isinstance(value.get(name), str):
                return value[name].strip(), str(value.get("alt", "")).strip()
    raise wrong_value(document, key, gettext_noop("write the name of a picture"))
