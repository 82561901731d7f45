import json
import subprocess

import pytest

from episodes.notes.chapter_files import audacity_labels, ffmetadata
from episodes.notes.chapters import FeedChapter
from tests.audio_files import make_mp3, probe

CHAPTERS = [
    FeedChapter(0, 30, "はじめに", "https://show.example/57#t-0"),
    FeedChapter(30, 90, "a=b; c#d \\ e\tf", "https://show.example/57#t-30"),
    FeedChapter(90, None, "おわり", "https://show.example/57#t-90"),
]


def test_audacity_labels_are_start_end_and_title():
    assert audacity_labels(CHAPTERS).splitlines() == [
        "0.000000\t30.000000\tはじめに",
        "30.000000\t90.000000\ta=b; c#d \\ e f",
        "90.000000\t90.000000\tおわり",
    ]


def test_ffmetadata_leaves_out_empty_tags():
    assert ffmetadata([], {"title": "題", "track": ""}) == ";FFMETADATA1\ntitle=題\n"


@pytest.mark.ffmpeg
def test_ffmpeg_reads_its_metadata_back(tmp_path):
    written, made = tmp_path / "chapters.txt", tmp_path / "made.mp3"
    written.write_text(ffmetadata(CHAPTERS, {"title": "57: 題; #1", "artist": "a=b\\c"}))
    original = make_mp3(tmp_path / "original.mp3")

    subprocess.run(
        ["ffmpeg", "-v", "error", "-i", original, "-i", written, "-map_metadata", "1", "-codec", "copy", made],
        check=True,
    )

    found = probe(made)
    assert found["format"]["tags"]["title"] == "57: 題; #1"
    assert found["format"]["tags"]["artist"] == "a=b\\c"
    assert [(float(c["start_time"]), c["tags"]["title"]) for c in found["chapters"]] == [
        (0, "はじめに"),
        (30, "a=b; c#d \\ e f"),
        (90, "おわり"),
    ], json.dumps(found["chapters"])
