"""A web site on this machine for code that requests other sites; tests pass the guard by `allowed_networks=HERE`."""

import ipaddress
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type

HERE = [ipaddress.ip_network("127.0.0.1/32")]


@dataclass
class Site:
    """`pages` holds the answer of each path: a status, the address of a redirect, a body; else it is 404."""

    url: str
    pages: dict[str, int | str | bytes]
    #: Paths that refuse HEAD with this status.
    refuses_head: dict[str, int] = field(default_factory=dict)
    seen: list[tuple[str, str]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    #: The content types of paths whose ending does not say it.
    types: dict[str, str] = field(default_factory=dict)


@contextmanager
def serve(pages: Mapping[str, int | str | bytes]) -> Iterator[Site]:
    site = Site("", dict(pages))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            site.seen.append((self.command, self.path))
            site.headers.append(self.headers)
            answer = site.pages.get(self.path, 404)
            if self.command == "HEAD":
                answer = site.refuses_head.get(self.path, answer)
            body = answer if isinstance(answer, bytes) else b""
            self.send_response({str: 302, bytes: 200}.get(type(answer), answer))
            if isinstance(answer, str):
                self.send_header("Location", answer)
            self.send_header("Content-Type", site.types.get(self.path) or guess_type(self.path)[0] or "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
