"""Real audio for tests, made by ffmpeg and read by ffprobe."""

import json
import subprocess
from pathlib import Path
from typing import Any


def make_mp3(path: Path, *, seconds: int = 120, tags: dict[str, str] | None = None) -> Path:
    """Make a quiet tone, small and quick to make."""
    named = [f"-metadata={name}={value}" for name, value in (tags or {}).items()]
    metadata = [part for name in named for part in name.split("=", 1)]
    return make_audio(path, "-ar", "8000", "-b:a", "8k", *metadata, seconds=seconds)


def make_audio(path: Path, *options: str, seconds: int = 20) -> Path:
    """Make a quiet tone with these options of ffmpeg."""
    source = ["-f", "lavfi", "-i", f"sine=frequency=220:duration={seconds}"]
    _run(["ffmpeg", "-v", "error", "-y", *source, *options, path])
    return path


def probe(path: Path) -> dict[str, Any]:
    """Return what ffprobe reads: `format` with its tags, `chapters` and `streams`."""
    found: dict[str, Any] = json.loads(
        _run(["ffprobe", "-v", "error", "-show_format", "-show_chapters", "-show_streams", "-of", "json", path])
    )
    return found


def stream_hash(path: Path) -> str:
    """A hash of the encoded audio, whatever tags are around it."""
    return _run(["ffmpeg", "-v", "error", "-i", path, "-map", "0:a", "-c", "copy", "-f", "hash", "-"])


def _run(command: list[Any]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
