"""Running the operator's program that transcribes: it gets the path of the audio and writes a transcript to stdout."""

import os
import shlex
import signal
import subprocess  # nosec B404
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from interaxion.text.transcripts.reading import MOST_BYTES

#: Seconds: a slow machine needs about as long as the audio is.
PATIENCE = 6 * 3600
#: Seconds between two looks at the program.
LOOK = 0.2
#: Characters of what it said last, for a person who reads why it failed.
LAST_WORDS = 500


class TranscriptionFailed(Exception):
    """The program did not write a transcript; the message says why."""


def transcribe_file(path: Path, look: Callable[[], object], *, patience: float = PATIENCE) -> bytes:
    """Return what TRANSCRIBE_COMMAND writes about the audio at `path`. Raises TranscriptionFailed.

    `look` is called all the time, and may raise to end the program.
    """
    command = [*shlex.split(settings.TRANSCRIBE_COMMAND), str(path)]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as log:
        try:
            program = subprocess.Popen(  # noqa: S603 (the operator's own command)  # nosec B603
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=log, start_new_session=True
            )
        except OSError as problem:
            raise TranscriptionFailed(str(problem)) from problem
        try:
            _wait(program, output, log, look, time.monotonic() + patience)
        finally:
            _end(program)
        if program.returncode:
            values = {"code": program.returncode, "words": _last_words(log)}
            raise TranscriptionFailed(_("TRANSCRIBE_COMMAND ended with %(code)d: %(words)s") % values)
        output.seek(0)
        return output.read()


def _wait(
    program: subprocess.Popen[bytes],
    output: IO[bytes],
    log: IO[bytes],
    look: Callable[[], object],
    deadline: float,
) -> None:
    while True:
        try:
            program.wait(LOOK)
        except subprocess.TimeoutExpired:
            pass
        else:
            return
        look()
        if any(os.fstat(file.fileno()).st_size > MOST_BYTES for file in (output, log)):
            most = {"most": MOST_BYTES // 1_000_000}
            raise TranscriptionFailed(_("TRANSCRIBE_COMMAND writes more than %(most)d MB.") % most)
        if time.monotonic() > deadline:
            raise TranscriptionFailed(_("TRANSCRIBE_COMMAND takes too long."))


def _end(program: subprocess.Popen[bytes]) -> None:
    """End the program with all that it has started."""
    if program.poll() is None:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def _last_words(log: IO[bytes]) -> str:
    log.seek(max(os.fstat(log.fileno()).st_size - 4 * LAST_WORDS, 0))
    return " ".join(log.read().decode(errors="replace").split())[-LAST_WORDS:]
