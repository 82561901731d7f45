"""A post as a file of a Jekyll site, and back."""

from collections.abc import Mapping
from typing import Any

from episodes.people.speakers import find_or_make_speakers, known_names
from interaxion.content.exporting.documents import (
    extra_of,
    file_stem,
    find_imported,
    publishing_keys,
    tag_names,
)
from interaxion.content.exporting.files import FOLDER
from interaxion.content.exporting.kinds import Exported
from interaxion.content.importing.inputs import ImportInputs
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.front_matter.writing import Said, write_document
from interaxion.text.kramdown import JekyllSite
from interaxion.text.source_errors import Note, SourceError
from posts.models import Post
from posts.reading import PostSource, read_post

model = Post
folder = "posts"
in_document: frozenset[str] = frozenset({"body"})


def export(post: Post) -> Exported:
    imported = find_imported(post, post.body)
    authors = [authorship.speaker.name for authorship in post.authorships.all()]
    tags = tag_names(post)
    source = _read(imported.document) if imported.document else None

    def says(field: str, value: Any) -> bool:
        return source is not None and (imported.is_untouched or getattr(source, field) == value)

    names = known_names(source.authors) if source and not imported.is_untouched else []
    keys = [
        *publishing_keys(post, imported.document, layout="post"),
        Said("title", post.title, says("title", post.title)),
        Said("categories", [post.category.slug], says("category", post.category.slug), ("category",)),
        Said("authors", authors, source is not None and (imported.is_untouched or names == authors), ("author",)),
        Said("tags", tags, says("tags", tuple(tags))),
        Said("excerpt", post.summary, says("summary", post.summary), ("description", "summary")),
        Said("image", _cover(post), says("cover", f"/{FOLDER}{post.cover.name}"), ("cover",)),
        Said("lang", post.language, says("language", post.language), ("language",)),
    ]
    text = write_document(imported, keys, post.body, extra=extra_of(post))
    return Exported(file_stem(post.path, post), text, {"tags": tags, "authors": authors})


def _cover(post: Post) -> str | dict[str, str]:
    if not post.cover:
        return ""
    address = f"/{FOLDER}{post.cover.name}"
    return {"path": address, "alt": post.cover_alt} if post.cover_alt else address


def _read(document: SourceDocument) -> PostSource | None:
    try:
        return read_post(document, site=JekyllSite())
    except SourceError:
        return None


def fill(post: Post, body: str, data: Mapping[str, Any], inputs: ImportInputs) -> list[Note]:
    post.body = body
    return []


def write_related(post: Post, body: str, data: Mapping[str, Any]) -> None:
    post.replace_authors(find_or_make_speakers(data.get("authors", []))[0])
    post.tags.set(data.get("tags", []))
