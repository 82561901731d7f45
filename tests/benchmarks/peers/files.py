"""The two limits: nginx that sends a page as a file, and a Django view that returns its bytes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.peers.missing import Missing
from tests.benchmarks.speed.servers import Server
from tests.drills.site import serve
from tests.services import LOOPBACK, free_port, missing_nginx, nginx_program, wait_until_open

_NGINX = """
{user}daemon off; pid {folder}/pid; error_log {folder}/log warn; worker_processes 1;
events {{ }}
http {{
    access_log off; sendfile on; tcp_nopush on; default_type text/html;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}/pages; }}
}}
"""


@contextmanager
def serve_files(folder: Path, page: bytes) -> Iterator[Server]:
    """Serve `page` as `/page` by nginx. Raises Missing."""
    if reason := missing_nginx():
        raise Missing(reason)
    port = free_port()
    (folder / "pages").mkdir(parents=True, exist_ok=True)
    (folder / "pages/page").write_bytes(page)
    user = "user root; " if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_NGINX.format(user=user, folder=folder, port=port))
    command = [str(nginx_program()), "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_open(port, server)
        yield Server(port, server.pid)
    finally:
        server.terminate()
        server.wait()


@contextmanager
def serve_bare_view(folder: Path, page: bytes) -> Iterator[Server]:
    """Serve `page` as `/page` by a Django without middleware, under the same kind of worker as ours."""
    port = free_port()
    (folder / "page").write_bytes(page)
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--threads", "4", "--workers", "1"]
    command += ["--no-control-socket", "--bind", f"{LOOPBACK}:{port}", "tests.benchmarks.peers.bare_view"]
    with serve(command, port, os.environ | {"BENCH_PAGE": str(folder / "page")}, folder / "log-bare") as pid:
        yield Server(port, pid)
