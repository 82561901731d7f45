"""Throw-away PostgreSQL, Redis and nginx servers on this machine, which end with the test.

    python -m tests.services postgres -- pytest -m postgres

runs the command with DATABASE_URL (or CACHE_URL for `redis`) pointing at a fresh, empty server.
If the server is not installed, it says so and exits with 0, in CI with 1.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

LOOPBACK = "127.0.0.1"
START_SECONDS = 30
# The data is thrown away with the server, so nothing needs to reach the disk.
INITDB_OPTIONS = ["--username=interaxion", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
POSTGRES_OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
DEPLOY = Path(__file__).resolve().parent.parent / ".deploy"
_NGINX = """
{user}daemon off; pid {folder}/pid; error_log {folder}/log warn;
events {{ }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    upstream interaxion {{ server 127.0.0.1:{site}; }}
    server {{
        listen 127.0.0.1:{port};
        set $forwarded_proto http;
        set $forwarded_for $remote_addr;
        set $id_of_request $request_id;
        set $site interaxion;
        set $media {media};
        include {deploy}/nginx-site.conf;
    }}
}}
"""


class ServiceMissing(Exception):
    """The server is not installed; the message says what is missing."""


@contextmanager
def postgres() -> Iterator[str]:
    """Start PostgreSQL and yield its DATABASE_URL. Raises ServiceMissing."""
    bin_dir = _postgres_bin_dir()
    with tempfile.TemporaryDirectory(prefix="interaxion-postgres-") as folder:
        port, data, user = free_port(), Path(folder, "data"), _postgres_user()
        if user:
            shutil.chown(folder, user)

        def run(tool: str, *arguments: str) -> None:
            command = [str(bin_dir / tool), "-D", str(data), *arguments]
            log = Path(folder, "log")
            with log.open("ab") as output:
                status = subprocess.run(
                    command, user=user, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output
                ).returncode
            if status:
                raise RuntimeError(f"{tool} failed:\n{log.read_text(errors='replace')}")

        run("initdb", *INITDB_OPTIONS)
        listen = f"-h {LOOPBACK} -p {port} -k {folder}"
        run("pg_ctl", "start", "-w", "-t", str(START_SECONDS), "-o", f"{listen} {POSTGRES_OPTIONS}")
        try:
            yield f"postgres://interaxion@{LOOPBACK}:{port}/postgres"
        finally:
            run("pg_ctl", "stop", "-m", "immediate")


@contextmanager
def redis() -> Iterator[str]:
    """Start Redis and yield its CACHE_URL. Raises ServiceMissing."""
    with running_redis() as (url, _server):
        yield url


@contextmanager
def running_redis() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start Redis and yield its CACHE_URL and its process, for tests that stop it. Raises ServiceMissing."""
    program = shutil.which("redis-server")
    if program is None:
        raise ServiceMissing("no redis-server on PATH")
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="interaxion-redis-") as folder:
        options = ["--bind", LOOPBACK, "--port", str(port), "--save", "", "--dir", folder]
        server = subprocess.Popen([program, *options], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        try:
            wait_until_open(port, server)
            yield f"redis://{LOOPBACK}:{port}/0", server
        finally:
            server.terminate()
            server.wait()


@contextmanager
def nginx(site_port: int, media: Path) -> Iterator[int]:
    """Start nginx with our example configuration in front of a site and yield its port. Raises ServiceMissing."""
    if reason := missing_nginx():
        raise ServiceMissing(reason)
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="interaxion-nginx-") as folder:
        configuration = Path(folder, "nginx.conf")
        # As root it would switch to a user who may not read the folders of a test.
        user = "user root; " if os.geteuid() == 0 else ""
        configuration.write_text(
            _NGINX.format(user=user, folder=folder, port=port, site=site_port, media=media, deploy=DEPLOY)
        )
        server = subprocess.Popen(
            [str(nginx_program()), "-c", str(configuration), "-p", folder], stdin=subprocess.DEVNULL
        )
        try:
            wait_until_open(port, server)
            yield port
        finally:
            server.terminate()
            server.wait()


def missing_nginx() -> str:
    """Why there is no nginx, or nothing."""
    return "" if nginx_program() else "no nginx on PATH or in /usr/sbin"


def nginx_program() -> str | None:
    """Debian keeps it where only root looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def free_port() -> int:
    """A TCP port of the loopback interface that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port


def postgres_program(name: str) -> str:
    """Return the path of a program that came with the server. Raises ServiceMissing."""
    return str(_postgres_bin_dir() / name)


def _postgres_bin_dir() -> Path:
    """Debian keeps initdb off PATH, one folder per version: the newest one wins."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(found, key=lambda initdb: int(initdb.parts[-3]), default=None)
    if newest is None:
        raise ServiceMissing("no PostgreSQL server (initdb) on PATH or in /usr/lib/postgresql")
    return newest.parent


def _postgres_user() -> str | None:
    """PostgreSQL refuses to run as root: then it gets the user that its Debian package made."""
    return "postgres" if os.geteuid() == 0 else None


def wait_until_open(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            probe.settimeout(0.05)
            if probe.connect_ex((LOOPBACK, port)) == 0:
                return
    raise RuntimeError(f"nothing answers on port {port} after {START_SECONDS} s")


SERVICES: dict[str, tuple[str, Callable[[], AbstractContextManager[str]]]] = {
    "postgres": ("DATABASE_URL", postgres),
    "redis": ("CACHE_URL", redis),
}


def main(arguments: list[str]) -> int:
    """Runs `SERVICE -- COMMAND…` and returns the status of the command."""
    if len(arguments) < 3 or arguments[0] not in SERVICES or arguments[1] != "--":
        sys.exit(f"usage: python -m tests.services {'|'.join(SERVICES)} -- COMMAND…")
    name, _, *command = arguments
    variable, start = SERVICES[name]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the server is stopped then too
    try:
        with start() as url:
            return subprocess.run(command, env=os.environ | {variable: url}).returncode
    except ServiceMissing as reason:
        print(f"{name}: {reason}; not run: {' '.join(command)}")
        return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
