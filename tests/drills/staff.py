"""A hostile account of the team posts texts that are slow to render everywhere; this must not delay pages."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.drills.processes import Server
from tests.drills.site import Site, serve_site
from tests.drills.visitors import Readers
from tests.services import LOOPBACK

#: Simultaneous writers: more than the processes have threads for them.
WRITERS = 12
#: A hundred kilobytes each: texts that are slow in a pipeline of regular expressions, and costly ordinary Markdown.
TEXTS = (
    "<div " + "a\n" * 50_000,
    "<div>\n" + "<a '" * 25_000,
    "https:" * 16_000,
    "a\n" * 50_000,
    "```js\n" + '"\\' * 50_000,
    "| a | b | $x^2$ | **強調** | [例](https://example.org/) |\n" * 2_000,
)

#: The field, the name and the content of a file.
Upload = tuple[str, str, bytes]
BOUNDARY = "the-end-of-a-part"


class Account:
    """A browser that has logged in."""

    def __init__(self, site: Site | Server, name: str, password: str) -> None:
        self.port, self.cookies = site.port, SimpleCookie()
        self.ask("GET", "/admin/login/")
        status, _body = self.ask("POST", "/admin/login/", {"username": name, "password": password})
        assert status == 302, f"the login answers {status}"

    def ask(
        self, method: str, path: str, fields: dict[str, str] | None = None, *, upload: Upload | None = None
    ) -> tuple[int, str]:
        """Return status and body. `upload`: the field, the name and the content of a file that is sent along."""
        status, _location, body = self._send(method, path, fields, upload)
        return status, body

    def go(self, path: str, fields: dict[str, str] | None = None, *, upload: Upload | None = None) -> str:
        """Send a form and return the address that it leads to."""
        status, location, answer = self._send("POST", path, fields, upload)
        assert status == 302, f"{path} answers {status}: {answer[:500]}"
        return location

    def _send(
        self, method: str, path: str, fields: dict[str, str] | None, upload: Upload | None
    ) -> tuple[int, str, str]:
        token = self.cookies["csrftoken"].value if "csrftoken" in self.cookies else ""
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        body: str | bytes | None = urlencode(fields, doseq=True) if fields else None
        kind = "application/x-www-form-urlencoded"
        if upload:
            kind = f"multipart/form-data; boundary={BOUNDARY}"
            body = write_parts(fields or {}, *upload)
        headers = {"Cookie": cookies, "Content-Type": kind, "X-CSRFToken": token}
        connection = HTTPConnection(LOOPBACK, self.port, timeout=120)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                self.cookies.load(cookie)
            return answer.status, answer.headers["Location"] or "", answer.read().decode()
        finally:
            connection.close()


def write_parts(fields: dict[str, str], file_field: str, file_name: str, content: bytes) -> bytes:
    """Return a body of `multipart/form-data` (RFC 7578)."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="%s"'
    parts = [f"{head % name}\r\n\r\n{value}\r\n".encode() for name, value in fields.items() if name != file_field]
    parts.append(f'{head % file_field}; filename="{file_name}"\r\n\r\n'.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def run(seconds: float, *, most: float = 1) -> Iterator[str]:
    with serve_site() as site:
        host, readers = Account(site, "host", "host-of-the-demo"), Readers(site.port)
        forms = list(find_forms(host))
        readers.warm_up()
        end, posted = time.monotonic() + seconds, [0] * WRITERS
        writers = [
            threading.Thread(target=post_texts, args=(host, forms, number, posted, end), daemon=True)
            for number in range(WRITERS)
        ]
        for writer in writers:
            writer.start()
        readers.read(seconds)
        yield f"{readers}; {sum(posted)} answers to the desk, {site.log.read_text().count('takes longer')} ended"
        readers.check(most)


def find_forms(host: Account) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the addresses where a host may post a text, with the other fields of the form."""
    yield "/admin/markdownx/markdownify/", {}
    for add in ("/admin/posts/post/add/", "/admin/episodes/episode/add/"):
        _status, page = host.ask("GET", add)
        fields = {
            name: value
            for name, value in re.findall(r'<input[^>]+name="([^"]+)"[^>]*?value="([^"]*)"', page)
            if not name.startswith("_")
        }
        yield add + "preview/", fields
        yield add, fields


def post_texts(
    host: Account, forms: list[tuple[str, dict[str, str]]], number: int, posted: list[int], end: float
) -> None:
    turn = number
    while time.monotonic() < end:
        address, fields = forms[turn % len(forms)]
        text = TEXTS[turn % len(TEXTS)]
        texts = dict.fromkeys(("content", "body", "notes", "sections-0-body", "summary"), text)
        with suppress(OSError, HTTPException):  # the watchdog ended the process that served it
            host.ask("POST", address, fields | texts | {"title": f"題{turn}", "category": "1"})
            posted[number] += 1
        turn += 1
