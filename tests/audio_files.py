"""Real audio for tests, made by ffmpeg, and what ffprobe reads in it."""

import json
import subprocess
from pathlib import Path
from typing import Any


def make_mp3(path: Path, *, seconds: int = 120, tags: dict[str, str] | None = None) -> Path:
    """A quiet tone, small and quick to make."""
    named = [f"-metadata={name}={value}" for name, value in (tags or {}).items()]
    metadata = [part for name in named for part in name.split("=", 1)]
    return make_audio(path, "-ar", "8000", "-b:a", "8k", *metadata, seconds=seconds)


def make_audio(path: Path, *options: str, seconds: int = 20) -> Path:
    """A quiet tone, as ffmpeg writes it with these options."""
    source = ["-f", "lavfi", "-i", f"sine=frequency=220:duration={seconds}"]
    _run(["ffmpeg", "-v", "error", "-y", *source, *options, path])
    return path


def probe(path: Path) -> dict[str, Any]:
    """`format` with its tags, and `chapters`."""
    found: dict[str, Any] = json.loads(
        _run(["ffprobe", "-v", "error", "-show_format", "-show_chapters", "-show_streams", "-of", "json", path])
    )
    return found


def stream_hash(path: Path) -> str:
    """A hash of the encoded audio, whatever tags are around it."""
    return _run(["ffmpeg", "-v", "error", "-i", path, "-map", "0:a", "-c", "copy", "-f", "hash", "-"])


def _run(command: list[Any]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
