"""The whole site as a folder of text and files, which Jekyll builds and an import gives back as the same rows.

Documents lie where Jekyll looks for them, byte for byte as they came in where nobody has edited them; what their
front matter does not say stands in `_data`, a file for each, which holds only what a new row would not have by itself.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models

import episodes.exporting
import posts.exporting
from courses.exporting import ChapterExport, CourseExport
from episodes.models import Podcast, Speaker
from interaxion.content.exporting.documents import extra_of
from interaxion.content.exporting.files import FOLDER, stored_names
from interaxion.content.exporting.kinds import ExportedKind
from interaxion.content.exporting.rows import address_data, row_data
from interaxion.content.exporting.tree import Tree
from interaxion.content.files.models import StoredFile
from interaxion.content.linking.works import Work
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import Status
from interaxion.content.tags import Tag
from interaxion.sitewide.exporting import pages as page_exporting
from interaxion.text.front_matter.parsing import parse_document
from interaxion.text.front_matter.yaml_strings import write_yaml
from interaxion.text.source_errors import SourceError
from posts.models import Category

#: The form of the tree; an import reads this one only.
FORMAT = 1
#: In the order in which they come back: a course before its chapters.
KINDS: tuple[ExportedKind, ...] = (CourseExport(), ChapterExport(), episodes.exporting, posts.exporting, page_exporting)
#: Rows without a document of their own, and what they are ordered by.
NAMED: dict[str, tuple[type[models.Model], str]] = {
    "members": (Speaker, "name"),
    "tags": (Tag, "name"),
    "categories": (Category, "slug"),
    "files": (StoredFile, "sha256"),
}
WORK_COLUMNS = ("id", "kind", "key", "title", "url", "merged_into")
_MEDIA = re.compile(r"/media/((?:files|pictures|audio)/[\w.-]+)")
LAYOUT = """\
---
---
<!doctype html>
<html lang="{{ page.lang | default: site.lang }}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ page.title | escape }}</title>
<h1>{{ page.title | escape }}</h1>
{{ content }}
</html>
"""


def export_site(folder: Path) -> Tree:
    """Write everything to the folder; a second time writes nothing. Raises FolderRefused for other people's folders."""
    with Tree(folder) as tree:
        layouts: set[str] = set()
        media: set[str] = set()
        for kind in KINDS:
            for thing in kind.model._base_manager.order_by("path", "pk"):
                text, row = _add_document(tree, kind, thing)
                media |= {*stored_names(thing), *_MEDIA.findall(text), *_MEDIA.findall(row)}
                layouts.add(_layout_of(text))
        for name, (model, order) in NAMED.items():
            rows = [_named_data(row) for row in model._base_manager.order_by(order)]
            tree.add(f"_data/{name}.yml", write_yaml_list(rows).encode())
            if model is not StoredFile:
                media |= {stored for row in model._base_manager.all() for stored in stored_names(row)}
        media |= _add_podcast(tree)
        tree.add("_data/works.csv", _works().encode())
        tree.add("_config.yml", _config().encode())
        for layout in sorted(layouts - {""}):
            tree.add(f"_layouts/{layout}.html", LAYOUT.encode())
        for name, stored in _files(media):
            if default_storage.exists(stored):
                with default_storage.open(stored) as stream:
                    tree.add(name, stream.read())
    return tree


def write_yaml_list(rows: Iterable[dict[str, Any]]) -> str:
    """A list of mappings, an entry a block: a row that is added changes no other line."""
    blocks = []
    for row in rows:
        first, *rest = write_yaml(row).splitlines()
        blocks.append("\n".join([f"- {first}", *(f"  {line}" if line else "" for line in rest)]) + "\n")
    return "\n".join(blocks) or "[]\n"


def _add_document(tree: Tree, kind: ExportedKind, thing: Publishable) -> tuple[str, str]:
    exported = kind.export(thing)
    is_shown = thing.status == Status.PUBLISHED and not thing.deleted_at
    stem = exported.stem if is_shown else f"_drafts/{exported.stem.removeprefix('_posts/')}"
    name = tree.free_name(stem, ".md")
    data = exported.text.encode()
    tree.add(name, data)
    row = write_yaml(document_row(kind, thing, name, data, dict(exported.belongings)))
    beside = "-".join(name.removesuffix(".md").removeprefix("_posts/").strip("_").split("/"))
    tree.add(tree.free_name(f"_data/{kind.folder}/{beside}", ".yml"), row.encode())
    return exported.text, row


def document_row(
    kind: ExportedKind, thing: Publishable, name: str, data: bytes, belongings: dict[str, Any]
) -> dict[str, Any]:
    """What stands beside a document: which bytes of it the row is of, its fields, and what belongs to it."""
    row: dict[str, Any] = {"document": name, "sha256": sha256(data).hexdigest()}
    row |= row_data(thing, without=kind.in_document)
    row["addresses"] = address_data(thing)
    row |= {"extra": extra} if (extra := extra_of(thing)) else {}
    return row | {key: value for key, value in belongings.items() if value}


def _named_data(row: models.Model) -> dict[str, Any]:
    addresses = address_data(row)
    return row_data(row) | ({"addresses": addresses} if addresses else {})


def _add_podcast(tree: Tree) -> set[str]:
    podcast = Podcast.objects.first()
    if podcast is None:
        return set()
    hosts = [host.name for host in podcast.hosts.order_by("name")]
    tree.add("_data/podcast.yml", write_yaml(row_data(podcast) | ({"hosts": hosts} if hosts else {})).encode())
    return set(stored_names(podcast))


def _config() -> str:
    podcast = Podcast.current()
    return write_yaml({
        "title": podcast.title,
        "description": podcast.description,
        "lang": podcast.language,
        "url": settings.SITE_URL,
        "permalink": "pretty",
        "interaxion_export": FORMAT,
        # Liquid is for templates: what looks like it in a text was written by its author.
        "defaults": [{"scope": {"path": ""}, "values": {"render_with_liquid": False}}],
    })  # fmt: skip


def _works() -> str:
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(WORK_COLUMNS)
    table.writerows(Work.objects.order_by("pk").values_list("pk", "kind", "key", "title", "url", "merged_into_id"))
    return stream.getvalue()


def _layout_of(text: str) -> str:
    try:
        layout = parse_document("document.md", text.encode()).meta.get("layout", "")
    except SourceError:
        return ""
    return layout if isinstance(layout, str) and re.fullmatch(r"[\w-]+", layout) else ""


def _files(named: set[str]) -> Iterator[tuple[str, str]]:
    """Each file at every address it has in the site that it came from, and where its own address is written too."""
    for stored in StoredFile.objects.order_by("sha256"):
        addresses = [address.lstrip("/") for address in address_data(stored) if is_plain(address)]
        own = [FOLDER + stored.file.name] if stored.file.name in named or not addresses else []
        yield from ((name, stored.file.name) for name in (*addresses, *own))
        named = named - {stored.file.name}
    yield from ((FOLDER + name, name) for name in sorted(named))


def is_plain(address: str) -> bool:
    """Whether both Jekyll and an import would look at a file of this name."""
    parts = address.strip("/").split("/")
    return not any(part.startswith((".", "_")) or len(part.encode()) > 200 for part in parts) and parts[0] not in (
        "courses",
        "pages",
        "media",
    )
