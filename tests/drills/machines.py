"""Two machines serve one site over PostgreSQL and Redis: what changes through one, the other shows at once."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote
from zoneinfo import ZoneInfo

from tests import services
from tests.admin_forms import form_of
from tests.drills.site import ROOT, SERVER, Site, serve
from tests.drills.staff import Account
from tests.services import LOOPBACK, ServiceMissing, free_port

FORM, STEPS = "episode_form", "desk-steps"
#: Seconds until the scheduled moment: the desk needs some to store it.
AHEAD = 15
#: Pages that name the newest episode.
PAGES = ("/", "/episodes/", "/feed.xml")


@dataclass
class Machines:
    """Two servers of one site, with a folder each for all but the media."""

    folder: Path
    shared: dict[str, str]
    ports: tuple[int, int]

    def environment(self, number: int, **settings: str) -> dict[str, str]:
        own = {"VAR_DIR": str(self.folder / f"machine{number}"), "PORT": str(self.ports[number])}
        return os.environ | self.shared | own | settings

    @contextmanager
    def serve(self, number: int, **settings: str) -> Iterator[Site]:
        environment, folder = self.environment(number, **settings), self.folder / f"machine{number}"
        for command in (["prepare"], ["collectstatic", "--noinput", "--verbosity", "0"]):
            manage = [sys.executable, "manage.py", *command]
            subprocess.run(manage, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        with serve(SERVER, self.ports[number], environment, folder / "log"):
            yield Site(self.ports[number], folder, folder / "log")


def run(seconds: float, *, most: float = 1) -> Iterator[str]:
    try:
        with ExitStack() as stack:
            yield from _run(stack)
    except ServiceMissing as reason:
        if os.environ.get("CI"):
            raise
        yield f"not run: {reason}"


def _run(stack: ExitStack) -> Iterator[str]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="interaxion-machines-")))
    shared = {
        "DATABASE_URL": stack.enter_context(services.postgres()),
        "CACHE_URL": stack.enter_context(services.redis()),
        "MEDIA_ROOT": str(folder / "media"),
        "SECRET_KEY": "one for both machines, and only for this drill",
        "SITE_URL": "http://127.0.0.1:8000",
        "DEMO": "1",
    }
    machines = Machines(folder, shared, (free_port(), free_port()))
    first = stack.enter_context(machines.serve(0))
    with machines.serve(1) as second:
        editor = Account(first, "editor", "editor-of-the-demo")
        for name, change in CHANGES.items():
            pages = change(editor, first, second)
            yield f"{name}: shown by the other machine on {len(pages)} pages"
    with machines.serve(
        1, SITE_URL="http://127.0.0.1:8001"
    ):  # another release: it makes other pages of the same content
        for page in ("/", "/1", "/feed.xml"):
            for port, own in ((machines.ports[1], "8001"), (machines.ports[0], "8000")):
                text = _read(port, page)
                assert f"http://127.0.0.1:{own}/" in text, f"{page}: a page of the other release"
        yield "a new release beside the old one: each shows its own pages"


def _save(editor: Account, first: Site, second: Site) -> list[str]:
    """Save another title through the first machine."""
    number = _newest(first)
    _post_form(editor, _edit_path(editor, number), FORM, title="Zweimaschinen")
    pages = [*PAGES, f"/{number}", "/atom.xml", "/search?q=Zweimaschinen"]
    return _expect("Zweimaschinen", pages, first, second)


def _save_others(editor: Account, first: Site, second: Site) -> list[str]:
    """Save another title of a post and of a chapter through the first machine."""
    shown = []
    for kind, form, lists in (
        ("posts/post", "post_form", ["/blog/", "/blog/feed.xml", "/atom.xml"]),
        ("courses/chapter", "chapter_form", []),
    ):
        title = f"Zwei{form.partition('_')[0]}"
        _status_code, listed = editor.ask("GET", f"/admin/{kind}/?state=live")
        path = re.findall(rf'href="(?:/en)?(/admin/{kind}/\d+/change/)', listed)[0]
        address = re.search(r'href="(?:/en)?(/(?:blog|courses)/[^"]+)"', editor.ask("GET", path)[1])
        assert address, f"{path} leads to no page"
        _post_form(editor, path, form, title=title)
        above = [address[1].rstrip("/").rpartition("/")[0] + "/"]
        pages = [address[1], *above, *lists, f"/search?q={title}"]
        shown += _expect(title, list(dict.fromkeys(pages)), first, second)
    return shown


def _publish(editor: Account, first: Site, second: Site) -> list[str]:
    """Take a live episode back to draft and publish it, through the second machine with the login of the first."""
    number = _newest(first)
    path = _edit_path(editor, number)
    editor.port = second.port
    _post_form(editor, path, STEPS, to="draft", is_confirmed="1", note="")
    assert _status(first.port, f"/{number}") == _status(second.port, f"/{number}") == 404, "a draft is shown"
    _post_form(editor, path, STEPS, to="published", is_confirmed="1", note="")
    editor.port = first.port
    return _expect("Zweimaschinen", [*PAGES, f"/{number}"], first, second)


def _schedule(editor: Account, first: Site, second: Site) -> list[str]:
    """Schedule the episode through the first machine; both show it from that moment on, and not before."""
    number = _newest(first)
    path = _edit_path(editor, number)
    _post_form(editor, path, STEPS, to="draft", is_confirmed="1", note="")
    moment = datetime.now(ZoneInfo("Asia/Tokyo")) + timedelta(seconds=AHEAD)
    date = {"publish_at": f"{moment:%Y-%m-%dT%H:%M:%S}"}
    _post_form(editor, path, FORM, **date)
    _post_form(editor, path, STEPS, to="published", is_confirmed="1", note="")
    if datetime.now(ZoneInfo("Asia/Tokyo")) < moment - timedelta(seconds=1):
        for site in (first, second):
            assert "Zweimaschinen" not in _read(site.port, "/episodes/"), "shown before its time"
    time.sleep(max(0, (moment - datetime.now(ZoneInfo("Asia/Tokyo"))).total_seconds()) + 1)
    return _expect("Zweimaschinen", [*PAGES, f"/{number}"], first, second)


def _rename(editor: Account, first: Site, second: Site) -> list[str]:
    """Rename a speaker through the first machine."""
    _status_code, listed = editor.ask("GET", "/admin/episodes/speaker/")
    numbers = dict.fromkeys(re.findall(r'href="(/\d+)"', _read(first.port, "/episodes/")))
    shown = {number: _read(first.port, number) for number in numbers}
    path, pages = next(
        (path, pages)
        for path, name in re.findall(r'href="(?:/en)?(/admin/episodes/speaker/\d+/change/)[^"]*">([^<]+)</a>', listed)
        if (pages := ["/speakers/", *(number for number, text in shown.items() if f">{name}<" in text)])[1:]
    )
    _post_form(editor, path, "speaker_form", name="Umbenannte")
    return _expect(">Umbenannte<", pages, first, second)


CHANGES = {
    "a save": _save,
    "saves of other kinds": _save_others,
    "a publication": _publish,
    "a scheduled moment": _schedule,
    "a new name": _rename,
}


def _newest(site: Site) -> str:
    number: str = re.findall(r'href="/(\d+)"', _read(site.port, "/episodes/"))[0]
    return number


def _edit_path(editor: Account, number: str) -> str:
    _status_code, listed = editor.ask("GET", f"/admin/episodes/episode/?q={number}")
    return re.findall(r'href="(?:/en)?(/admin/episodes/episode/\d+/change/)', listed)[-1]


def _post_form(account: Account, path: str, form: str, **changes: str) -> None:
    status, page = account.ask("GET", path)
    assert status == 200, f"{path} answers {status}"
    action = re.search(rf'<form[^>]*action="([^"]*)"[^>]*id="{form}"', page)
    fields = form_of(SimpleNamespace(content=page.encode()), form) | changes
    status, answer = account.ask("POST", action[1] if action and action[1] else path, fields)
    assert status == 302, f"{path} answers {status}: {re.findall(r'errorlist.*?</ul>', answer, re.S)[:3]}"


def _expect(text: str, pages: list[str], *sites: Site) -> list[str]:
    for page in pages:
        for site in sites[::-1]:
            assert text in _read(site.port, page), f"{page} through port {site.port} is old"
    return pages


def _read(port: int, path: str) -> str:
    return _ask(port, path)[1]


def _status(port: int, path: str) -> int:
    return _ask(port, path)[0]


def _ask(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection(LOOPBACK, port, timeout=60)
    try:
        connection.request("GET", quote(path, safe="/?=&"), headers={"Connection": "close"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()
