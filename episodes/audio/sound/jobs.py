"""Measuring the sound of uploaded audio, as a job for each file: the worker looks for new ones, whoever stored them."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy, gettext_noop

from episodes.audio.ffmpeg import FORMATS, FfmpegFailed, find_ffmpeg
from episodes.audio.measuring import measure
from episodes.audio.on_disk import on_disk
from episodes.audio.sound.measuring import measure_sound
from episodes.audio.sound.sound import Sound
from episodes.models import Episode
from interaxion.content.checks.problem_counts import count_problems
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.queueing import queue_job
from interaxion.content.jobs.watching import watch
from interaxion.content.jobs.work import Work
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import note_change

#: Queued in one look.
MOST = 20


@watch
def queue_waiting_sounds() -> None:
    """Queue the measuring of new files. One light query if there is none; nothing without ffmpeg, which may come."""
    if not find_ffmpeg():
        return
    for sound in Sound.objects.waiting().order_by("pk")[:MOST]:
        with transaction.atomic():
            if not Sound.objects.waiting().filter(pk=sound.pk).update(asked_at=timezone.now()):
                continue  # another worker was faster
            inputs = {"episode": sound.object_id, "file": sound.file}
            queue_job(MEASURE, subject=sound.file[:200], about=str(sound.target), inputs=inputs, user=None)


def measure_upload(work: Work) -> None:
    """Measure the file, unless the episode has another one by now. The log says why something cannot be measured."""
    episode = Episode.objects.filter(pk=work.inputs["episode"], audio_file=work.inputs["file"]).first()
    if episode is None:
        work.step(OTHER_FILE)
        return
    try:
        with on_disk(episode.audio_file) as path, path.open("rb") as stream:
            audio = measure(stream, path.stat().st_size)
            sound = measure_sound(path, FORMATS[audio.type])
    except (ValidationError, FfmpegFailed) as problem:
        work.step(NOT_MEASURED, problem=" ".join(getattr(problem, "messages", [str(problem)])))
        return
    with transaction.atomic():
        SiteState.lock()
        Sound.objects.of(episode).filter(file=work.inputs["file"]).update(
            measured_at=timezone.now(), channels=audio.channels, bit_rate=audio.bit_rate, **vars(sound)
        )
        note_change(is_seen=episode.is_live())  # its page shows the outline
    count_problems(episode)
    work.step(MEASURED, loudness=f"{sound.loudness:.1f}", peak=f"{sound.peak:.1f}")


def may_see(user: Any, inputs: Mapping[str, Any]) -> bool:
    return user.has_perm("episodes.change_episode")


MEASURED = gettext_noop("%(loudness)s LUFS, true peak %(peak)s dBTP")
NOT_MEASURED = gettext_noop("it cannot be measured: %(problem)s")
OTHER_FILE = gettext_noop("the episode has another file now")
MEASURE = register(JobKind("measure_sound", gettext_lazy("Sound of %(about)s"), measure_upload, may_see))
