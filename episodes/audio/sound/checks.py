"""Checks of how uploaded audio sounds, before it is published. They advise, and never block.

Target: https://podcasters.apple.com/support/893-audio-requirements (-16 LKFS within 1 dB, true peak at most -1 dB).
Apple names no value for mono. A mono file comes out of both speakers, and adds up there to 3 LU more (ITU-R BS.1770
sums the channels), so -19 LUFS in the file is as loud as -16 in stereo.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from episodes.audio.ffmpeg import find_ffmpeg
from episodes.audio.sound.reading import find_sound
from episodes.audio.sound.sound import Sound
from episodes.models import Episode
from interaxion.text.problems import Problem, warning

TARGET = -16.0  # LUFS, stereo
TARGET_OF_MONO = -19.0
TOLERANCE = 1.0  # LU
HIGHEST_PEAK = -1.0  # dBTP
#: Seconds at one end that a listener takes for a fault.
MOST_SILENCE = 5.0
APPLE = "https://podcasters.apple.com/support/893-audio-requirements"


def check_sound(episode: Episode) -> list[Problem]:
    """Return what deserves a look in how the uploaded audio sounds; that it is not measured yet, if it will be."""
    sound = find_sound(episode)
    if sound is None:
        return []
    if sound.measured_at is None:
        return [warning(_("The loudness of the audio is not measured."), "audio_file")] if find_ffmpeg() else []
    return [
        *(warning(message, "audio_file", rule="loudness", spec=APPLE) for message in _find_faults(sound)),
        *(warning(message, "audio_file") for message in _find_silences(sound)),
    ]


def _find_faults(sound: Sound) -> Iterator[str]:
    target = TARGET_OF_MONO if sound.channels == 1 else TARGET
    values = {"loudness": f"{sound.loudness:.1f}", "target": f"{target:.0f}", "peak": f"{sound.peak:.1f}"}
    # Rounded as it is shown: -17.0 is within.
    if round(abs(sound.loudness - target), 1) > TOLERANCE:
        message = (
            _("The audio is louder than podcasts are: %(loudness)s LUFS instead of %(target)s ± 1.")
            if sound.loudness > target
            else _("The audio is quieter than podcasts are: %(loudness)s LUFS instead of %(target)s ± 1.")
        )
        yield message % values
    if round(sound.peak, 1) > HIGHEST_PEAK:
        yield _("The peaks of the audio may distort: %(peak)s dBTP instead of at most −1.") % values


def _find_silences(sound: Sound) -> Iterator[str]:
    if sound.silence_before > MOST_SILENCE:
        yield _("The audio begins with %(seconds)d seconds of silence.") % {"seconds": sound.silence_before}
    if sound.silence_after > MOST_SILENCE:
        yield _("The audio ends with %(seconds)d seconds of silence.") % {"seconds": sound.silence_after}
