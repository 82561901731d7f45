"""Chapters of a file, shown as a difference before they are taken into the form."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from mutagen.id3 import CHAP, CTOC, ID3, TIT2, CTOCFlags

from episodes.models import Episode
from tests.admin_forms import form_of
from tests.factories import make_episode, make_host

pytestmark = pytest.mark.django_db
NOTES = "### はじめに\n\n一。\n\n### 格子の話\n\n二。\n"
LABELS = "0.000000\t90.000000\tはじめに\n90.000000\t90.000000\t格子の話\n"


@pytest.fixture
def desk(client):
    client.force_login(make_host())
    return client


def send(desk, episode: Episode, name: str, content: bytes):
    url = f"/en/admin/episodes/episode/{episode.pk}/chapters/import/"
    return desk.post(url, {"file": SimpleUploadedFile(name, content)}, follow=True)


def tagged(tmp_path) -> bytes:
    tag, path = ID3(), tmp_path / "tag.mp3"
    for number, (start, title) in enumerate([(0, "はじめに"), (90, "格子の話")]):
        frames = [TIT2(encoding=1, text=title)]
        tag.add(CHAP(element_id=f"c{number}", start_time=start * 1000, end_time=start * 1000 + 1, sub_frames=frames))
    tag.add(CTOC(element_id="toc", flags=CTOCFlags.TOP_LEVEL, child_element_ids=["c0", "c1"], sub_frames=[]))
    tag.save(path, v2_version=3)
    return path.read_bytes()


@pytest.mark.parametrize("name", ["labels.txt", "audio.mp3"])
def test_chapters_are_shown_and_then_fill_the_form(desk, tmp_path, name):
    episode = make_episode(notes=NOTES)
    page = send(desk, episode, name, tagged(tmp_path) if name.endswith(".mp3") else LABELS.encode())
    assert "###<ins> 1:30</ins> 格子の話" in page.content.decode()

    marks = unescape(re.search('name="marks" value="([^"]*)"', page.content.decode())[1])
    form = form_of(desk.post(page.request["PATH_INFO"], {"marks": marks}), "episode_form")

    assert "### 0:00 はじめに" in form["notes"] and "### 1:30 格子の話" in form["notes"]
    assert not Episode.objects.get().is_timed, "nothing is saved by that"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("labels.txt", b"0:00 x\n", "Line 1 is no label"),
        ("chapters.json", b"{}", "none of these"),
        ("labels.txt", b"\xff\xfe\x00", "none of these"),
        ("audio.mp3", b"\xff\xfb\x90\x00" * 50, "no chapters"),
    ],
)
def test_file_without_chapters_is_refused_in_words(desk, name, content, says):
    assert says in send(desk, make_episode(notes=NOTES), name, content).content.decode()


def test_forged_marks_are_refused(desk):
    episode = make_episode(notes=NOTES)
    url = f"/en/admin/episodes/episode/{episode.pk}/chapters/import/"

    for marks in ("", "1", "[1]", '[{"title": "x"}]'):
        assert desk.post(url, {"marks": marks}).status_code == 302
