"""A backup restored on an empty machine gives the same site; a restore that is killed leaves nothing behind."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from interaxion.content.files.disk_storage import PARTS
from tests.drills.site import manage, start_manage


def run(seconds: float, *, most: float = 60) -> Iterator[str]:
    """`seconds` does not matter; `most` is the longest that a restore may take, in seconds."""
    with tempfile.TemporaryDirectory(prefix="interaxion-drill-") as name:
        folder = Path(name)
        here, there, backup = folder / "here", folder / "there", folder / "site.zip"
        manage(here, "prepare")
        manage(here, "backup", str(backup))
        kill_restore(there, backup)
        began_at = time.monotonic()
        manage(there, "restore", str(backup))
        took = time.monotonic() - began_at
        for machine in (here, there):
            manage(machine, "export_content", str(machine / "export"))
        same = [files_in(machine / "export") for machine in (here, there)]
        assert same[0] == same[1], "the exports differ"
        assert files_in(here / "media") == files_in(there / "media"), "the media differ"
        yield f"restored in {took:.1f} s; {len(same[0])} files of the export are the same"
        assert took <= most, f"it took {took:.1f} s"


def kill_restore(machine: Path, backup: Path) -> None:
    """Kill a restore at the moment when all rows are written."""
    with start_manage(machine, "restore", str(backup), output=subprocess.PIPE) as process:
        assert process.stdout
        for line in process.stdout:
            if line.startswith(b"Writing the media"):
                process.kill()
                break


def files_in(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that has its name: a killed process may leave a half one, which `tick` sweeps."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and PARTS not in path.parts)
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}
