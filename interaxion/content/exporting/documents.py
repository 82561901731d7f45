"""The front matter that every exported document has: address, date and status, as in the file it came from."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from interaxion.content.importing.saving import imports_of, is_edited
from interaxion.content.paths import normalise, slug_of
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import Status
from interaxion.content.site_time import SITE_ZONE
from interaxion.text.front_matter.parsing import SourceDocument, parse_document
from interaxion.text.front_matter.writing import Imported, Said
from interaxion.text.jekyll.dates import parse_date
from interaxion.text.jekyll.keys import FALSE, text_of
from interaxion.text.source_errors import SourceError


def find_imported(thing: Publishable, body: str) -> Imported:
    """Return the last imported file with front matter that the thing came from; for a chapter also without."""
    for file in sorted(imports_of(thing), key=lambda file: (bool(file.front_matter), file.pk), reverse=True):
        try:
            document = parse_document(file.name, (file.front_matter + body).encode())
            document = replace(document, home_zone=str(SITE_ZONE))
        except SourceError:
            continue
        if document.body == body and (document.has_front_matter or thing.markdown_kind == "chapter"):
            return Imported(document, is_edited(thing))
    return Imported(None, True)


def tag_names(thing: Any) -> list[str]:
    return sorted(tag.name for tag in thing.tags.all())


def file_stem(name: str, dated: Publishable | None = None) -> str:
    """Return the place of a file without its suffix: with the date among the posts, else among the pages."""
    stem = slug_of(name.strip("/").replace("/", "-").replace(".", "-"), "untitled")[:60]
    if dated is None:
        return f"pages/{stem}"
    day = f"{dated.publish_at.astimezone(SITE_ZONE):%Y-%m-%d}-" if dated.publish_at else ""
    return f"_posts/{day}{stem}"


def extra_of(thing: Publishable) -> dict[str, Any]:
    """The keys of all imported files of the thing that no field holds, sorted: PostgreSQL keeps no order of theirs."""
    found = {key: value for file in imports_of(thing).order_by("pk") for key, value in file.extra.items()}
    ordered: dict[str, Any] = json.loads(json.dumps(found, sort_keys=True))
    return ordered


def publishing_keys(thing: Publishable, document: SourceDocument | None, *, layout: str) -> list[Said]:
    """The keys of address, date and status: Jekyll needs them, whether or not the imported file had them."""
    meta = document.meta if document else {}
    is_published = thing.status == Status.PUBLISHED and not thing.deleted_at
    says_draft = str(meta.get("layout", "")).endswith("-draft") or str(meta.get("published", "")).lower() in FALSE
    is_status_so = document is not None and not (is_published and says_draft)
    address = meta.get("permalink", "")
    is_address_so = isinstance(address, str) and ":" not in address and normalise(address) == normalise(thing.path)
    date = f"{thing.dated_at.astimezone(SITE_ZONE):%Y-%m-%d %H:%M:%S %z}" if thing.dated_at and is_published else None
    return [
        Said("layout", layout, is_status_so),
        Said("published", None, is_status_so),
        Said("permalink", thing.path, is_address_so),
        Said("date", date, date is None or (document is not None and _says_date(document, thing.publish_at))),
    ]


def _says_date(document: SourceDocument, instant: datetime) -> bool:
    """Whether the document says this date, in its front matter or as the day in its name."""
    try:
        written = text_of(document, "date")
        if not written and not text_of(document, "created_at"):
            return f"{instant.astimezone(SITE_ZONE):%H%M%S%f}" == "000000000000"
        return bool(written) and parse_date(document, written) == instant.replace(microsecond=0)
    except SourceError:
        return False
