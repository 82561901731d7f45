"""The pages of a Hugo site by the names that `ref` may call them. https://gohugo.io/shortcodes/ref/"""

from collections.abc import Mapping
from pathlib import PurePosixPath


def names_of_pages(addresses: Mapping[str, str]) -> dict[str, set[str]]:
    """Return the addresses of the pages that each name may mean, from those by the files within `content/`."""
    called: dict[str, set[str]] = {}
    for name, address in addresses.items():
        path = PurePosixPath(name)
        place = path.parent if path.stem in ("index", "_index") else path.with_suffix("")
        for word in {name, str(path.with_suffix("")), str(place), place.name, path.name}:
            called.setdefault(word, set()).add(address)
    return called


def find_page(called: Mapping[str, set[str]], named: str, folder: PurePosixPath) -> str | None:
    """Return the address of the page that a reference in this folder calls so; None if none or several are."""
    for spelled in (str(folder / named), named):
        found = called.get(spelled.strip("/"), set())
        if len(found) == 1:
            return next(iter(found))
    return None
