"""Transcribing an episode by the operator's program, as a job or by a command. What it hears is a draft to correct."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from episodes.audio.on_disk import on_disk
from episodes.models import Episode, Transcript
from episodes.transcripts.program import TranscriptionFailed, transcribe_file
from episodes.transcripts.storing import as_rows, store_transcript, transcript_of
from interaxion.content.files.limits import MOST_FILE_BYTES
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.queueing import queue_job
from interaxion.content.jobs.work import Work
from interaxion.text.source_errors import SourceError
from interaxion.text.transcripts.reading import read_transcript
from interaxion.web.downloads import download
from interaxion.web.ssrf_guard import FetchFailed, FetchRefused, IPNetwork

#: For fetching audio of another host.
SECONDS = 900.0


def transcribe(
    episode: Episode,
    *,
    user: Any,
    look: Callable[[], object] = lambda: None,
    allowed_networks: Sequence[IPNetwork] = (),
) -> Transcript:
    """Store what TRANSCRIBE_COMMAND hears as the next version of the transcript, which visitors do not see yet.

    Raises ValidationError if it must not or cannot, StaleVersion if somebody saved the transcript meanwhile.
    """
    transcript = transcript_of(episode)
    demand_transcribable(transcript)
    try:
        with _audio_of(episode, allowed_networks) as path:
            said = read_transcript(transcribe_file(path, look), "TRANSCRIBE_COMMAND")
    except (TranscriptionFailed, FetchFailed, FetchRefused) as problem:
        raise ValidationError(str(problem)) from problem
    except SourceError as problem:
        raise ValidationError(f"{problem.file}:{problem.line}: {_(problem.message) % problem.params}") from problem
    transcript.cues = as_rows(said.cues)
    store_transcript(transcript, user=user, note=_("Transcribed by a program"))
    return transcript


def demand_transcribable(transcript: Transcript) -> None:
    """Raise ValidationError if there is no program or no audio, or if visitors would see what nobody has read."""
    if not settings.TRANSCRIBE_COMMAND:
        raise ValidationError(_("No program is set that transcribes (TRANSCRIBE_COMMAND)."))
    if not transcript.episode.audio_address:
        raise ValidationError(_("The episode has no audio to transcribe."))
    if transcript.is_published:
        raise ValidationError(_("The transcript is published. Take it back before a program writes another one."))


@contextmanager
def _audio_of(episode: Episode, networks: Sequence[IPNetwork]) -> Iterator[Path]:
    if not episode.audio_url:
        with on_disk(episode.audio_file) as path:
            yield path
        return
    with tempfile.NamedTemporaryFile(suffix=Path(episode.audio_url.partition("?")[0]).suffix[:6]) as file:
        download(episode.audio_url, file, most_bytes=MOST_FILE_BYTES, seconds=SECONDS, allowed_networks=networks)
        file.flush()
        yield Path(file.name)


def queue_transcribing(episode: Episode, *, user: Any) -> Job:
    """Queue the job. Raises ValidationError as `transcribe()` does."""
    demand_transcribable(transcript_of(episode))
    return queue_job(TRANSCRIBE, subject=str(episode.pk), about=str(episode), inputs={"episode": episode.pk}, user=user)


def work_on(work: Work) -> None:
    episode = Episode.objects.untrashed().get(pk=work.inputs["episode"])
    work.expect(1)
    try:
        transcript = transcribe(episode, user=work.job.user, look=work.look)
    except ValidationError as problem:  # its own words are for a form
        raise TranscriptionFailed(" ".join(problem.messages)) from problem
    work.step(TRANSCRIBED, count=len(transcript.cues))


def may_see(user: Any, inputs: Mapping[str, Any]) -> bool:
    return user.has_perm("episodes.change_episode")


TRANSCRIBED = gettext_noop("the transcript has %(count)d lines; it waits to be corrected")
TRANSCRIBE = register(JobKind("transcribe", gettext_lazy("Transcript of %(about)s"), work_on, may_see))
