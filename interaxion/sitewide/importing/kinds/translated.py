"""A site of another system as files that the importers read: front matter in YAML, with our keys, and Markdown."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from interaxion.sitewide.importing.sources.source import ImportSource
from interaxion.text.front_matter.parsing import write_front_matter
from interaxion.text.front_matter.yaml_strings import write_yaml
from interaxion.text.source_errors import Note, SourceError

#: The key of the virtual `_config.yml` that says that no file has Liquid in it, and no title HTML.
MARK = "interaxion_reads"


@dataclass(frozen=True)
class TranslatedDocument:
    meta: Mapping[str, Any]
    body: str
    notes: tuple[Note, ...] = ()  # their lines are those of the original
    name: str = ""  # of the original; "" for the same name
    body_line: int = 0  # at which the body begins in the original; 0 if its lines are not those of a file

    @property
    def data(self) -> bytes:
        meta = {key: value for key, value in self.meta.items() if value not in (None, "", [], {})}
        return (write_front_matter(meta) + self.body).encode()


class TranslatedSource(ImportSource):
    """`documents` and `files` have the names by which the importers know them.

    A document is translated when it is read, which raises its SourceError; a file is one of the original. Without a
    `config` it is no site, but a plain folder. `wanted` are those to import, all of them by default.
    `config_name` is the file of the original that says what `config` says. `navigation` are the addresses of the pages
    in its menu; without any, all are.
    """

    def __init__(
        self,
        original: ImportSource,
        *,
        config: Mapping[str, Any] | None,
        documents: Mapping[str, Callable[[], TranslatedDocument]],
        files: Mapping[str, str],
        config_name: str = "",
        navigation: Iterable[str] = (),
        wanted: Iterable[str] | None = None,
        left_out: Iterable[tuple[str, Note]] = (),
        problems: Iterable[SourceError] = (),
    ) -> None:
        self._original = original
        settings = {key: value for key, value in (config or {}).items() if value}
        self._written = {"_config.yml": write_yaml({MARK: "1"} | settings).encode()} if config is not None else {}
        if menu := [{"url": address} for address in navigation]:
            self._written["_data/nav_bar_items.yml"] = json.dumps(menu, ensure_ascii=False).encode()
        self._documents, self._files, self._config_name = documents, files, config_name
        self._translated: dict[str, TranslatedDocument] = {}
        self.left_out = tuple(left_out)
        found = dict.fromkeys([*documents, *files])
        given = [*(["_config.yml"] if settings else []), *found] if wanted is None else found.keys() & set(wanted)
        super().__init__(original.root_name, list(given), [*self._written, *found], [*original.refused, *problems])

    def read(self, name: str) -> bytes:
        if name in self._written:
            return self._written[name]
        if name in self._documents:
            return self._document(name).data
        return self._original.read(self._files.get(name, name))

    def notes_on(self, name: str) -> tuple[Note, ...]:
        return self._document(name).notes if name in self._documents else ()

    def original(self, name: str, line: int) -> tuple[str, int]:
        if name.partition("#")[0] == "_config.yml" and self._config_name:
            return name.replace("_config.yml", self._config_name), 1
        if name not in self._documents:
            return self._files.get(name, name), line
        document = self._document(name)
        shift = document.body_line - document.data[: len(document.data) - len(document.body.encode())].count(b"\n") - 1
        is_in_body = document.body_line and line + shift >= document.body_line
        return document.name or name, line + shift if is_in_body else 1

    def _document(self, name: str) -> TranslatedDocument:
        if name not in self._translated:
            self._translated[name] = self._documents[name]()
        return self._translated[name]
