"""Bad audio: each a clear message at its field, and nothing of it is stored."""

import io
import wave

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.forms import modelform_factory
from django.utils.translation import override

from episodes.desk.forms import EpisodeForm
from episodes.models import Episode
from interaxion.content.files.limits import MOST_FILE_BYTES
from tests.admin_forms import form_of
from tests.factories import make_episode, make_host

pytestmark = pytest.mark.django_db
MP3 = (settings.BASE_DIR / "interaxion/sitewide/demo/site/assets/audio/episode1.mp3").read_bytes()
NONE = "This is no MP3 or M4A file. Export the audio as one of them."
DAMAGED = "This audio file is damaged. Export it again as MP3 or M4A."
CUT_SHORT = "This audio file ends too early: a part of it is missing. Upload it again."


M4A = b"\x00\x00\x00\x0cftypM4A "


def nested(levels: int) -> bytes:
    return b"".join((8 * (levels - level)).to_bytes(4, "big") + b"moov" for level in range(levels))


def make_wav() -> bytes:
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16000))
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(make_wav(), DAMAGED, id="WAV named .mp3"),
        pytest.param(b"ID3" + bytes(5000), DAMAGED, id="a tag without audio"),
        pytest.param(MP3[: len(MP3) // 2], CUT_SHORT, id="truncated MP3"),
        pytest.param(MP3[:100], DAMAGED, id="a few bytes of an MP3"),
        pytest.param(b"\x00\x00\x00\x20ftypM4A " + bytes(5000), DAMAGED, id="an M4A without audio"),
        pytest.param("音声".encode() * 500, DAMAGED, id="text"),
        pytest.param(M4A + b"\x00\x00\x00\x01free" + b"\xff" * 8, DAMAGED, id="an M4A that says it has no end"),
        pytest.param(M4A + nested(3000), DAMAGED, id="an M4A of three thousand levels"),
    ],
)
def test_bad_audio_is_refused_with_a_reason(client, content, said):
    client.force_login(make_host())
    episode = make_episode()
    address = f"/en/admin/episodes/episode/{episode.pk}/change/"
    data = form_of(client.get(address), "episode_form")

    answer = client.post(address, data | {"audio_file": SimpleUploadedFile("show.mp3", content, "audio/mpeg")})

    assert answer.context["adminform"].form.errors.get("audio_file") == [said]
    episode.refresh_from_db()
    assert not episode.audio_file and not settings.MEDIA_ROOT.joinpath("audio").exists()


@pytest.mark.parametrize(
    ("size", "said"), [(MOST_FILE_BYTES + 1, ["The file is larger than 300 MB."]), (len(MP3), None)]
)
def test_audio_is_refused_from_one_byte_over_the_limit(size, said):
    file = UploadedFile(io.BytesIO(MP3), "show.mp3", "audio/mpeg", size)

    form_class = modelform_factory(Episode, EpisodeForm, fields=["title", "audio_file"])

    form = form_class({"title": "題"}, {"audio_file": file}, instance=Episode())

    with override("en"):
        assert form.errors.get("audio_file") == said
