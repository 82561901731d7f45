"""Running ffmpeg on a local file, with limits of time and memory. It reads one format, and nothing but files."""

import shutil
import subprocess  # nosec B404
import sys
from collections.abc import Sequence
from pathlib import Path

#: ffmpeg's name of each format that is taken, by the content type.
FORMATS = {"audio/mpeg": "mp3", "audio/mp4": "mov"}
_CHILD = Path(__file__).with_name("limited_child.py")


class FfmpegFailed(Exception):
    """It cannot read the file, or takes too long."""


def find_ffmpeg() -> str:
    """Return the program; "" if this machine has none."""
    return shutil.which("ffmpeg") or ""


def run_ffmpeg(*arguments: str, seconds: float) -> tuple[str, str]:
    """Return what it writes to stdout and stderr. Raises FfmpegFailed, also if there is no ffmpeg."""
    command = [sys.executable, "-I", str(_CHILD), find_ffmpeg(), "-hide_banner", "-nostdin", *arguments]
    try:
        done = subprocess.run(command, check=True, capture_output=True, timeout=seconds)  # noqa: S603 # nosec B603
    except (subprocess.SubprocessError, OSError) as problem:
        raise FfmpegFailed(str(problem)) from problem
    return done.stdout.decode(), done.stderr.decode(errors="replace")


def reading(path: Path, form: str, *, protocols: str = "file") -> Sequence[str]:
    """Return the arguments that read the file as this format."""
    return ["-protocol_whitelist", protocols, "-f", form, "-i", str(path)]
