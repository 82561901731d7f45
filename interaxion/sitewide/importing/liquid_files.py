"""The files that Liquid in the documents of a Jekyll site may read: those in `_includes` and `_data`."""

import csv
from collections.abc import Iterator, Mapping
from functools import cached_property
from hashlib import sha256
from io import StringIO
from pathlib import PurePosixPath
from typing import Any

from interaxion.sitewide.importing.sites import INCLUDES, Site, read_data
from interaxion.text.source_errors import SourceError

DATA = "_data/"
_TABLES = {".csv": ",", ".tsv": "\t"}
#: Of one file; a larger one is left out, and with it the Liquid that names it.
MOST_BYTES = 1_000_000


class LiquidFiles:
    """The files are read when the first document asks for them, each once."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._includes: dict[str, str | None] = {}

    def include(self, name: str) -> str | None:
        """Return the text of a file in `_includes`; None without one."""
        if name not in self._includes:
            data = self._read(f"{self._site.root}{INCLUDES}{name}")
            self._includes[name] = None if data is None else data.decode(errors="replace").removeprefix("\ufeff")
        return self._includes[name]

    def data(self) -> Mapping[str, Any]:
        return self._data

    @cached_property
    def digest(self) -> str:
        """A hash of all of them: a document with Liquid is imported again when one changes."""
        whole = sha256()
        for name in (*self._site.includes, *self._data_names):
            whole.update(name.encode() + b"\0" + (self._read(name) or b"") + b"\0")
        return whole.hexdigest()

    @cached_property
    def _data(self) -> Mapping[str, Any]:
        """The data by the names of folders and files without their suffix, as Jekyll has them."""
        whole: dict[str, Any] = {}
        for name in self._data_names:
            *folders, file = PurePosixPath(name.removeprefix(self._site.root + DATA)).parts
            place = whole
            for folder in folders:
                place = place.setdefault(folder, {})
                if not isinstance(place, dict):
                    break
            else:
                place[PurePosixPath(file).stem] = self._parse(name)
        return whole

    @property
    def _data_names(self) -> Iterator[str]:
        return (name for name in self._site.all_names if name.startswith(self._site.root + DATA))

    def _parse(self, name: str) -> Any:
        suffix = PurePosixPath(name).suffix.lower()
        data = self._read(name)
        if data is None:
            return None
        if suffix in _TABLES:
            return list(csv.DictReader(StringIO(data.decode(errors="replace")), delimiter=_TABLES[suffix]))
        return read_data(self._site.source, name)

    def _read(self, name: str) -> bytes | None:
        if name not in self._site.source.all_names:
            return None
        try:
            data = self._site.source.read(name)
        except SourceError:
            return None
        return data if len(data) <= MOST_BYTES else None
