"""Keep a site of this release for the tests of later ones: `python -m tests.upgrade.making`, once for each release.

It writes the demo in a database of each engine, and what visitors read there, into `tests/data/releases/VERSION`.
"""

import gzip
import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

from interaxion.content.release import VERSION
from tests import services

ROOT = Path(__file__).resolve().parents[2]
RELEASES = ROOT / "tests" / "data" / "releases"


def run(environment: dict[str, str], *command: str) -> str:
    """Run Python with this environment in the folder of the project; return what it printed."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def make(folder: Path) -> None:
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as site:
        here = {"VAR_DIR": site, "DATABASE_URL": "", "DEMO": "1"}
        run(here, "manage.py", "prepare")
        (folder / "addresses.json").write_text(run(here, "-m", "tests.upgrade.addresses"))
        copy = Path(site, "copy.sqlite3")
        sqlite3.connect(Path(site, "interaxion.sqlite3")).execute("VACUUM INTO ?", [str(copy)])
        _write(folder / "sqlite.gz", copy.read_bytes())
    with tempfile.TemporaryDirectory() as site, services.postgres() as url:
        run({"VAR_DIR": site, "DATABASE_URL": url, "DEMO": "1"}, "manage.py", "prepare")
        command = [services.postgres_program("pg_dump"), "--inserts", "--no-owner", "--no-privileges", url]
        dump = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
        # Lines that only psql understands. A line of a text may begin with a backslash, too.
        lines = (line for line in dump.split(b"\n") if not line.startswith((b"\\restrict ", b"\\unrestrict ")))
        _write(folder / "postgresql.gz", b"\n".join(lines))


def _write(file: Path, data: bytes) -> None:
    file.write_bytes(gzip.compress(data, mtime=0))


if __name__ == "__main__":
    make(RELEASES / VERSION)
