"""A separate site for a drill: the demo show in a throw-away folder, under the server and settings of `make run`."""

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection
from pathlib import Path

from tests.services import LOOPBACK, free_port

ROOT = Path(__file__).resolve().parents[2]
SERVER = [sys.executable, "-m", "gunicorn", "--config", "python:interaxion.server.gunicorn_config"]
START_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """The server listens on `port` and writes its output to `log`."""

    port: int
    folder: Path
    log: Path

    @property
    def media(self) -> Path:
        return self.folder / "media"


@contextmanager
def serve_site(**settings: str) -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="interaxion-drill-") as name:
        port, folder = free_port(), Path(name)
        environment = environment_of(folder) | {"PORT": str(port)} | settings
        prepare(folder, settings)
        with serve(SERVER, port, environment, folder / "log"):
            yield Site(port, folder, folder / "log")


def environment_of(folder: Path) -> dict[str, str]:
    """Return the environment of a site that has its database and its media in `folder`."""
    environment = os.environ | {"VAR_DIR": str(folder), "DEMO": "1", "PYTHONUNBUFFERED": "1"}
    for unwanted in ("DATABASE_URL", "MEDIA_ROOT", "SITE_URL", "DEBUG"):
        environment.pop(unwanted, None)
    return environment


def prepare(folder: Path, settings: Mapping[str, str]) -> None:
    """Make the demo show in `folder`. Over SQLite it is a copy of one that was made once, which takes no time."""
    if "DATABASE_URL" in settings:
        manage(folder, "prepare", settings=settings)
    else:
        shutil.copytree(_prepared_site(), folder, dirs_exist_ok=True)


@cache
def _prepared_site() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="interaxion-drill-"))
    atexit.register(shutil.rmtree, folder)
    manage(folder, "prepare")
    return folder


def manage(folder: Path, *command: str, settings: Mapping[str, str] | None = None) -> None:
    """Run a command of the site in `folder`. Raises CalledProcessError."""
    with start_manage(folder, *command, settings=settings) as process:
        if status := process.wait():
            raise subprocess.CalledProcessError(status, process.args)


def start_manage(
    folder: Path, *command: str, output: int = subprocess.DEVNULL, settings: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    environment = environment_of(folder) | dict(settings or {})
    return subprocess.Popen([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, stdout=output)


@contextmanager
def serve(command: list[str], port: int, environment: dict[str, str], log: Path) -> Iterator[int]:
    """Run a server inside the block and yield its process id. Raises RuntimeError if it does not start."""
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        _wait_for(port, server, log)
        yield server.pid
    finally:
        server.send_signal(signal.SIGQUIT)  # so gunicorn does not wait for its clients
        server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        with suppress(OSError):
            connection = HTTPConnection(LOOPBACK, port, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            connection.close()
            return
        time.sleep(0.05)
    raise RuntimeError(f"nothing answers on port {port}: {log.read_text()}")
