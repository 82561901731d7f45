"""Writing front matter as it was imported, with only the changed keys replaced."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from interaxion.text.front_matter.parsing import SourceDocument, parse_document, write_front_matter
from interaxion.text.front_matter.yaml_strings import write_yaml
from interaxion.text.source_errors import SourceError


@dataclass(frozen=True)
class Said:
    """A key of front matter, its value (None: leave it out), and whether the imported file has that value already."""

    key: str
    value: Any
    is_so: bool = False
    others: tuple[str, ...] = ()  # synonyms, which are removed when this key is written


@dataclass(frozen=True)
class Imported:
    """The file that a thing was imported from. `document` has the present body in place of the imported one."""

    document: SourceDocument | None  # None: not imported, or not to be joined with the present body
    is_edited: bool

    @property
    def is_untouched(self) -> bool:
        return self.document is not None and not self.is_edited


def write_document(imported: Imported, keys: Sequence[Said], body: str, *, extra: dict[str, Any]) -> str:
    """Return the text of the file: the imported front matter with its changes, or a new one without an import.

    `extra` are keys for a new front matter only; `keys` overrides them.
    """
    document = imported.document
    changes = {key: value for wanted in keys if not wanted.is_so for key, value in _changes_of(wanted)}
    if document is None:
        meta = {key: value for key, value in changes.items() if value not in (None, "", [])}
        return write_front_matter({**meta, **{key: value for key, value in extra.items() if key not in meta}}) + body
    before = document.text[: len(document.text) - len(document.body)]
    changes = {key: value for key, value in changes.items() if value not in (None, "", []) or key in document.meta}
    mark = "\ufeff" if document.has_bom else ""
    return mark + (_replace(document, changes) if changes else before) + body


def _changes_of(wanted: Said) -> Iterable[tuple[str, Any]]:
    yield from ((key, None) for key in wanted.others)
    yield wanted.key, wanted.value


def _replace(document: SourceDocument, changes: dict[str, Any]) -> str:
    """Replace line by line, to keep comments and order; rewrite the whole block if that does not parse as wanted."""
    wanted = {key: value for key, value in {**document.meta, **changes}.items() if value not in (None, "", [])}
    if not document.key_lines:
        return write_front_matter(wanted)
    kept = {key: value for key, value in wanted.items() if key in changes}
    lines = document.text[: len(document.text) - len(document.body)].split("\n")
    starts = sorted((line - 1, key) for key, line in document.key_lines.items())
    ends = [start for start, _key in starts[1:]] + [len(document.raw_front_matter.split("\n"))]
    for (start, key), end in reversed([*zip(starts, ends, strict=True)]):
        if key in changes:
            while end > start + 1 and lines[end - 1].lstrip().startswith(("#", "\r")):
                end -= 1  # a comment belongs to the key below it
            lines[start:end] = write_yaml({key: kept.pop(key)}).splitlines() if key in kept else []
    at = next((index for index in range(len(lines) - 1, 0, -1) if lines[index].strip() in ("---", "...")), 0)
    lines[at:at] = write_yaml(kept).splitlines() if kept and at else []
    text = "\n".join(lines)
    try:
        if at and parse_document(document.name, (text + document.body).encode()).meta == _as_read(document, wanted):
            return text
    except SourceError:
        pass
    return write_front_matter(wanted)


def _as_read(document: SourceDocument, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return the wanted values as a parser reads them: as strings, with empty values as they were."""
    parsed = parse_document(document.name, (write_front_matter(wanted) + document.body).encode()).meta
    return {**{key: value for key, value in document.meta.items() if value in ("", [])}, **parsed}
