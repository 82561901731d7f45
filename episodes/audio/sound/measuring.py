"""Measuring how a file sounds, by ffmpeg's meter of EBU R 128. No Django.

Loudness and true peak: https://www.itu.int/rec/R-REC-BS.1770; the meter: https://tech.ebu.ch/docs/tech/tech3341.pdf
"""

import math
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from episodes.audio.ffmpeg import FfmpegFailed, reading, run_ffmpeg
from episodes.audio.sound.outline import outline_of

#: Momentary loudness in LUFS below which nothing is heard: a quiet room is recorded at about -60.
SILENT = -50.0
#: The meter tells the loudness of the last 0.4 seconds every 0.1 seconds.
STEP, WINDOW = 0.1, 0.4
#: The meter measures nothing below this loudness; peaks of silence are minus infinity.
FLOOR = -70.0
MOST_SECONDS = 12 * 3600  # of audio that is looked at
PATIENCE = 1800  # seconds; an hour of audio takes about 15

_MOMENT = re.compile(r"^lavfi\.r128\.M=(\S+)$", re.MULTILINE)
_LOUDNESS = re.compile(r"^\s*I:\s+(\S+) LUFS$", re.MULTILINE)
_PEAK = re.compile(r"^\s*Peak:\s+(\S+) dBFS$", re.MULTILINE)


@dataclass(frozen=True)
class Measured:
    loudness: float  # integrated, LUFS
    peak: float  # true peak, dBTP
    silence_before: float  # seconds
    silence_after: float
    outline: bytes


def measure_sound(path: Path, form: str) -> Measured:
    """Measure the file, which ffmpeg is to read as `form`. Raises FfmpegFailed if it cannot."""
    meter = "ebur128=peak=true:metadata=1:framelog=verbose"
    moments = "ametadata=mode=print:key=lavfi.r128.M:file=-"
    output, log = run_ffmpeg(
        "-nostats", "-v", "info", "-t", str(MOST_SECONDS), *reading(path, form, protocols="file,pipe"),
        "-map", "0:a:0", "-af", f"{meter},{moments}", "-f", "null", "-",
        seconds=PATIENCE,
    )  # fmt: skip
    loudness, peak = _LOUDNESS.findall(log), _PEAK.findall(log)
    if not loudness or not peak:
        raise FfmpegFailed("its meter says nothing")
    momentary = array("d", map(_level, _MOMENT.findall(output)))
    before, after = find_silence(momentary)
    return Measured(_level(loudness[-1]), _level(peak[-1]), before, after, outline_of(momentary, SILENT))


def find_silence(momentary: Sequence[float]) -> tuple[float, float]:
    """Return the seconds of silence before the first sound and after the last one, within a step.

    A sound raises the loudness in the step in which it begins, and for the rest of the window after it has ended.
    """
    heard = [place for place, level in enumerate(momentary) if level > SILENT]
    if not heard:
        return round(len(momentary) * STEP, 1), 0.0
    after = len(momentary) - 1 - heard[-1] + (WINDOW - STEP) / STEP
    is_to_the_end = heard[-1] == len(momentary) - 1
    return round(heard[0] * STEP, 1), 0.0 if is_to_the_end else round(after * STEP, 1)


def _level(said: str) -> float:
    level = float(said)
    return FLOOR if math.isnan(level) else max(level, FLOOR)
