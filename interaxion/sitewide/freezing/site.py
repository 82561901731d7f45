"""freeze_site(): every public address as a file.

It begins at the front pages, the sitemap, the feeds and every row of `Path`, and follows each address that it meets. So
a page that is linked from somewhere is never forgotten, and what nobody can reach is not written.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as Folder
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override

from interaxion.content.exporting.tree import Tree
from interaxion.content.paths import Path
from interaxion.serving.public_pages import READ_BY_NO_VIEW
from interaxion.sitewide.asking import Site
from interaxion.sitewide.content_view import PART_VIEWS
from interaxion.sitewide.freezing.following import find_addresses
from interaxion.sitewide.freezing.places import file_of, moved_page, with_policy
from interaxion.sitewide.freezing.search_words import SEARCH_WORDS, write_search_words

#: Addresses that machines and browsers ask for though no page links them.
ASKED_FOR = (
    "/sitemap.xml",
    "/robots.txt",
    "/feed.xml",
    "/atom.xml",
    "/favicon.ico",
    "/apple-touch-icon.png",
    "/starring/",
)
#: The script of the pages that lead on to another address.
MOVED_SCRIPT = "js/moved.js"
#: An address that nothing has: hosts show its file for every address without one.
NOWHERE = "/404.html"
#: Keeps GitHub Pages from running Jekyll over the files.
NO_JEKYLL = ".nojekyll"
#: The desk, which stays where the server is, and drafts.
CLOSED = re.compile(rf"(?:/(?:{'|'.join(code for code, _name in settings.LANGUAGES)}))?/(?:admin|preview)/")

NEEDS_SERVER = "%(path)s: %(count)d links with choices (filters, searches) lead to the whole page"
HAS_NO_NAME = "%(path)s: no file can have this name"
SAME_NAME = "%(path)s: differs from another address only in upper and lower case"
IS_GONE = "%(path)s: linked on %(page)s, but there is no such page"


class FreezeFailed(Exception):
    """The site itself answered with an error: no file is written for it, and the files of before stay."""


@dataclass
class Frozen:
    """The files that were written, and sentences about what could not be, each with its parameters."""

    tree: Tree
    notes: list[tuple[str, dict[str, object]]] = field(default_factory=list)

    def note(self, message: str, **params: object) -> None:
        self.notes.append((message, params))


def freeze_site(folder: Folder, *, ignores_case: bool | None = None) -> Frozen:
    """Write the public site to the folder: only files that differ; those of pages that are gone are deleted.

    `ignores_case`: whether its disk takes `A.html` and `a.html` for one file; None: look.
    Raises FolderRefused for a folder with other people's files, FreezeFailed for a page that cannot be made.
    """
    with Tree(folder) as tree:
        frozen = Frozen(tree)
        _Freezing(frozen, ignores_case=ignores_case).run()
    return frozen


class _Freezing:
    def __init__(self, frozen: Frozen, *, ignores_case: bool | None) -> None:
        self.frozen, self.tree, self.site = frozen, frozen.tree, Site()
        self.tree.add(NO_JEKYLL, b"")
        self.ignores_case = ignores_case
        if ignores_case is None:
            self.ignores_case = (self.tree.folder / NO_JEKYLL.upper()).exists()
        self.queue: deque[str] = deque()
        self.seen: set[str] = {SEARCH_WORDS}
        #: Where an address was met first, and how often one was with choices that only a server can read.
        self.met_on: dict[str, str] = {}
        self.with_choices: Counter[str] = Counter()
        #: The files by the paths of their addresses, and where other addresses lead to.
        self.files: dict[str, str] = {}
        self.moved: dict[str, str] = {}

    def run(self) -> None:
        for code in _codes():
            self._write_page_of_nowhere("" if code == settings.LANGUAGE_CODE else f"/{code}")
        for path in _first_addresses():
            self._meet(path)
        while self.queue:
            self._write(self.queue.popleft())
        for path, target in self.moved.items():
            self._write_moved(path, target)
        self.tree.add(SEARCH_WORDS.removeprefix("/"), write_search_words())
        for path, count in self.with_choices.items():
            self.frozen.note(NEEDS_SERVER, path=path, count=count)

    def _write_page_of_nowhere(self, language: str) -> None:
        with self.site.ask(language + NOWHERE, is_frozen=True) as response:
            if response.status_code != 404:
                raise FreezeFailed(f"{language}{NOWHERE}: the site answers {response.status_code}, not 404")
            self.tree.add((language + NOWHERE).removeprefix("/"), with_policy(_body(response), response.headers))
        self.seen.add(language + NOWHERE)

    def _meet(self, address: str, on: str = "") -> None:
        path, _mark, query = address.partition("?")
        if CLOSED.match(path):
            return
        if any(not READ_BY_NO_VIEW.fullmatch(each.partition("=")[0]) for each in query.split("&") if each):
            self.with_choices[path] += 1
        if path not in self.seen:
            self.seen.add(path)
            self.met_on[path] = on
            self.queue.append(path)

    def _write(self, path: str) -> None:
        with self.site.ask(path, is_frozen=True) as response:
            self._take(path, response)

    def _take(self, path: str, response: HttpResponseBase) -> None:
        if response.status_code in {301, 302, 307, 308}:
            self.moved[path] = urljoin(path, response.headers["Location"])
            if own := _own_path(self.moved[path]):
                self._meet(own, path)
            return
        if response.status_code not in {200, 404, 410}:
            raise FreezeFailed(f"{path}: the site answers {response.status_code}")
        if response.status_code != 200:
            if page := self.met_on[path]:
                self.frozen.note(IS_GONE, path=path, page=page)
            return
        content_type = response.headers["Content-Type"].partition(";")[0]
        name = self._name(path, is_page=content_type == "text/html")
        if name is None:
            return
        self.files[path] = name
        if path.startswith(settings.MEDIA_URL):
            if not self.tree.has(name):  # media are named by the hash of what they hold
                self.tree.add_large(name, _media(path, response))
            return
        body = with_policy(_body(response), response.headers) if content_type == "text/html" else _body(response)
        self.tree.add(name, body)
        if content_type.startswith(("text/", "application/")):
            for address in find_addresses(body.decode(errors="replace"), content_type, path, settings.SITE_URL):
                self._meet(address, path)

    def _write_moved(self, path: str, target: str) -> None:
        own, on_the_way = _own_path(target), {path}
        while own in self.moved and own not in on_the_way:  # an old address of an old address
            on_the_way.add(own)
            target = self.moved[own]
            own = _own_path(target)
        at_target = self.files.get(own.partition("?")[0]) if own else None
        if own and at_target is None:
            return  # it leads to what is gone
        if at_target and not at_target.endswith(".html"):
            if (name := self._name(path, is_page=False)) and not (self.tree.folder / name).is_dir():
                self.tree.add(name, (self.tree.folder / at_target).read_bytes())
            return
        name = self._name(path, is_page=True)
        if name and name != at_target:
            language = path.split("/")[1] if path.split("/")[1] in _codes() else settings.LANGUAGE_CODE
            page = moved_page(target, language=language, script=static(MOVED_SCRIPT))
            self.tree.add(name, page.encode())

    def _name(self, path: str, *, is_page: bool) -> str | None:
        """Return the name of the file, or None, with a note, if it cannot be written beside the others."""
        name = file_of(path, is_page=is_page)
        if name is None:
            self.frozen.note(HAS_NO_NAME, path=path)
        elif self.ignores_case and self.tree.is_taken(name):
            self.frozen.note(SAME_NAME, path=path)
            return None
        return name


def _first_addresses() -> Iterator[str]:
    """Yield the addresses to begin with, the present ones first: an old one never takes the name of a page."""
    for code in _codes():
        with override(code):
            yield from (reverse(name) for name in ("home", "search"))
    yield from (*ASKED_FOR, static(MOVED_SCRIPT))
    rows = _rows_of_what_is_live()
    for row in rows:
        yield quote(row.address)
        yield from (f"{quote(row.path)}/{part}" for model, part in PART_VIEWS if model is row.owner_model)
    for code in _codes():
        if code != settings.LANGUAGE_CODE:
            yield from (quote(f"/{code}{row.address}") for row in rows if not row.is_current)


def _rows_of_what_is_live() -> list[Path]:
    """Return the rows of `Path` that may answer, the current ones first. The site itself says which of them do."""
    rows = list(Path.objects.order_by("-is_current", "pk"))
    live: dict[type, set[int] | None] = {}
    for model in {row.owner_model for row in rows}:
        objects = model._default_manager
        live[model] = set(objects.live().values_list("pk", flat=True)) if hasattr(objects, "live") else None
    of_row = ((row, live[row.owner_model]) for row in rows)
    return [row for row, pks in of_row if pks is None or row.object_id in pks]


def _codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _own_path(address: str) -> str:
    """Return path and query of an address of this site, "" for another one."""
    parts = urlsplit(address)
    if parts.netloc and f"{parts.scheme}://{parts.netloc}" != settings.SITE_URL:
        return ""
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _body(response: HttpResponseBase) -> bytes:
    if isinstance(response, StreamingHttpResponse):
        return b"".join(response.streaming_content)
    return response.content if isinstance(response, HttpResponse) else b""


def _media(path: str, response: HttpResponseBase) -> Iterator[bytes]:
    """Yield the file; where a proxy would send it (MEDIA_ACCEL), from the storage."""
    if settings.MEDIA_ACCEL and settings.MEDIA_ACCEL in response.headers:
        with default_storage.open(path.removeprefix(settings.MEDIA_URL)) as file:
            yield from file.chunks()
    elif isinstance(response, StreamingHttpResponse):
        yield from response.streaming_content
    else:
        yield _body(response)
