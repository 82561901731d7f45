"""Transcripts come in with the documents that name them, and go out with them."""

import pytest

from episodes.models import Episode
from episodes.transcripts.labels import match_labels
from episodes.transcripts.storing import as_rows, cues_of, store_transcript, transcript_of
from interaxion.sitewide.exporting.site import export_site
from interaxion.text.transcripts.cues import Cue
from interaxion.text.transcripts.srt import write_srt
from tests.factories import make_editor, make_episode, make_speaker, make_transcript
from tests.imports import import_all, write_file

pytestmark = pytest.mark.django_db
CUES = (Cue(0, 2, "はい。", "岡"), Cue(2, 4.5, "注意: ええ。"))
SRT = write_srt(CUES)
POST = """---
layout: podcast
title: "57: 光"
date: 2026-04-01 07:00:00 +0900
starring: [岡]
transcript: {}
---
### 0:00 はじめに

本文。
"""


def write_site(folder, transcript="/transcripts/57.srt", text=SRT):
    write_file(folder, "_config.yml", "title: x\n")
    write_file(folder, "_posts/2026-04-01-ep57.md", POST.format(transcript))
    write_file(folder, "transcripts/57.srt", text)
    return folder


def notes_of(outcomes):
    return [str(note) for outcome in outcomes for note in outcome.warnings if "transcript" in str(note)]


def test_document_brings_its_transcript_with_the_names_of_its_people(tmp_path):
    import_all(write_site(tmp_path))

    transcript = transcript_of(Episode.objects.get())
    assert tuple(cues_of(transcript)) == CUES
    assert not transcript.is_published


def test_import_again_changes_nothing_and_another_file_only_what_nobody_edited(tmp_path):
    site = write_site(tmp_path)
    import_all(site)
    import_all(site)
    assert transcript_of(Episode.objects.get()).version == 1

    changed = (*CUES, Cue(5, 6, "追加。"))
    import_all(write_site(site, text=write_srt(changed)))
    transcript = transcript_of(Episode.objects.get())
    assert tuple(cues_of(transcript)) == changed

    transcript.cues = as_rows(CUES[:1])
    store_transcript(transcript, user=make_editor())
    outcomes = import_all(write_site(site, text=write_srt(CUES)))
    assert len(transcript_of(Episode.objects.get()).cues) == 1
    assert "--overwrite" in notes_of(outcomes)[0]
    import_all(site, overwrite=True)
    assert tuple(cues_of(transcript_of(Episode.objects.get()))) == CUES


@pytest.mark.parametrize(
    ("transcript", "text", "words"),
    [("/transcripts/58.srt", "", "58.srt is missing"), ("/transcripts/57.srt", "1\n00:00 bad\nx\n", "57.srt:1")],
)
def test_faults_are_warnings_with_their_place(tmp_path, transcript, text, words):
    outcomes = import_all(write_site(tmp_path, transcript, text))

    assert Episode.objects.get().number == 57
    assert words in notes_of(outcomes)[0]


def test_transcript_elsewhere_stays_there(tmp_path):
    import_all(write_site(tmp_path, "https://host.example/57.vtt"))

    assert Episode.objects.get().transcripts_elsewhere == ["https://host.example/57.vtt"]


@pytest.mark.parametrize("published", [True, False])
def test_export_and_import_keep_the_transcript(tmp_path, published):
    episode = make_episode(number="19.5", live=True, speakers=(make_speaker(name="岡"),))
    make_transcript(episode=episode, cues=CUES, published=published, language="en")
    export_site(tmp_path)
    episode.delete()

    import_all(tmp_path)

    transcript = transcript_of(Episode.objects.get())
    assert (tuple(cues_of(transcript)), transcript.is_published, transcript.language) == (CUES, published, "en")
    names = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert ("transcripts/19.5.vtt" in names) is published
    export_site(tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in names} == names
    assert {outcome.action for outcome in import_all(tmp_path)} == {"unchanged"}


def test_edited_file_of_an_export_is_taken(tmp_path):
    episode = make_episode(number="57", live=True)
    make_transcript(episode=episode, cues=CUES)
    export_site(tmp_path)
    episode.delete()
    import_all(tmp_path)
    (tmp_path / "transcripts/57.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\n直した。\n")

    import_all(tmp_path)

    assert transcript_of(Episode.objects.get()).cues == [[0, 1, "直した。", ""]]


def test_labels_are_matched_by_name_and_alias_and_never_guessed():
    oka, other = make_speaker(name="岡田", aliases=["Oka", "共通"]), make_speaker(name="青木", aliases=["共通"])
    cues = [Cue(n, n + 1, "x", label) for n, label in enumerate(["ＯＫＡ", "青木", "共通", "岡", "SPEAKER_01", ""])]

    labels = match_labels(cues, [oka, other])

    assert labels.speakers == {"ＯＫＡ": oka, "青木": other}
    assert labels.unmatched == ["共通", "岡", "SPEAKER_01"]
    assert labels.shown() == {"ＯＫＡ": "岡田", "青木": "青木", "SPEAKER_01": ""}
