"""The Wagtail site: installed into an environment of its own, filled with what our site says, and served."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.peers.missing import Missing
from tests.benchmarks.speed.servers import Server
from tests.drills.site import ROOT, serve
from tests.services import LOOPBACK, free_port

HERE = Path(__file__).resolve().parent
PYTHON = HERE / ".venv/bin/python"
#: What stands around the parts of a page, by the template that includes it.
FRAMES = {"/57/": "episode_frame.html", "/": "list_frame.html"}


def install(folder: Path = HERE) -> None:
    """Make the environment if BENCH_PEERS=1 asks for it. Raises Missing where there is none."""
    ready, requirements = folder / ".venv/.ready", folder / "requirements.txt"
    if ready.exists() and ready.stat().st_mtime >= requirements.stat().st_mtime:
        return
    if not os.environ.get("BENCH_PEERS"):
        raise Missing("Wagtail is not installed: BENCH_PEERS=1 does it")
    pip = [str(folder / ".venv/bin/pip"), "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    for command in ([sys.executable, "-m", "venv", str(folder / ".venv")], [*pip, "-r", str(requirements)]):
        if subprocess.run(command, check=False).returncode:
            raise Missing("Wagtail cannot be installed here")
    ready.touch()


def fill(folder: Path, show: Path) -> None:
    """Make the site in `folder` from the file that `describe()` wrote."""
    folder.mkdir()
    (folder / "frames").mkdir()
    command = [str(PYTHON), "-m", "tests.benchmarks.peers.wagtail_site.filling", str(show)]
    subprocess.run(command, cwd=ROOT, env=_environment(folder), check=True)


@contextmanager
def serve_wagtail(folder: Path, *, is_cached: bool = False, workers: int = 1) -> Iterator[Server]:
    """Serve the site by gunicorn with threads, as ours is. Without them its cached pages take a tenth less."""
    port = free_port()
    command = [str(PYTHON), "-m", "gunicorn", "--worker-class", "gthread", "--threads", "4", "--preload"]
    command += ["--no-control-socket", "--workers", str(workers), "--bind", f"{LOOPBACK}:{port}"]
    command += ["tests.benchmarks.peers.wagtail_site.wsgi"]
    environment = _environment(folder) | ({"BENCH_CACHED": "1"} if is_cached else {})
    with serve(command, port, environment, folder / f"log{port}") as pid:
        yield Server(port, pid)


def fit(folder: Path, bytes_of_ours: dict[str, int]) -> None:
    """Put literal text around the pages of these addresses until they have as many bytes as ours."""
    for frame in FRAMES.values():
        (folder / "frames" / frame).write_text("")
    with serve_wagtail(folder) as server:
        for path, wanted in bytes_of_ours.items():
            lacking = wanted - len(server.request(path).body)
            (folder / "frames" / FRAMES[path]).write_text("<!-- the rest of the page -->".ljust(lacking, "."))


def _environment(folder: Path) -> dict[str, str]:
    settings = "tests.benchmarks.peers.wagtail_site.settings"
    return os.environ | {"BENCH_FOLDER": str(folder), "DJANGO_SETTINGS_MODULE": settings}
