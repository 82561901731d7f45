"""A plain page as a file of a Jekyll site, and back."""

from collections.abc import Mapping
from typing import Any

from interaxion.content.exporting.documents import (
    extra_of,
    file_stem,
    find_imported,
    publishing_keys,
)
from interaxion.content.exporting.kinds import Exported
from interaxion.content.importing.inputs import ImportInputs
from interaxion.sitewide.models import Page
from interaxion.text.front_matter.writing import Said, write_document
from interaxion.text.jekyll.keys import text_of
from interaxion.text.source_errors import Note

model = Page
folder = "pages"
in_document: frozenset[str] = frozenset({"body"})


def export(page: Page) -> Exported:
    imported = find_imported(page, page.body)

    def says(key: str, value: str) -> bool:
        return imported.is_untouched or (imported.document is not None and text_of(imported.document, key) == value)

    keys = [
        *publishing_keys(page, imported.document, layout="page"),
        Said("title", page.title, says("title", page.title)),
        Said("excerpt", page.summary, says("excerpt", page.summary), ("description",)),
        Said("lang", page.language, says("lang", page.language), ("language",)),
    ]
    return Exported(file_stem(page.path), write_document(imported, keys, page.body, extra=extra_of(page)))


def fill(page: Page, body: str, data: Mapping[str, Any], inputs: ImportInputs) -> list[Note]:
    page.body = body
    return []


def write_related(page: Page, body: str, data: Mapping[str, Any]) -> None:
    """Nothing belongs to a page."""
