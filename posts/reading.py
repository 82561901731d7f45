"""A dated article of a Jekyll site as data: `_posts/2026-04-01-nobel.md`, with what Jekyll would make of it. Pure.

Front matter and addresses: https://jekyllrb.com/docs/front-matter/, https://jekyllrb.com/docs/permalinks/
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from interaxion.content.frontmatter import SourceDocument
from interaxion.content.importing.jekyll_keys import (
    FALSE,
    date_of,
    day_in_name,
    is_draft,
    line_of,
    names_of,
    slug_in_name,
    text_of,
    unknown_keys,
    wrong_value,
)
from interaxion.content.kramdown import JekyllSite, rewrite
from interaxion.content.source_errors import Note, SourceError, gettext_noop

#: The layouts of posts; all but `post` name their category.
LAYOUTS = ("post", "blog", "courrier")
DEFAULT_CATEGORY = "blog"
KNOWN_KEYS = frozenset({
    "layout", "title", "permalink", "slug", "author", "authors", "category", "categories", "tags", "date",
    "created_at", "published", "excerpt", "description", "summary", "image", "cover", "lang", "language",
    "render_with_liquid",
})  # fmt: skip
#: Jekyll's named styles of permalinks; `date` is what a site has that says nothing.
STYLES = {
    "": "/:categories/:year/:month/:day/:title.html",
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "none": "/:categories/:title.html",
}


@dataclass(frozen=True)
class PostSource:
    title: str
    category: str
    slug: str  # from the file's name, "" where it has no date
    body: str
    summary: str = ""
    path: str = ""  # "" where neither file nor site names one
    old_path: str = ""  # where Jekyll would have put it
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    cover: str = ""
    cover_alt: str = ""
    language: str = ""
    date: str = ""
    is_draft: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[Note, ...] = ()


def read_post(document: SourceDocument, *, site: JekyllSite, permalink: str = "") -> PostSource:
    """`permalink` is the site's own pattern. Raises SourceError for a value of the wrong kind, or without a title."""
    extra, unknown = unknown_keys(document, KNOWN_KEYS)
    site = replace(site, liquid=site.liquid and text_of(document, "render_with_liquid").lower() not in FALSE)
    body = rewrite(document.body, first_line=document.body_line, site=site)
    excerpt = next((key for key in ("excerpt", "description", "summary") if text_of(document, key)), "excerpt")
    summary = rewrite(text_of(document, excerpt), first_line=line_of(document, excerpt), site=site)
    slug = text_of(document, "slug") or slug_in_name(document.name)
    categories = (*names_of(document, "category", None), *names_of(document, "categories", None))
    category, tags = _category_and_tags(document, categories)
    cover, cover_alt = _cover(document)
    pattern = text_of(document, "permalink")
    parts = _parts_of_address(document, slug, categories)
    return PostSource(
        title=_title(document, slug),
        category=category,
        slug=slug,
        body=body.text,
        summary=summary.text.strip(),
        path=_expand(pattern, parts) if pattern else "",
        old_path=_expand(STYLES.get(permalink, permalink), parts) if parts and not pattern else "",
        authors=names_of(document, "authors") or names_of(document, "author"),
        tags=tags,
        cover=cover,
        cover_alt=cover_alt,
        language=text_of(document, "language") or text_of(document, "lang"),
        date=date_of(document),
        is_draft=is_draft(document),
        extra=extra,
        warnings=(*unknown, *summary.notes, *body.notes),
    )


def _title(document: SourceDocument, slug: str) -> str:
    title = text_of(document, "title") or slug.replace("-", " ").strip().capitalize()
    if not title:
        cure = gettext_noop("add a line such as `title: My post` to the front matter")
        raise SourceError(document.name, 1, gettext_noop("the post has no title"), cure)
    return title


def _category_and_tags(document: SourceDocument, categories: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """A post has one category, the first one; the others are tags."""
    layout = text_of(document, "layout")
    named = layout if layout in LAYOUTS[1:] else ""
    category = named or next(iter(categories), DEFAULT_CATEGORY)
    others = [name for name in categories if name != category]
    return category, tuple(dict.fromkeys([*names_of(document, "tags", None), *others]))


def _cover(document: SourceDocument) -> tuple[str, str]:
    """A name, or a mapping of `path` and `alt`."""
    key = "cover" if "cover" in document.meta else "image"
    value = document.meta.get(key, "")
    if isinstance(value, str):
        return value.strip(), ""
    if isinstance(value, dict) and isinstance(value.get("path"), str):
        return value["path"].strip(), str(value.get("alt", "")).strip()
    raise wrong_value(document, key, gettext_noop("write the name of a picture"))


def _parts_of_address(document: SourceDocument, slug: str, categories: tuple[str, ...]) -> dict[str, str]:
    """What the placeholders of a permalink stand for; nothing for a post whose file has no dated name."""
    day = re.match(r"(\d{4})-(\d{1,2})-(\d{1,2})", text_of(document, "date") or day_in_name(document.name))
    if not (slug and day):
        return {"title": slug, "slug": slug} if slug else {}
    year, month, date = day.groups()
    # Jekyll takes commas for part of a name: `blog,mi` is one category to it.
    folders = [text_of(document, key).split() for key in ("category", "categories") if _is_text(document, key)]
    return {
        "categories": "/".join(dict.fromkeys(map(str.lower, sum(folders, []) or categories))),
        "year": year, "short_year": year[2:],
        "month": month.zfill(2), "i_month": month.lstrip("0"),
        "day": date.zfill(2), "i_day": date.lstrip("0"),
        "title": slug, "slug": slug.lower(), "output_ext": ".html",
    }  # fmt: skip


def _is_text(document: SourceDocument, key: str) -> bool:
    return isinstance(document.meta.get(key, ""), str)


def _expand(pattern: str, parts: Mapping[str, str]) -> str:
    """`/:categories/:title/` → `/blog/nobel/`; "" where a placeholder stands for nothing we know."""
    missing = False

    def part(found: re.Match[str]) -> str:
        nonlocal missing
        missing = missing or found[1] not in parts
        return parts.get(found[1], "")

    path = re.sub(r":([a-z_]+)", part, pattern)
    return "" if missing else "/" + re.sub(r"/{2,}", "/", path).lstrip("/")
