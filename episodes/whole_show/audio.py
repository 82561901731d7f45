"""Bringing the audio of a former host here, as a job: guarded, bounded, measured, and in steps that can be repeated."""

import tempfile
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from episodes.audio.measuring import measure
from episodes.models import Episode, EpisodeQuerySet
from interaxion.content.changes.recording import Recording, recording
from interaxion.content.files.limits import MOST_FILE_BYTES
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.queueing import queue_job
from interaxion.content.jobs.work import Work
from interaxion.content.publishing.recorder import keep
from interaxion.content.reasons import spell_reason
from interaxion.content.saving.storing import StaleVersion, store
from interaxion.web.downloads import download
from interaxion.web.ssrf_guard import FetchFailed, FetchRefused, IPNetwork

#: For one file, in all.
SECONDS = 900.0


def elsewhere(source: str) -> EpisodeQuerySet:
    """Return the episodes that have taken audio from this feed, and whose audio is still on its host."""
    taken = Episode.objects.untrashed().filter(guid_taken_from=source[:500], audio_file="")
    return taken.exclude(audio_url="").order_by("publish_at", "pk")


def queue_audio(source: str, *, user: Any) -> Job | None:
    """Queue the job that fetches the audio of this feed; None if there is none to fetch."""
    if not elsewhere(source).exists():
        return None
    return queue_job(FETCH_AUDIO, subject=source[:200], about=source, inputs={"source": source}, user=user)


def fetch_all(work: Work, *, allowed_networks: Sequence[IPNetwork] = ()) -> None:
    """Fetch one file after the other. What fails stays where it is, and the log says why."""
    source = work.inputs["source"]
    episodes = list(elsewhere(source).values_list("pk", "path"))
    work.expect(len(episodes))
    with recording(_("Audio of the feed %(feed)s") % {"feed": source}, user=work.job.user) as record:
        for pk, path in episodes:
            try:
                fetch_audio(Episode.objects.get(pk=pk), record=record, user=work.job.user, networks=allowed_networks)
            except (ValidationError, FetchFailed, FetchRefused, StaleVersion, Episode.DoesNotExist) as problem:
                work.step(NOT_FETCHED, path=path, problem=spell_reason(problem))
            else:
                work.step(FETCHED, path=path)


def fetch_audio(episode: Episode, *, record: Recording, user: Any, networks: Sequence[IPNetwork] = ()) -> None:
    """Store the audio that is at another address here. Raises FetchRefused, FetchFailed, AudioRefused, StaleVersion."""
    with tempfile.TemporaryFile() as file:
        answer = download(
            episode.audio_url, file, most_bytes=MOST_FILE_BYTES, seconds=SECONDS, allowed_networks=networks
        )
        audio = measure(file, answer.length)
        name = f"audio/{audio.name}"
        if not default_storage.exists(name):
            name = default_storage.save(name, File(file))
    episode.audio_file, episode.audio_url = name, ""
    episode.audio_bytes, episode.audio_type, episode.audio_seconds = audio.bytes, audio.type, audio.seconds
    with record.step():
        keep(episode)
        store(episode, user=user, note=_("Audio brought here from %(address)s") % {"address": answer.url})


def may_fetch(user: Any, inputs: Mapping[str, Any]) -> bool:
    return user.has_perm("episodes.publish_episode")


FETCHED = gettext_noop("%(path)s: its audio is here")
NOT_FETCHED = gettext_noop("%(path)s: its audio stays where it is: %(problem)s")
FETCH_AUDIO = register(JobKind("fetch_audio", gettext_lazy("Audio of %(about)s"), fetch_all, may_fetch))
