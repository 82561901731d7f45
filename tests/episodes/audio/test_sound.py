"""How audio sounds: the signals of EBU Tech 3341 (v3, table 1), measured within 0.1 LU, and what follows from it."""

import itertools
import math
import wave
from array import array

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import override

from episodes.audio.ffmpeg import FfmpegFailed
from episodes.audio.sound.checks import check_sound
from episodes.audio.sound.jobs import MEASURE, queue_waiting_sounds
from episodes.audio.sound.measuring import find_silence, measure_sound
from episodes.audio.sound.outline import draw_outline, outline_of
from episodes.audio.sound.reading import find_sound
from episodes.audio.sound.sound import Sound
from episodes.audio.sound.words import describe_sound
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.work import Work
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import store
from tests.audio_files import make_audio
from tests.factories import make_editor, make_episode

RATE = 48000
FULL = 2**31 - 1


def tone(level, seconds, *, hertz=1000, degrees=0.0, channels=2):
    """Return samples of a sine whose peak is at `level` dBFS, the same in each channel. `hertz` divides the rate."""
    peak, period = FULL * 10 ** (level / 20), RATE // hertz
    wave_of_one = array("i")
    for place in range(period):
        wave_of_one.extend([round(peak * math.sin(2 * math.pi * place / period + math.radians(degrees)))] * channels)
    return wave_of_one.tobytes() * round(seconds * hertz)


def swelling(level, seconds, **tone_of):
    """Return a tone that swells and fades: a sudden one holds higher peaks than its own."""
    steps = [level + 20 * math.log10(step / 200) for step in range(1, 200)]
    swell = [tone(each, 1 / tone_of["hertz"], **tone_of) for each in steps]
    return b"".join([*swell, tone(level, seconds, **tone_of), *reversed(swell)])


def silence(seconds, *, channels=2):
    return bytes(round(seconds * RATE) * 4 * channels)


def write(path, *parts, channels=2):
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 4, RATE, 0, "NONE", ""))
        file.writeframes(b"".join(parts))
    return path


@pytest.mark.ffmpeg
@pytest.mark.parametrize(
    ("parts", "loudness"),
    [
        ([(-23, 20)], -23),
        ([(-33, 20)], -33),
        ([(-36, 10), (-23, 60), (-36, 10)], -23),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -23),
    ],
    ids=["1", "2", "3", "4", "5"],
)
def test_loudness_is_that_of_the_signals_of_the_ebu(tmp_path, parts, loudness):
    file = write(tmp_path / "a.wav", *(tone(*part) for part in parts))

    assert measure_sound(file, "wav").loudness == pytest.approx(loudness, abs=0.1)


@pytest.mark.ffmpeg
def test_loudness_of_five_channels_is_that_of_the_sixth_signal_of_the_ebu(tmp_path):
    # Left, right, centre, the channel of low frequencies, and those behind, which count for 1.41 of one.
    levels = (-28, -28, -24, -10, -30, -30)
    one = [array("i", tone(level, 1, channels=1)) for level in levels]
    samples = array("i", itertools.chain.from_iterable(zip(*one, strict=True)))
    file = write(tmp_path / "a.wav", samples.tobytes() * 5, channels=len(levels))

    assert measure_sound(file, "wav").loudness == pytest.approx(-23, abs=0.1)


@pytest.mark.ffmpeg
@pytest.mark.parametrize(
    ("level", "hertz", "degrees"),
    [(-6.02, 12000, 0), (-6.02, 12000, 45), (-6.02, 8000, 60), (-6.02, 6000, 67.5), (3.0, 12000, 45)],
    ids=["15", "16", "17", "18", "19"],
)
def test_true_peak_is_that_of_the_signals_of_the_ebu(tmp_path, level, hertz, degrees):
    # Between two samples the sound may be louder than at any of them.
    file = write(tmp_path / "a.wav", swelling(level, 1, hertz=hertz, degrees=degrees))

    peak = measure_sound(file, "wav").peak

    assert level - 0.4 <= peak <= level + 0.2


@pytest.mark.ffmpeg
def test_silence_at_both_ends_and_the_outline_are_measured(tmp_path):
    file = write(tmp_path / "a.wav", silence(2), tone(-40, 8), tone(-20, 7), silence(3))

    sound = measure_sound(file, "wav")

    assert (sound.silence_before, sound.silence_after) == (pytest.approx(2, abs=0.2), pytest.approx(3, abs=0.2))
    assert len(sound.outline) == pytest.approx(200, abs=2)
    assert (sound.outline[5], sound.outline[60] < 120, sound.outline[140]) == (0, True, 255)


@pytest.mark.ffmpeg
def test_one_channel_measures_three_units_less_than_two_of_the_same(tmp_path):
    file = write(tmp_path / "a.wav", tone(-16, 5, channels=1), channels=1)

    assert measure_sound(file, "wav").loudness == pytest.approx(-19, abs=0.1)


@pytest.mark.ffmpeg
def test_what_is_no_audio_is_refused(tmp_path):
    (tmp_path / "a.mp3").write_text("no audio")

    with pytest.raises(FfmpegFailed):
        measure_sound(tmp_path / "a.mp3", "mp3")


def test_silence_alone_is_all_before_the_first_sound():
    assert find_silence([-70.0] * 30) == (3.0, 0.0)


def test_outline_of_nothing_and_of_silence_are_drawn():
    assert draw_outline(b"") == "M0 0V0zM0 0V0z"
    assert draw_outline(outline_of([-70.0, -70.0], -50.0)) == "M0 0V0h2V0zM0 0V0h2V0z"
    assert draw_outline(bytes([255, 255, 0])) == "M0 0V-12h2V0h1V0zM0 0V12h2V0h1V0z"


def upload(episode, content):
    episode.audio_file = default_storage.save("audio/a.mp3", ContentFile(content))
    store(episode, user=None)


@pytest.mark.ffmpeg
@pytest.mark.postgres
@pytest.mark.django_db
def test_upload_is_measured_by_a_job_and_makes_its_page_anew(tmp_path, client):
    file = make_audio(tmp_path / "a.mp3", "-ac", "2", "-b:a", "64k", seconds=3)
    episode = make_episode(notes="### 0:00 始め\n\n### 0:02 終わり\n", live=True, audio_seconds=3)
    upload(episode, file.read_bytes())
    before = SiteState.current().etag()

    queue_waiting_sounds()
    queue_waiting_sounds()
    job = Job.objects.get(kind=MEASURE.name)
    MEASURE.work(Work(job))

    sound = find_sound(episode)
    assert (sound.channels, round(sound.bit_rate, -3), sound.measured_at is not None) == (2, 64000, True)
    assert SiteState.current().etag() != before
    assert 'class="loudness"' in client.get(episode.path).content.decode()
    assert f"{sound.loudness:.1f} LUFS" in describe_sound(sound)
    change = f"/en/admin/episodes/episode/{episode.pk}/change/"
    client.force_login(make_editor())
    assert f"{sound.loudness:.1f} LUFS" in client.get(change).content.decode()


@pytest.mark.django_db
def test_another_file_is_measured_anew_and_the_same_is_not():
    episode = make_episode()
    episode.audio_file = "audio/1.mp3"
    store(episode, user=None)
    Sound.objects.update(asked_at=episode.stored_at, measured_at=episode.stored_at)

    episode.summary = "別の概要"
    store(episode, user=None)
    assert find_sound(episode).measured_at
    episode.audio_file = "audio/2.mp3"
    store(episode, user=None)

    assert find_sound(episode).measured_at is None
    assert list(Sound.objects.values_list("file", "asked_at")) == [("audio/2.mp3", None)]
    episode.delete()
    assert not Sound.objects.exists()


@pytest.mark.ffmpeg
@pytest.mark.django_db
def test_what_cannot_be_measured_stays_unmeasured_and_the_job_says_why():
    episode = make_episode()
    upload(episode, b"no audio")

    queue_waiting_sounds()
    job = Job.objects.get(kind=MEASURE.name)
    work = Work(job)
    MEASURE.work(work)
    queue_waiting_sounds()

    assert find_sound(episode).measured_at is None
    assert [message for message, _params in work.log] == ["it cannot be measured: %(problem)s"]
    assert Job.objects.count() == 1
    assert [str(problem.level) for problem in check_sound(episode)] == ["warning"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("measures", "said"),
    [
        ({"loudness": -16.9, "peak": -1.0}, []),
        ({"loudness": -17.2, "peak": -3.0}, ["quieter"]),
        ({"loudness": -12.0, "peak": 0.4}, ["louder", "distort"]),
        ({"loudness": -19.6, "peak": -3.0, "channels": 1}, []),
        ({"loudness": -16.0, "peak": -3.0, "channels": 1}, ["louder"]),
        ({"loudness": -16.0, "peak": -3.0, "silence_before": 6.2, "silence_after": 30.0}, ["begins", "ends"]),
    ],
)
def test_loudness_is_advised_on_and_never_blocks(measures, said):
    episode = make_episode()
    episode.audio_file = "audio/1.mp3"
    store(episode, user=None)
    usual = {"channels": 2, "bit_rate": 128000, "silence_before": 0.3, "silence_after": 1.0}
    Sound.objects.update(asked_at=episode.stored_at, measured_at=episode.stored_at, **usual | measures)

    with override("en"):
        problems = check_sound(episode)

    assert len(problems) == len(said)
    assert all(word in problem.message for word, problem in zip(said, problems, strict=True))
    assert {str(problem.level) for problem in problems} <= {"warning"}
