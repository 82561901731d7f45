"""Drawing Mermaid: by a library in a child process, or by a program of the operator's. Nothing here is stored."""

import json
import shlex
import subprocess  # nosec B404
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.utils.translation import gettext as _

#: Seconds for all diagrams of one document together; for each, if a program of the operator's draws it.
PATIENCE = 5
PATIENCE_WITH_PROGRAM = 20
MOST_BYTES = 1_000_000
_CHILD = Path(__file__).with_name("mermaid_child.py")


class Undrawable(ValueError):
    """The tool cannot draw this source; the message says why."""


def drawer() -> str:
    """Return what draws, with its version: another drawer may give another picture."""
    return settings.DIAGRAM_COMMAND or f"mmdr {version('mmdr')}"


def draw(sources: Sequence[str]) -> Iterator[tuple[str, bytes | Undrawable]]:
    """Yield each source with its SVG as the tool wrote it, or why there is none."""
    if settings.DIAGRAM_COMMAND:
        for source in sources:
            yield source, _draw_by_program(source)
    else:
        yield from _draw_by_library(sources)


def _draw_by_library(sources: Sequence[str]) -> Iterator[tuple[str, bytes | Undrawable]]:
    """Let one process draw all, killed when the time is up. If a source ends it, another goes on after that one."""
    left, deadline = list(sources), monotonic() + PATIENCE
    while left and (seconds := deadline - monotonic()) > 0:
        lines = _ask_child(left, seconds)
        for line in lines:
            answer = json.loads(line)
            svg = answer.get("svg", "").encode()
            problem = answer.get("problem") or ("" if len(svg) <= MOST_BYTES else _("the drawing is too large"))
            yield left.pop(0), Undrawable(problem) if problem else svg
        if left and monotonic() < deadline:
            yield left.pop(0), Undrawable(_("the program that draws it failed"))
    for source in left:
        yield source, Undrawable(_("drawing took too long"))


def _ask_child(sources: Sequence[str], seconds: float) -> list[bytes]:
    """Return the answers that came in time, in the order of the sources: complete lines of JSON."""
    command = [sys.executable, "-I", str(_CHILD)]
    try:
        done = subprocess.run(  # noqa: S603 (our own script; the texts are its input)  # nosec B603
            command, input=json.dumps(sources).encode(), capture_output=True, timeout=seconds, check=False
        )
        output = done.stdout
    except subprocess.TimeoutExpired as late:
        output = late.stdout or b""
    except OSError:
        output = b""
    return output.split(b"\n")[:-1]


def _draw_by_program(source: str) -> bytes | Undrawable:
    try:
        done = subprocess.run(  # noqa: S603 (the operator's own command; the text is its input)  # nosec B603
            shlex.split(settings.DIAGRAM_COMMAND),
            input=source.encode(),
            capture_output=True,
            timeout=PATIENCE_WITH_PROGRAM,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as problem:
        return Undrawable(str(problem))
    return done.stdout if len(done.stdout) <= MOST_BYTES else Undrawable(_("the drawing is too large"))
