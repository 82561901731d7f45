"""Checkers of HTML (vnu), accessibility (axe) and feeds (partytime); `make test` installs them."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NODE_DIR = Path(__file__).resolve().parent / "node"
MODULES = NODE_DIR / "node_modules"
PARSE_FEED = """
const feed = require("podcast-partytime").parseFeed(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(feed));
"""


def missing() -> str:
    """Return why the tools cannot run on this machine, "" if they can."""
    for program in ("node", "java"):
        if not shutil.which(program):
            return f"{program} is not on PATH"
    return "" if MODULES.is_dir() else "tests/node is not installed (make test does it where npm is found)"


def axe_source() -> str:
    return (MODULES / "axe-core" / "axe.min.js").read_text()


def html_errors(documents: Mapping[str, str], *, folder: Path) -> list[str]:
    """Return the errors of whole HTML documents by name, as `name:line: message`, without warnings."""
    paths = [folder / f"{name}.html" for name in documents]
    for path, html in zip(paths, documents.values(), strict=True):
        path.write_text(html)
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    flags = ["--errors-only", "--exit-zero-always", "--stdout", "--format", "json"]
    report = json.loads(_output(["java", "-jar", jar, *flags, *paths]))
    return [
        f"{Path(message.get('url', '')).stem}:{message.get('lastLine', '')}: {message['message']}"
        for message in report["messages"]
    ]


def parse_podcast_feed(xml: str) -> dict[str, Any]:
    """Return what podcast-partytime reads from a feed. Raises ValueError if it reads no feed."""
    feed = json.loads(_output(["node", "-e", PARSE_FEED], standard_input=xml))
    if not isinstance(feed, dict):
        raise ValueError("podcast-partytime reads no feed here")
    return feed


def _output(command: list[str | Path], standard_input: str = "") -> str:
    return subprocess.run(
        command, cwd=NODE_DIR, input=standard_input, capture_output=True, text=True, check=True
    ).stdout
