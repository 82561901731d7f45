"""A process inside a site, which edits, fills it and answers requests without a server, as it is told line by line."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.drills.site import ROOT, environment_of

SITE_URL = "http://127.0.0.1:8000"
#: Of the environment, beyond those of every site here.
Settings = Mapping[str, str]
NONE: Settings = {}


class Inside:
    """Calls of the functions in `commands.py`, each answered before the next is sent."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def __call__(self, command: str, **arguments: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([command, arguments]) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{command}: the process inside the site has ended")
        return json.loads(line)


@contextmanager
def go_inside(folder: Path, settings: Settings = NONE) -> Iterator[Inside]:
    """Yield a process that works on the site in `folder` with these settings."""
    command = [sys.executable, "-m", "tests.benchmarks.speed.commands"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=site_environment(folder, settings),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Inside(process)
    finally:
        process.communicate()


def site_environment(folder: Path, settings: Settings = NONE) -> dict[str, str]:
    """Return the environment of every process of a site.

    Its address is the same on each port: parts that were made for another address count as missing.
    """
    environment = environment_of(folder) | {"DEMO": "0", "SITE_URL": SITE_URL}
    environment.pop("CACHE_URL", None)
    return environment | dict(settings)
