"""The whole site as a folder of text and files: Jekyll builds it, and an import restores the same rows from it.

Documents are where Jekyll looks for them; unless somebody has edited them, they are byte for byte as imported. Data
that their front matter lacks is in `_data`, in one file for each document, without the default values of a new row.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models

from episodes.models import Podcast
from interaxion.content.exporting.files import FOLDER, stored_names
from interaxion.content.exporting.kinds import ExportedKind
from interaxion.content.exporting.rows import address_data, row_data
from interaxion.content.exporting.tree import Tree
from interaxion.content.files.models import StoredFile
from interaxion.content.linking.works import Work
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import Status
from interaxion.sitewide.exporting.contents import FORMAT, KINDS, NAMED, WORK_COLUMNS, WORK_JSON, document_row
from interaxion.text.front_matter.parsing import parse_document
from interaxion.text.front_matter.yaml_strings import write_yaml
from interaxion.text.source_errors import SourceError

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
    """Write everything to the folder; idempotent. Raises FolderRefused for a folder with other people's files."""
    with Tree(folder) as tree:
        layouts: set[str] = set()
        media: set[str] = set()
        for kind in KINDS:
            for thing in kind.model.objects.order_by("path", "pk"):
                text, row = _add_document(tree, kind, thing)
                media |= {*stored_names(thing), *_MEDIA.findall(text), *_MEDIA.findall(row)}
                layouts.add(_layout_of(text))
        for name, (model, order) in NAMED.items():
            rows = [_named_data(row) for row in model._default_manager.order_by(order)]
            tree.add(f"_data/{name}.yml", write_yaml_list(rows).encode())
            if model is not StoredFile:
                media |= {stored for row in model._default_manager.all() for stored in stored_names(row)}
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
    """Write a list of mappings as one block for each: an added row changes no other line."""
    blocks = []
    for row in rows:
        first, *rest = write_yaml(row).splitlines()
        blocks.append("\n".join([f"- {first}", *(f"  {line}" if line else "" for line in rest)]) + "\n")
    return "\n".join(blocks) or "[]\n"


def _add_document(tree: Tree, kind: ExportedKind, thing: Publishable) -> tuple[str, str]:
    exported = kind.export(thing)
    is_published = thing.status == Status.PUBLISHED and not thing.deleted_at
    stem = exported.stem if is_published else f"_drafts/{exported.stem.removeprefix('_posts/')}"
    name = tree.free_name(stem, ".md")
    data = exported.text.encode()
    tree.add(name, data)
    for file, text in exported.files.items():
        tree.add(file, text.encode())
    row = write_yaml(document_row(kind, thing, name, data, exported))
    stem = "-".join(name.removesuffix(".md").removeprefix("_posts/").strip("_").split("/"))
    tree.add(tree.free_name(f"_data/{kind.folder}/{stem}", ".yml"), row.encode())
    return exported.text, row


def _named_data(row: models.Model) -> dict[str, Any]:
    data = row_data(row)
    if addresses := address_data(row):
        data["addresses"] = addresses
    return data


def _add_podcast(tree: Tree) -> set[str]:
    podcast = Podcast.objects.first()
    if podcast is None:
        return set()
    data = row_data(podcast)
    if hosts := [host.name for host in podcast.hosts.order_by("name")]:
        data["hosts"] = hosts
    tree.add("_data/podcast.yml", write_yaml(data).encode())
    return set(stored_names(podcast))


def _config() -> str:
    podcast = Podcast.current()
    return write_yaml({
        "title": podcast.title,
        "description": podcast.description,
        "lang": podcast.language,
        **({"timezone": podcast.time_zone} if podcast.time_zone else {}),
        "url": settings.SITE_URL,
        "permalink": "pretty",
        "interaxion_export": FORMAT,
        # Only templates use Liquid: what looks like Liquid in a text is meant literally.
        "defaults": [{"scope": {"path": ""}, "values": {"render_with_liquid": False}}],
    })  # fmt: skip


def _works() -> str:
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(WORK_COLUMNS)
    table.writerows(map(_work_row, Work.objects.order_by("pk").values()))
    return stream.getvalue()


def _work_row(work: dict[str, Any]) -> list[Any]:
    spelled = {name: json.dumps(work[name], ensure_ascii=False, sort_keys=True) for name in WORK_JSON if work[name]}
    empty = dict.fromkeys(WORK_JSON, "") | {"merged_into": work["merged_into_id"]}
    return [(work | empty | spelled)[name] for name in WORK_COLUMNS]


def _layout_of(text: str) -> str:
    try:
        layout = parse_document("document.md", text.encode()).meta.get("layout", "")
    except SourceError:
        return ""
    return layout if isinstance(layout, str) and re.fullmatch(r"[\w-]+", layout) else ""


def _files(used: set[str]) -> Iterator[tuple[str, str]]:
    """Yield (name in the export, name in the storage): at old addresses, and at the file's own if a text uses it."""
    for stored in StoredFile.objects.order_by("sha256"):
        addresses = [address.lstrip("/") for address in address_data(stored) if is_plain(address)]
        own = [FOLDER + stored.file.name] if stored.file.name in used or not addresses else []
        yield from ((name, stored.file.name) for name in (*addresses, *own))
        used = used - {stored.file.name}
    yield from ((FOLDER + name, name) for name in sorted(used))


def is_plain(address: str) -> bool:
    """Whether both Jekyll and an import read a file of this name."""
    parts = address.strip("/").split("/")
    return not any(part.startswith((".", "_")) or len(part.encode()) > 200 for part in parts) and parts[0] not in (
        "courses",
        "pages",
        "media",
    )
