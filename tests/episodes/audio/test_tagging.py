"""Tags in real MP3 files made by ffmpeg, read back by ffprobe and mutagen."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.management import CommandError, call_command
from django.urls import include, path
from django.utils.translation import override
from mutagen.apev2 import APEv2
from mutagen.id3 import APIC, CHAP, CTOC, ID3, TIT2, TSOP, TXXX, CTOCFlags, PictureType
from mutagen.mp3 import MP3
from PIL import Image

from episodes.audio.measuring import AudioRefused, measure
from episodes.audio.tagging import is_stale, tag_file, tag_uploaded_audio, tags_of
from episodes.audio.tags import fingerprint_in
from episodes.desk.files import file_urls
from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.admin_urls import admin
from interaxion.content.files.models import store_file
from interaxion.content.publishing.desk_settings import DeskSettings
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.urls import urlpatterns as site_urls
from tests.audio_files import make_audio, make_mp3, probe, stream_hash
from tests.factories import make_episode, make_host, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.ffmpeg]

#: The admin's addresses with those of the files before them.
urlpatterns = [
    path("admin/episodes/episode/", include(file_urls(admin.site.get_model_admin(Episode)))),
    *site_urls,
]
NOTES = "### 0:10 はじめに\n\n本文。\n\n### 1:30 格子 & <電子>\n\n本文。\n\n### 5:00 もうない\n\n本文。\n"
TITLES = [(0, 10, "オープニング"), (10, 90, "はじめに"), (90, 120, "格子 & <電子>")]


@pytest.fixture(scope="module")
def mp3(tmp_path_factory):
    return make_mp3(tmp_path_factory.mktemp("audio") / "in.mp3", tags={"title": "old", "comment": "keep me"})


@pytest.fixture
def podcast(settings):
    settings.SITE_URL = "https://show.example"
    file = settings.MEDIA_ROOT / "pictures" / "cover.png"
    file.parent.mkdir(parents=True)
    Image.new("RGBA", (1400, 1400), "#b23216").save(file)
    podcast = Podcast(pk=1, title="曲がり角の実験室", author="実験室の人たち", artwork="pictures/cover.png")
    podcast.save()
    return podcast


def chapters_in(file):
    return [
        (round(float(c["start_time"])), round(float(c["end_time"])), c["tags"]["title"])
        for c in probe(file)["chapters"]
    ]


def test_ffprobe_reads_the_tags_and_chapters_back(podcast, mp3, tmp_path):
    episode = make_episode(number="57", title="格子の話", notes=NOTES)

    tagging = tag_file(episode, mp3, tmp_path / "out.mp3")

    found = probe(tmp_path / "out.mp3")
    tags = {name.lower(): value for name, value in found["format"]["tags"].items()}
    assert tags["title"] == "57: 格子の話"
    assert tags["track"] == "57"
    assert tags["artist"] == "実験室の人たち"
    assert tags["album"] == "曲がり角の実験室"
    assert tags["comment"] == "keep me"
    assert chapters_in(tmp_path / "out.mp3") == TITLES
    assert len(tagging.chapters) == 3
    assert [s["codec_name"] for s in found["streams"]] == ["mp3", "mjpeg"]


def test_mutagen_reads_the_table_and_the_cover_back(podcast, mp3, tmp_path):
    tag_file(make_episode(number="57", notes=NOTES), mp3, tmp_path / "out.mp3")

    id3 = ID3(tmp_path / "out.mp3")

    assert id3.version == (2, 3, 0)
    (table,) = id3.getall("CTOC")
    assert (table.flags, table.child_element_ids) == (3, ["chp0", "chp1", "chp2"])
    chapters = {chapter.element_id: chapter for chapter in id3.getall("CHAP")}
    assert [chapters[name].start_time for name in table.child_element_ids] == [0, 10_000, 90_000]
    assert chapters["chp1"].sub_frames["WXXX:"].url == "https://show.example/57#t-10"
    (cover,) = id3.getall("APIC")
    assert (cover.mime, cover.type) == ("image/jpeg", 3)
    assert Image.open(io.BytesIO(cover.data)).size == (1000, 1000)


def test_picture_of_a_section_is_that_of_its_chapter(podcast, mp3, tmp_path):
    stream = io.BytesIO()
    Image.new("RGB", (900, 450), "navy").save(stream, "PNG")
    picture = store_file("図.png", stream.getvalue()).file.url
    notes = (
        f"### 0:00 始め\n\n文。\n\n### 0:30 図の話\n\n![図]({picture})\n\n### 1:00 遠い図\n\n![図](/media/gone.png)\n"
    )
    episode = make_episode(number="57", notes=notes)

    tag_file(episode, mp3, tmp_path / "out.mp3")

    chapters = sorted(ID3(tmp_path / "out.mp3").getall("CHAP"), key=lambda chapter: chapter.start_time)
    pictures = [[frame for frame in chapter.sub_frames.values() if frame.FrameID == "APIC"] for chapter in chapters]
    assert [len(each) for each in pictures] == [0, 1, 0]
    assert Image.open(io.BytesIO(pictures[1][0].data)).size == (600, 300)
    assert [title for _, _, title in chapters_in(tmp_path / "out.mp3")] == ["始め", "図の話", "遠い図"]
    assert stream_hash(tmp_path / "out.mp3") == stream_hash(mp3)
    before = tags_of(episode).fingerprint
    episode.replace_sections(notes.replace(picture, "/media/other.png"))
    store(episode, user=None)
    assert tags_of(episode).fingerprint != before


def test_audio_stream_is_not_touched(podcast, mp3, tmp_path):
    tag_file(make_episode(number="57", notes=NOTES), mp3, tmp_path / "out.mp3")

    assert stream_hash(tmp_path / "out.mp3") == stream_hash(mp3)
    bare = []
    for file in (mp3, tmp_path / "out.mp3"):
        copy = tmp_path / "bare.mp3"
        copy.write_bytes(file.read_bytes())
        ID3(copy).delete(copy)
        bare.append(copy.read_bytes())
    assert bare[0] == bare[1]
    assert len(bare[0]) > 50_000


def test_tagging_again_replaces_the_tags(podcast, mp3, tmp_path):
    episode = make_episode(number="57", notes=NOTES)
    tag_file(episode, mp3, tmp_path / "once.mp3")
    episode.replace_sections("### 0:00 ひとつだけ\n\n本文。\n")
    store(episode, user=None)

    tag_file(episode, tmp_path / "once.mp3", tmp_path / "twice.mp3")

    assert chapters_in(tmp_path / "twice.mp3") == [(0, 120, "ひとつだけ")]
    assert len(ID3(tmp_path / "twice.mp3").getall("APIC")) == 1


@pytest.mark.parametrize("number", ["19.5", "0", None])
def test_only_a_whole_number_is_a_track(podcast, mp3, tmp_path, number):
    tag_file(make_episode(number=number, title="題", notes=""), mp3, tmp_path / "out.mp3")

    id3 = ID3(tmp_path / "out.mp3")
    assert id3.getall("TRCK") == id3.getall("CHAP") == id3.getall("CTOC") == []
    assert id3["TIT2"].text == [f"{number}: 題" if number else "題"]


@pytest.mark.parametrize(
    "titles",
    [["とても長い題名のついた最初の話", "中くらいの話", "話"], ["話", "中くらいの話", "とても長い題名のついた話"]],
)
def test_chapters_stand_in_the_file_in_the_order_of_time(podcast, mp3, tmp_path, titles):
    notes = "".join(f"### 0:{20 * place:02} {title}\n\n本文。\n\n" for place, title in enumerate(titles))

    tag_file(make_episode(number="57", notes=notes), mp3, tmp_path / "out.mp3")

    assert [title for _, _, title in chapters_in(tmp_path / "out.mp3")] == titles


# What the file had


def make_jpeg(colour):
    stream = io.BytesIO()
    Image.new("RGB", (20, 20), colour).save(stream, "JPEG")
    return stream.getvalue()


@pytest.fixture
def rich(mp3, tmp_path):
    """An MP3 with what another tool put into it."""
    file = tmp_path / "rich.mp3"
    file.write_bytes(mp3.read_bytes())
    id3 = ID3(file)
    id3.add(APIC(3, "image/jpeg", PictureType.COVER_BACK, "", make_jpeg("blue")))
    id3.add(APIC(3, "image/jpeg", PictureType.COVER_FRONT, "front", make_jpeg("red")))
    id3.add(CTOC("toc", CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED, ["a", "b"], []))
    id3.add(CHAP("a", 0, 60_000, sub_frames=[TIT2(3, ["a long title of the first part"])]))
    id3.add(CHAP("b", 60_000, 120_000, sub_frames=[TIT2(3, ["b"])]))
    id3.add(TSOP(3, ["sorted by this"]))
    id3.save(file, v2_version=4)
    return file


def pictures_in(file):
    return [(picture.type, picture.data) for picture in ID3(file).getall("APIC")]


def test_cover_and_chapters_stay_if_the_episode_has_none(rich, tmp_path):
    tag_file(make_episode(number="57", notes="時刻のない文。\n"), rich, tmp_path / "out.mp3")

    assert pictures_in(tmp_path / "out.mp3") == pictures_in(rich)
    assert [title for _, _, title in chapters_in(tmp_path / "out.mp3")] == ["a long title of the first part", "b"]
    assert stream_hash(tmp_path / "out.mp3") == stream_hash(rich)


def test_cover_that_we_have_replaces_the_front_cover_alone(podcast, rich, tmp_path):
    tag_file(make_episode(number="57", notes=NOTES), rich, tmp_path / "once.mp3")
    tag_file(make_episode(number="58", notes=NOTES), tmp_path / "once.mp3", tmp_path / "twice.mp3")

    for file in (tmp_path / "once.mp3", tmp_path / "twice.mp3"):
        front, back = pictures_in(file)
        assert (front[0], back) == (3, (4, make_jpeg("blue")))
        assert front[1] != make_jpeg("red")
        assert chapters_in(file) == TITLES


def test_chapters_that_we_wrote_go_when_the_episode_has_none(podcast, mp3, tmp_path):
    episode = make_episode(number="57", notes=NOTES)
    tag_file(episode, mp3, tmp_path / "once.mp3")
    episode.replace_sections("時刻のない文。\n")
    store(episode, user=None)

    tag_file(episode, tmp_path / "once.mp3", tmp_path / "twice.mp3")

    assert chapters_in(tmp_path / "twice.mp3") == []


def test_old_tags_do_not_contradict_and_what_is_dropped_is_said(podcast, rich, tmp_path):
    audio = stream_hash(rich)
    ape = APEv2()
    ape.update({"Title": "old", "Artist": "old", "MP3GAIN_MINMAX": "1,2"})
    ape.save(rich)
    with rich.open("ab") as stream:
        stream.write(b"TAG" + b"old".ljust(125, b"\0"))

    with override("en"):
        losses = tag_file(make_episode(number="57", notes=NOTES), rich, tmp_path / "out.mp3").losses

    assert losses == [
        "Frames that ID3v2.3 does not have were left out: TSOP.",
        "Chapters after the end of the audio were left out: 5:00.",
        "The old ID3v1 tag was removed: it has no room for Japanese titles.",
        "Removed from the APE tag, for ID3 says it now: Title, Artist.",
    ]
    assert b"TAGold" not in (tmp_path / "out.mp3").read_bytes()
    assert dict(APEv2(tmp_path / "out.mp3")) == {"MP3GAIN_MINMAX": "1,2"}
    assert stream_hash(tmp_path / "out.mp3") == audio


def test_ape_tag_with_a_title_alone_goes_and_the_sound_stays(podcast, mp3, tmp_path):
    source = tmp_path / "in.mp3"
    source.write_bytes(mp3.read_bytes())
    ape = APEv2()
    ape["Title"] = "old"
    ape.save(source)

    tag_file(make_episode(number="57", notes=NOTES), source, tmp_path / "out.mp3")

    assert b"APETAGEX" not in (tmp_path / "out.mp3").read_bytes()
    assert stream_hash(tmp_path / "out.mp3") == stream_hash(mp3)


def test_chapters_beyond_the_limit_of_the_table_are_reported(podcast, tmp_path):
    file = make_mp3(tmp_path / "in.mp3", seconds=300)
    notes = "".join(f"### {at // 60}:{at % 60:02} 話\n\n" for at in range(257))

    with override("en"):
        tagging = tag_file(make_episode(number="57", notes=notes), file, tmp_path / "out.mp3")

    assert tagging.losses == ["An MP3 holds 255 chapters: those from 4:15 on were left out."]
    assert len(tagging.chapters) == len(chapters_in(tmp_path / "out.mp3")) == 255


# Bad audio


@pytest.mark.parametrize(("name", "codec"), [("in.aac", "aac"), ("in.mp2", "mp2"), ("in.mp3", "cut short")])
def test_what_an_upload_refuses_is_not_tagged(podcast, mp3, tmp_path, name, codec):
    make_episode(number="57", notes=NOTES)
    source = tmp_path / name
    if codec == "cut short":
        source.write_bytes(mp3.read_bytes()[:40_000])
    else:
        make_audio(source, "-c:a", codec)

    with pytest.raises(CommandError, match=f"{name}: This (is no MP3|audio file ends too early)"):
        call_command("tag_audio", "57", str(source), str(tmp_path / "out.mp3"))

    assert not (tmp_path / "out.mp3").exists()


def test_file_that_is_no_mp3_is_refused_and_leaves_no_file(podcast, tmp_path, capsys):
    make_episode(number="57")
    wav = tmp_path / "in.mp3"
    wav.write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(2000))

    with pytest.raises(CommandError, match="in.mp3: This audio file is damaged"):
        call_command("tag_audio", "57", str(wav), str(tmp_path / "out.mp3"))

    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".mp3"] == ["in.mp3"]


@pytest.mark.parametrize("kept", [0.0, 0.00003, 0.01, 0.5, 0.9])
def test_truncated_mp3_is_refused_with_a_reason(mp3, kept):
    whole = mp3.read_bytes()
    data = whole[: int(len(whole) * kept)]

    with override("en"), pytest.raises(AudioRefused, match="Export|ends too early"):
        measure(io.BytesIO(data), len(data))


def test_whole_mp3_is_measured(mp3):
    with mp3.open("rb") as stream:
        audio = measure(stream, mp3.stat().st_size)

    assert (audio.bytes, audio.type, audio.seconds) == (mp3.stat().st_size, "audio/mpeg", 120)


def test_command_names_what_is_missing(podcast, mp3, tmp_path):
    make_episode(number="57")

    with pytest.raises(CommandError, match="There is no episode 58"):
        call_command("tag_audio", "58", str(mp3), str(tmp_path / "out.mp3"))
    with pytest.raises(CommandError, match="none.mp3: No such file"):
        call_command("tag_audio", "57", str(tmp_path / "none.mp3"), str(tmp_path / "out.mp3"))


def test_command_tags_a_draft(podcast, mp3, tmp_path, capsys):
    make_episode(number="19.5", title="題", notes=NOTES)

    call_command("tag_audio", "19-5", str(mp3), str(tmp_path / "out.mp3"))

    assert capsys.readouterr().out == f"{tmp_path / 'out.mp3'}: 19.5: 題, 3 chapters\n" + (
        "  Chapters after the end of the audio were left out: 5:00.\n"
    )
    assert MP3(tmp_path / "out.mp3").tags["TIT2"].text == ["19.5: 題"]


def test_command_without_ffmpeg_refuses_an_m4a_and_leaves_no_file(podcast, tmp_path, monkeypatch):
    make_episode(number="57", notes=NOTES)
    m4a = make_audio(tmp_path / "in.m4a", "-c:a", "aac")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(CommandError, match="in.m4a: Only MP3 files can be tagged. For an M4A .* ffmpeg"):
        call_command("tag_audio", "57", str(m4a), str(tmp_path / "out.m4a"))

    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == ["in.m4a"]


def test_file_tagged_by_command_is_warned_of_once_a_time_changes(podcast, mp3, tmp_path):
    episode = make_episode(number="57", title="題", notes=NOTES, audio_url="https://audio.example/57.mp3")

    def warnings():
        with override("en"):
            return [str(problem) for problem in episode.problems() if "Tag the file again" in str(problem)]

    assert warnings() == []
    call_command("tag_audio", "57", str(mp3), str(tmp_path / "ep57.mp3"))
    assert warnings() == []

    episode.replace_sections(NOTES.replace("1:30", "1:31"))
    store(episode, user=None)

    assert len(warnings()) == 1 and "written into ep57.mp3 on 2" in warnings()[0]
    call_command("tag_audio", "57", str(mp3), str(tmp_path / "ep57.mp3"))
    assert warnings() == []


# The file that was uploaded


@pytest.fixture
def uploaded(podcast, mp3):
    with mp3.open("rb") as stream:
        audio = measure(stream, mp3.stat().st_size)
        episode = make_episode(number="57", title="題", notes=NOTES)
        episode.audio_file.save(audio.name, File(stream), save=False)
    episode.audio_bytes, episode.audio_type, episode.audio_seconds = audio.bytes, audio.type, audio.seconds
    store(episode, user=None)
    return episode


def test_uploaded_audio_becomes_a_tagged_file(uploaded):
    before = uploaded.audio_file.name

    tag_uploaded_audio(uploaded, user=None)

    episode = Episode.objects.get(pk=uploaded.pk)
    assert episode.audio_file.name != before
    assert episode.audio_bytes == episode.audio_file.size
    assert [title for _, _, title in chapters_in(episode.audio_file.path)] == [title for _, _, title in TITLES]
    assert not is_stale(episode)


def test_tagged_audio_is_stale_once_a_time_changes(uploaded):
    assert not is_stale(uploaded)
    tag_uploaded_audio(uploaded, user=None)

    uploaded.replace_sections(NOTES.replace("1:30", "1:31"))
    store(uploaded, user=None)

    assert is_stale(uploaded)
    assert [p for p in uploaded.problems() if p.field == "audio_file"]
    tag_uploaded_audio(uploaded, user=None)
    assert not is_stale(uploaded)


def test_publishing_makes_nothing_stale(uploaded):
    tag_uploaded_audio(uploaded, user=None)

    transition(uploaded, to="published", user=None)

    assert not is_stale(Episode.objects.get(pk=uploaded.pk))


def test_tags_of_somebody_else_are_not_stale(uploaded):
    id3 = ID3(uploaded.audio_file.path)
    id3.add(TXXX(3, desc="something", text=["else"]))
    id3.save(uploaded.audio_file.path)

    assert fingerprint_in(uploaded.audio_file.path) == ""
    assert not is_stale(uploaded)


@pytest.mark.parametrize("field", ["title", "cover", "album"])
def test_whatever_is_in_the_tags_is_in_their_fingerprint(uploaded, settings, field):
    before = tags_of(uploaded).fingerprint
    podcast = Podcast.current()
    match field:
        case "title":
            uploaded.title = "別の題"
        case "cover":
            podcast.artwork = "pictures/other.png"
        case "album":
            podcast.title = "別の番組"
    podcast.save()

    assert tags_of(uploaded).fingerprint != before


def test_without_uploaded_audio_there_is_nothing_to_tag(podcast):
    with pytest.raises(ValidationError, match="no uploaded audio|音声"):
        tag_uploaded_audio(make_episode(audio_url="https://audio.example/a.mp3"), user=None)


# In the admin


@pytest.mark.urls("tests.episodes.audio.test_tagging")
@pytest.mark.parametrize(
    ("name", "start"),
    [("labels.txt", "0.000000\t10.000000\tオープニング\n"), ("ffmetadata.txt", ";FFMETADATA1\ntitle=57: ")],
)
def test_host_downloads_the_chapters_of_a_draft(client, uploaded, name, start):
    client.force_login(make_host())

    response = client.get(f"/admin/episodes/episode/{uploaded.pk}/chapters/{name}")

    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="episode-57-{name}"'
    assert "private" in response["Cache-Control"]
    assert response.content.decode().startswith(start)


@pytest.mark.urls("tests.episodes.audio.test_tagging")
def test_host_tags_the_uploaded_audio(client, uploaded):
    client.force_login(make_host())
    address = f"/admin/episodes/episode/{uploaded.pk}/tag-audio/"

    assert client.get(address).status_code == 405
    response = client.post(address, follow=True)

    said = [str(message) for message in response.context["messages"]]
    assert "5:00" in said[1]
    assert fingerprint_in(Episode.objects.get(pk=uploaded.pk).audio_file.path)


@pytest.mark.urls("tests.episodes.audio.test_tagging")
def test_audio_that_hosts_may_not_correct_is_tagged_by_an_editor(client, uploaded):
    transition(uploaded, to="published", user=None)
    DeskSettings(pk=1, hosts_may_edit_published=False).save()
    client.force_login(make_host())

    client.post(f"/admin/episodes/episode/{uploaded.pk}/tag-audio/")

    stored = Episode.objects.get(pk=uploaded.pk)
    assert (stored.version, stored.audio_file) == (uploaded.version, uploaded.audio_file)


@pytest.mark.urls("tests.episodes.audio.test_tagging")
def test_files_of_an_episode_are_only_for_those_who_may_see_it(client, uploaded):
    addresses = [f"/admin/episodes/episode/{uploaded.pk}/{end}" for end in ("chapters/labels.txt", "tag-audio/")]

    assert [client.post(address).status_code for address in addresses] == [302, 302]
    outsider = make_user()
    outsider.is_staff = True
    outsider.save()
    client.force_login(outsider)
    assert client.get(addresses[0]).status_code == 403
    assert client.post(addresses[1]).status_code == 403
    assert not fingerprint_in(Episode.objects.get(pk=uploaded.pk).audio_file.path)


@pytest.mark.urls("tests.episodes.audio.test_tagging")
@pytest.mark.parametrize("name", ["labels.mp3", "x"])
def test_file_of_another_name_is_not_found(client, uploaded, name):
    client.force_login(make_host())

    assert client.get(f"/admin/episodes/episode/{uploaded.pk}/chapters/{name}").status_code == 404
