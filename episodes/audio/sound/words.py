"""How uploaded audio sounds, in words for the desk."""

from django.utils.translation import gettext as _

from episodes.audio.ffmpeg import find_ffmpeg
from episodes.audio.sound.sound import Sound


def describe_sound(sound: Sound | None) -> str:
    """Return one line of measures, or why there are none."""
    if sound is None:
        return _("not measured")
    if sound.measured_at is None:
        if not find_ffmpeg():
            return _("not measured: there is no ffmpeg on this machine")
        if sound.asked_at is None:
            return _("not measured yet")
        return _("not measured; the list of jobs says how far it is")
    values = {
        "loudness": f"{sound.loudness:.1f}",
        "peak": f"{sound.peak:.1f}",
        "channels": _("mono") if sound.channels == 1 else _("stereo"),
        "rate": round(sound.bit_rate / 1000),
        "before": f"{sound.silence_before:.1f}",
        "after": f"{sound.silence_after:.1f}",
    }
    return (
        _(
            "%(loudness)s LUFS · true peak %(peak)s dBTP · %(channels)s · %(rate)d kbit/s"
            " · silence: %(before)s s at the beginning, %(after)s s at the end"
        )
        % values
    )
