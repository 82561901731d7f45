"""The operator's program transcribes: what it writes is a draft, and what goes wrong is told."""

import sys

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils.translation import override

from episodes.models import Transcript
from episodes.transcripts.program import TranscriptionFailed, transcribe_file
from episodes.transcripts.transcribing import TRANSCRIBE, queue_transcribing, transcribe
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.work import Stopped, Work
from interaxion.content.saving.storing import StaleVersion
from tests.factories import make_editor, make_episode, make_transcript
from tests.file_server import serve_files
from tests.web_server import HERE

pytestmark = pytest.mark.django_db

SAYS = "print('WEBVTT\\n\\n00:00.000 --> 00:02.000\\n<v S1>' + open(sys.argv[1]).read())"


@pytest.fixture
def program(settings, tmp_path):
    """Makes TRANSCRIBE_COMMAND a program of these lines."""

    def write(lines):
        file = tmp_path / "program.py"
        file.write_text(f"import sys, time\n{lines}\n")
        settings.TRANSCRIBE_COMMAND = f"{sys.executable} {file}"

    write(SAYS)
    with override("en"):
        yield write


def make_heard(content="こんにちは", **fields):
    episode = make_episode(number="57", **fields)
    episode.audio_file = default_storage.save("audio/57.mp3", ContentFile(content.encode()))
    episode.save()
    return episode


def test_command_keeps_what_the_program_hears_as_a_draft(program, capsys):
    episode = make_heard()

    call_command("transcribe", "57")

    transcript = Transcript.objects.get(episode=episode)
    assert transcript.cues == [[0, 2, "こんにちは", "S1"]]
    assert (transcript.is_published, transcript.version) == (False, 1)
    assert "version 1 of the transcript, 1 lines" in capsys.readouterr().out


def test_audio_of_another_host_is_fetched_for_the_program(program):
    with serve_files({"/57.mp3": "遠くの声".encode()}) as host:
        episode = make_episode()
        episode.audio_url = f"{host}/57.mp3"

        transcript = transcribe(episode, user=None, allowed_networks=HERE)

    assert transcript.cues[0][2] == "遠くの声"


def test_job_is_queued_and_logs_what_came_of_it(program):
    episode = make_heard()

    job = queue_transcribing(episode, user=make_editor())
    work = Work(job)
    TRANSCRIBE.work(work)

    assert work.log[-1][1] == {"count": 1}
    assert Transcript.objects.get(episode=episode).revisions.get().user == job.user


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("sys.exit('no model')", "no model"),
        ("print('hello')", "no transcript that can be read"),
        ("print('WEBVTT')", "nothing is said"),
    ],
)
def test_program_that_fails_is_told_with_its_words(program, lines, said):
    program(lines)
    make_heard()

    with pytest.raises(CommandError, match=said):
        call_command("transcribe", "57")

    assert not Transcript.objects.exists()


def test_program_that_is_not_there_is_told(program, settings):
    settings.TRANSCRIBE_COMMAND = "/nowhere/transcribe"
    make_heard()

    with pytest.raises(CommandError, match="/nowhere/transcribe"):
        call_command("transcribe", "57")


def test_program_is_ended_by_time_by_size_and_by_who_waits(program, tmp_path):
    def stop():
        raise Stopped

    program("time.sleep(60)")
    with pytest.raises(TranscriptionFailed, match="too long"):
        transcribe_file(tmp_path, lambda: None, patience=0)
    with pytest.raises(Stopped):
        transcribe_file(tmp_path, stop)
    program("print('x' * 11_000_000, flush=True); time.sleep(60)")
    with pytest.raises(TranscriptionFailed, match="more than 10 MB"):
        transcribe_file(tmp_path, lambda: None)


def test_published_transcript_is_not_written_over_by_a_program(program):
    episode = make_heard(live=True)
    make_transcript(episode=episode)

    with pytest.raises(ValidationError, match="Take it back"):
        queue_transcribing(episode, user=make_editor())

    assert not Job.objects.exists()


def test_transcript_saved_while_the_program_ran_stays(program):
    episode = make_heard()
    saved = []

    def save():
        if not saved:
            saved.append(make_transcript(episode=episode, published=False))

    program("time.sleep(0.5)\n" + SAYS)
    with pytest.raises(StaleVersion):
        transcribe(episode, user=None, look=save)

    assert Transcript.objects.get().cues == saved[0].cues


def test_without_a_program_or_audio_nothing_is_queued(program, settings):
    with pytest.raises(ValidationError, match="no audio"):
        queue_transcribing(make_episode(), user=None)
    settings.TRANSCRIBE_COMMAND = ""
    with pytest.raises(ValidationError, match="TRANSCRIBE_COMMAND"):
        queue_transcribing(make_heard(), user=None)
