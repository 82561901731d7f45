"""The disk is full: a save and an upload are refused as a whole, pages go on, and with room again all is well.

The disk is a small one in memory if this machine lets us mount it; else the server may write no byte more (EFBIG).
"""

import os
import resource
import sqlite3
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.drills.processes import Server, serve_processes
from tests.drills.visitors import Readers
from tests.drills.writers import Writer, bodies

DISK_BYTES = 300_000_000
FILLER = "filler"
#: Characters of one save, which outgrow what SQLite has in reserve after a few.
LONG = "長い文です。\n\n" * 5_000
MOST_SAVES = 30
AUDIO_BYTES = 12_000_000


def run(seconds: float, *, most: float = 5) -> Iterator[str]:
    with small_disk() as (folder, is_real), serve_processes(1, folder, TMPDIR=str(folder)) as [server]:
        writer, readers = Writer(server, "editor"), Readers(server.port)
        readers.warm_up()
        before = files_in(folder / "media")
        fill(server, folder, is_real=is_real)
        reading = threading.Thread(target=readers.read, args=(seconds / 3,))
        reading.start()
        status = save_until_refused(writer)
        uploaded, _page = writer.ask(
            "POST", writer.form, writer.open(), upload=("audio_file", "a.mp3", b"\xff\xfb" * AUDIO_BYTES)
        )
        reading.join()
        assert uploaded >= 400 or not uploaded, f"the upload answers {uploaded}"
        assert files_in(folder / "media") == before, "half an upload is left"
        make_room(server, folder, is_real=is_real)
        fields = writer.open()
        assert writer.save(fields | {"title": "また空いた"})[0] == 302, "no save with room again"
        assert writer.open()["title"] == "また空いた"
        assert check_database(folder) == "ok"
        yield f"{readers}; save {status}, upload {uploaded} ({'a full disk' if is_real else 'no byte more'})"
        readers.check(most)


def save_until_refused(writer: Writer) -> int:
    """Save long texts until one is refused; what was answered is stored, and nothing else."""
    for turn in range(MOST_SAVES):
        before = writer.open()
        status, _page = writer.save(before | {"title": f"回{turn}", bodies(before)[0]: f"{turn}\n\n{LONG}"})
        title = writer.open()["title"]
        assert title == (f"回{turn}" if status == 302 else before["title"]), f"{status}, and the form says {title}"
        if status != 302:
            assert status >= 400, f"the refused save answers {status}"
            return status
    raise AssertionError("every save was taken: the disk is not full")


@contextmanager
def small_disk() -> Iterator[tuple[Path, bool]]:
    """Yield a folder on a disk of its own, and True; a plain folder and False where nothing can be mounted."""
    with tempfile.TemporaryDirectory(prefix="interaxion-disk-") as name:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", name]
        is_real = subprocess.run(mount, capture_output=True, check=False).returncode == 0
        try:
            yield Path(name), is_real
        finally:
            if is_real:
                subprocess.run(["umount", "--lazy", name], check=True)


def fill(server: Server, folder: Path, *, is_real: bool) -> None:
    if not is_real:
        limit_files(server, 0)
        return
    with (folder / FILLER).open("wb", buffering=0) as filler:
        try:
            while filler.write(b"\0" * 65536):
                pass
        except OSError:
            return


def make_room(server: Server, folder: Path, *, is_real: bool) -> None:
    (folder / FILLER).unlink() if is_real else limit_files(server, resource.RLIM_INFINITY)


def limit_files(server: Server, most_bytes: int) -> None:
    """Let the server, and the processes that it will start, write no file beyond this length."""
    for pid in [server.pid, *server.workers()]:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))


def files_in(folder: Path) -> dict[str, int]:
    return {str(path): os.path.getsize(path) for path in folder.rglob("*") if path.is_file()}


def check_database(folder: Path) -> str:
    connection = sqlite3.connect(folder / "interaxion.sqlite3")
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        connection.close()
