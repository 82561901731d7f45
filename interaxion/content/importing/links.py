"""Links of an imported text: dead short links repaired, the site's own made internal, files found. No Django.

The text keeps its lines, so that warnings can name the line of the file.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from interaxion.text.source_errors import Note, Option, Subject, gettext_noop

#: Files that a site keeps beside its pages.
FILE_SUFFIXES = (
    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".mp3", ".m4a", ".mp4", ".pdf", ".vtt", ".pptx", ".key",
    ".odp",
)  # fmt: skip

PICTURE_SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
#: Documents of a site, and how a document names another one of the same site.
DOCUMENT_SUFFIXES = (".md", ".markdown", ".mkd")
PAGE_SUFFIXES = (*DOCUMENT_SUFFIXES, ".html")

_ADDRESS = r"(?:[^\s<>\"'()]|\([^\s<>\"'()]*\))+"
#: An address in a link or an attribute of Markdown, HTML or an include of Jekyll.
_NAMED = rf"""(?P<before>\]\(\s*<?|\b(?:src|href|url|poster)=["']|^[^\S\n]*\[[^\]\n]+\]:\s*<?)(?P<named>{_ADDRESS})"""
#: A bare address in the text, but not as the text of a link.
_BARE = rf"(?<![\[\w])(?P<bare>https?://{_ADDRESS})"
#: The Liquid that Jekyll has before the address of a file, or around it.
_SITE = re.compile(
    r"""\{\{-?\s*(?:site\.(?:base)?url|["'](?P<path>[^"'\n]*)["']\s*\|\s*(?:relative|absolute)_url)\s*-?\}\}"""
)
_LINK = re.compile(f"{_NAMED}|{_BARE}", re.MULTILINE)
#: A picture of Markdown or HTML.
_PICTURE = re.compile(
    rf"""!\[[^\]]{{0,500}}\]\(\s*<?(?P<markdown>{_ADDRESS})|<img\b[^<>]*?\bsrc=["'](?P<html>{_ADDRESS})""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Links:
    #: Each with the path at which the site begins, if any: `waves.example`, `us.github.io/waves`.
    own_hosts: frozenset[str] = frozenset()
    #: Dead short address → the address that it led to, and the number of candidates.
    link_map: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    #: Returns the file that an address of this site names, relative to the root (`assets/x.png`).
    find_file: Callable[[str], str | None] = lambda address: None
    base: str = ""  # the path at which the old site began: `/waves`
    #: Returns the address of the document that `../about.md` names.
    find_page: Callable[[str], str | None] = lambda address: None

    def repair(self, text: str) -> str:
        """Replace dead short links; the short address stays as the title of the link, except of a bare address."""
        return _LINK.sub(self._repaired, text) if self.link_map else text

    def rewrite(self, text: str) -> str:
        """Repair the links, and make those to this site internal."""
        return _LINK.sub(self._internal, self.repair(text))

    def files_in(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield every file of the site that the text names: the address as written, and the file."""
        for found in _links_in(_without_liquid(text)):
            if file := self._file(found["named"] or ""):
                yield found["named"], file

    def files_named(self, text: str) -> set[str]:
        """Return the addresses within the site that name a file to keep, whether it is there or not."""
        named = {found["named"] or "" for found in _links_in(_without_liquid(text))}
        return {unquote(_without_query(address)) for address in map(self.within_site, named) if _is_file(address)}

    def notes(self, text: str, first_line: int = 1) -> Iterator[Note]:
        """Yield a warning for each link that could not be repaired and each file that is missing."""
        text = _without_liquid(text)
        for found in _links_in(text):
            address = found["named"] or found["bare"]
            if self.link_map.get(address, ("", 1))[1] > 1:
                message = gettext_noop("%(link)s may have led to %(count)d places: it is left as it is")
                params = {"link": address, "count": self.link_map[address][1]}
            elif found["named"] and _is_file(self.within_site(address)) and not self._file(address):
                message, params = gettext_noop("the file %(file)s is missing"), {"file": address}
            else:
                continue
            yield Note(
                first_line + text.count("\n", 0, found.start("named" if found["named"] else "bare")),
                message,
                params,
                Subject.PICTURE if _without_query(address).lower().endswith(PICTURE_SUFFIXES) else Subject.ADDRESS,
            )

    def remote_pictures(self, text: str) -> Iterator[tuple[str, bool]]:
        """Yield the site of each picture of another site that the text shows, and whether its file lies in this one."""
        for found in _PICTURE.finditer(text):
            address = self.within_site(found["markdown"] or found["html"])
            try:
                parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
            except ValueError:
                continue
            if parts.scheme in ("http", "https") and parts.netloc:
                name = unquote(parts.path).lstrip("/")
                is_here = _is_file(parts.path) and self.find_file(f"/{name}") == name
                yield f"{parts.scheme}://{parts.netloc}", is_here

    def former_sites(self, text: str, first_line: int = 1) -> Iterator[Note]:
        """Yield a warning for each other host of which the text names a file that lies in this site."""
        told: set[str] = set()
        for found in _links_in(text):
            if not _names_file(found["named"] or ""):
                continue
            try:
                parts = urlsplit(found["named"])
            except ValueError:
                continue
            name = unquote(parts.path).lstrip("/")
            is_new = parts.scheme in ("http", "https") and parts.netloc not in told
            is_other = is_new and "//" in self.within_site(parts.geturl())
            if is_other and _is_file(parts.path) and self.find_file(f"/{name}") == name:
                told.add(parts.netloc)
                message = gettext_noop(
                    "%(file)s lies in this site, and the link leads to %(host)s: if that is an old address of yours, "
                    "give %(option)s %(site)s"
                )
                params = {"file": name, "host": parts.netloc, "site": f"{parts.scheme}://{parts.netloc}"}
                line = first_line + text.count("\n", 0, found.start("named"))
                yield Note(line, message, {**params, "option": Option.SITE_URL})

    def dead_pages(self, text: str, first_line: int = 1) -> Iterator[Note]:
        """Yield a warning for each relative link to a document that the site does not have."""
        for found in _links_in(_without_liquid(text)):
            address = self.within_site(found["named"] or "")
            if _names_page(address) and not address.endswith(".html") and not self._page(address):
                line = first_line + text.count("\n", 0, found.start("named"))
                yield Note(line, gettext_noop("the page %(file)s is missing"), {"file": address}, Subject.ADDRESS)

    def internal(self, address: str) -> str:
        """`https://the-site/13#t-90` and `/base/13#t-90` → `/13#t-90`; any other address as it is."""
        if address.startswith(("http://", "https://")):
            place = address.partition("://")[2].lower()
            if not any(place.startswith(own.lower()) for own in self.own_hosts):
                return address  # nearly all links: they need not be taken apart
        parts = urlsplit(address)
        if parts.scheme in ("http", "https"):
            place = parts.netloc.lower() + parts.path
            own = next((own for own in self.own_hosts if _begins(place, own)), None)
            if own is None:
                return address
            parts = parts._replace(scheme="", netloc="", path="/" + place.removeprefix(own).lstrip("/"))
        while self.base and not parts.netloc and _begins(parts.path, self.base):
            parts = parts._replace(path="/" + parts.path.removeprefix(self.base).lstrip("/"))
        return parts.geturl()

    def _repaired(self, found: re.Match[str]) -> str:
        address = found["named"] or found["bare"]
        long, candidates = self.link_map.get(address, ("", 0))
        if candidates != 1:
            return found[0]
        if found["bare"]:
            return long
        return found["before"] + _escape(long) + _title_of_repaired(found, address)

    def _internal(self, found: re.Match[str]) -> str:
        if found["bare"]:
            return found[0]
        file = self._file(found["named"])
        if file is None:
            address = self.within_site(found["named"])
            return found["before"] + (self._page(address) or address)
        page = urlsplit(found["named"]).fragment if file.endswith(".pdf") else ""
        return found["before"] + _escape(f"/{file}") + (f"#{page}" if page else "")

    def _page(self, address: str) -> str | None:
        path = self.find_page(unquote(_without_query(address))) if _names_page(address) else None
        anchor = address.partition("#")[2]
        return path and _escape(path) + (f"#{anchor}" if anchor else "")

    def _file(self, address: str) -> str | None:
        address = self.within_site(address)
        return self.find_file(unquote(_without_query(address))) if _is_file(address) else None

    def within_site(self, address: str) -> str:
        """The address, without the host if that is this site's."""
        try:
            return self.internal(address)
        except ValueError:
            return address


@lru_cache(maxsize=2)  # the files, the pages and the notes of one text are asked for in turn
def _links_in(text: str) -> list[re.Match[str]]:
    return list(_LINK.finditer(text))


def _title_of_repaired(found: re.Match[str], address: str) -> str:
    """Return the old address as the title of the link; "" if the link has a title or cannot have one."""
    before, after = found["before"].lstrip(), found.string[found.end() :].partition("\n")[0]
    if before.startswith("](") and after.startswith(")"):
        return f' "{address}"'
    if before.startswith("[") and not after.strip():
        return f' "{address}"'
    quote = before[-1]
    if before.startswith("href=") and after.startswith(quote) and "title=" not in after.partition(">")[0]:
        return f"{quote} title={quote}{address}"
    return ""


def _is_file(address: str) -> bool:
    """Whether it is an address within this site that names a file to keep."""
    return "//" not in address and ":" not in address and _names_file(address)


def _names_file(address: str) -> bool:
    return _without_query(address).lower().endswith(FILE_SUFFIXES)


def _names_page(address: str) -> bool:
    """Whether it is a relative link to a document of this site."""
    return ":" not in address and "//" not in address and _without_query(address).endswith(PAGE_SUFFIXES)


def _without_query(address: str) -> str:
    """`x.png?raw=true` and `x.pdf#page=2` name `x.png` and `x.pdf`."""
    return address.partition("#")[0].partition("?")[0]


def _without_liquid(text: str) -> str:
    """Replace the Liquid around addresses by the address that Jekyll makes of it; the lines stay the same."""
    return _SITE.sub(lambda found: found["path"] or "", text) if "{{" in text else text


def _begins(address: str, place: str) -> bool:
    return address == place or address.startswith(place.rstrip("/") + "/")


def _escape(address: str) -> str:
    """Escape the address for Markdown's `](…)` and for an attribute of HTML."""
    for character, escaped in (("(", "%28"), (")", "%29"), (" ", "%20"), ('"', "%22"), ("<", "%3C"), (">", "%3E")):
        address = address.replace(character, escaped)
    return address
