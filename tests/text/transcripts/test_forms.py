import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.source_errors import SourceError
from interaxion.text.transcripts.cues import MOST_CUES, Cue, take_labels, tidy_label, tidy_text
from interaxion.text.transcripts.json_forms import read_json, write_json
from interaxion.text.transcripts.reading import MOST_BYTES, read_transcript
from interaxion.text.transcripts.srt import read_srt, write_srt
from interaxion.text.transcripts.vtt import read_vtt, write_vtt

NAMES = ["佐藤", "A. Nakamura", "山田 <司会>", "SPEAKER_00"]
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).map(tidy_text).filter(bool)
#: Words that SubRip can hold: it has no way to write a tag or a line of times as words.
PLAIN = st.text("あいう漢字 abc.,1?", min_size=1, max_size=30).map(tidy_text).filter(bool)


def cues_of(words, speakers):
    milliseconds = st.integers(0, 9_000_000)
    cue = st.builds(
        lambda start, length, text, speaker: Cue(start / 1000, (start + length) / 1000, text, tidy_label(speaker)),
        milliseconds,
        st.integers(1, 60_000),
        words,
        speakers,
    )
    return st.lists(cue, min_size=1, max_size=8).map(lambda cues: tuple(sorted(cues, key=lambda cue: cue.start)))


@given(cues_of(WORDS, st.one_of(st.just(""), WORDS.map(tidy_label), st.sampled_from(NAMES))))
def test_vtt_gives_the_same_cues_again(cues):
    assert read_vtt(write_vtt(cues)).cues == cues


@given(cues_of(WORDS, st.one_of(st.just(""), st.sampled_from(NAMES))))
def test_json_gives_the_same_cues_again(cues):
    assert read_json(write_json(cues)).cues == cues


@given(cues_of(PLAIN, st.one_of(st.just(""), st.sampled_from(NAMES))))
def test_srt_gives_the_same_cues_again_with_the_names_of_speakers(cues):
    assert tuple(take_labels(read_srt(write_srt(cues)).cues, NAMES)) == cues


VTT = """WEBVTT - made by hand
Language: ja

STYLE
::cue { color: red }

NOTE of nobody

intro
00:01.500 --> 00:04.000 align:start
<v.loud 佐藤>おはよう<i>ございます</i> &amp; どうも</v>

1:00:05.000 --> 1:00:07.250
<v 佐藤>はい<v 中村>いいえ
<ruby>量子<rt>りょうし</rt></ruby>です
"""


def test_vtt_reads_voices_tags_and_settings():
    read = read_vtt(VTT)

    assert read.cues == (
        Cue(1.5, 4, "おはようございます & どうも", "佐藤"),
        Cue(3605, 3607.25, "はい", "佐藤"),
        Cue(3605, 3607.25, "いいえ\n量子（りょうし）です", "中村"),
    )
    assert [note.line for note in read.notes] == [4]


def test_srt_reads_what_editors_write():
    text = (
        "\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\n{\\an8}<i>はい</i>\r\n\r\nそして\r\n\r\n"
        "2\r\n00:00:02,500 --> 00:00:04\r\nええ\r\n"
    )

    assert read_transcript(text.encode()).cues == (Cue(1, 2.5, "はい\nそして"), Cue(2.5, 4, "ええ"))


@pytest.mark.parametrize(
    "document",
    [
        {"version": "1.0.0", "segments": [{"speaker": "佐藤", "startTime": 0.5, "endTime": 2, "body": "はい"}]},
        {
            "text": "はい",
            "language": "ja",
            "segments": [{"id": 0, "start": 0.5, "end": 2, "text": " はい", "speaker": "佐藤"}],
        },
        [{"start": 0.5, "end": 2, "text": "はい", "speaker": "佐藤"}],
        {
            "result": {"language": "ja"},
            "transcription": [
                {"timestamps": {"from": "00:00:00,500", "to": "00:00:02,000"}, "text": " はい", "speaker": "佐藤"}
            ],
        },
    ],
)
def test_json_of_apps_and_of_recognisers_is_read(document):
    assert read_transcript(json.dumps(document).encode()).cues == (Cue(0.5, 2, "はい", "佐藤"),)


def test_a_label_is_a_speaker_only_if_somebody_is_called_so():
    cues = [Cue(0, 1, "佐藤：そう: ですね"), Cue(1, 2, "注意: 危険"), Cue(2, 3, "佐藤："), Cue(3, 4, "ＳＡＴＯ: はい")]

    assert take_labels(cues, ["佐藤", "Sato"]) == [
        Cue(0, 1, "そう: ですね", "佐藤"),
        cues[1],
        cues[2],
        Cue(3, 4, "はい", "ＳＡＴＯ"),
    ]


def test_cues_out_of_order_are_put_in_order_and_told():
    text = "WEBVTT\n\n00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:02.000\na\n\n00:05.500 --> 00:05.500\nc\n"

    read = read_vtt(text)

    assert read.cues == (Cue(1, 2, "a"), Cue(5, 6, "b"), Cue(5.5, 5.501, "c"))
    assert [(note.line, note.params["count"]) for note in read.notes] == [(6, 1)]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "no transcript"),
        ("ただの文".encode(), 1, "no transcript"),
        (b"WEBVTT\n\n", 1, "nothing is said"),
        (b"WEBVTTX\n\n00:01.000 --> 00:02.000\na\n", 1, "WEBVTT"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\na\n\nb\nc\n", 6, "b"),
        (b"WEBVTT\n\n00:01.000 --> 0:02:xx\na\n", 3, "expected"),
        (b"WEBVTT\r\n\r\n00:03.000 --> 00:02.000\r\na\r\n", 3, "before it begins"),
        (b"1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:05,000 --> 00:00:04,000\nb", 6, "before it begins"),
        (b"WEBVTT\n\n999:00:00.000 --> 999:00:01.000\na", 3, "100 hours"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"a" * 100_000, 3, "longer"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v " + b"a" * 200 + b">b", 3, "name"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\nab\xff\n", 4, "UTF-8"),
        (b'{"segments": [\n{"start": 1, "end": 2, "text": "a"},\n{"start": 1, "text": "b"}]}', 3, "segment 2"),
        (b'{"segments": [\n\n {"start": NaN, "end": 2, "text": "a"}]}', 3, "segment 1"),
        (b'{"segments": [{"start": 1%s, "end": 2, "text": "a"}]}' % (b"0" * 5000), 1, "no JSON"),
        (b'{"segments": [{"start": 2, "end": 1, "text": "a"}]}', 1, "before it begins"),
        (b'{"segments": []}', 1, "nothing is said"),
        (b'{"chapters": []}', 1, "no transcript"),
        (b'{"segments": [\n{"start" 1}', 2, "no JSON"),
        (b"[" * 100_000, 1, "JSON"),
        (b"a" * (MOST_BYTES + 1), 1, "larger"),
        (b"WEBVTT\n" + b"\n00:01.000 --> 00:02.000\na\n" * (MOST_CUES + 1), 3 * MOST_CUES + 3, "more than"),
    ],
)
def test_what_is_no_transcript_is_refused_with_its_line(data, line, words):
    with pytest.raises(SourceError) as refusal:
        read_transcript(data, "57.vtt")

    assert refusal.value.line == line
    assert words in str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_of_editors_are_read(encoding):
    data = write_srt([Cue(1, 2, "はい")]).encode(encoding)

    assert read_transcript(data).cues == (Cue(1, 2, "はい"),)


@given(st.text('WEBVT\n-> 0123:.<v/>{["]}あ', max_size=200))
def test_any_text_is_read_or_refused(text):
    for data in (text.encode(), b"WEBVTT\n\n" + text.encode()):
        try:
            read_transcript(data)
        except SourceError as refusal:
            assert refusal.line >= 1


@pytest.mark.parametrize("text", ["<v" + " " * 1_000_000, "<v " * 300_000, "{\\a" * 300_000, "! " * 300_000 + "x"])
def test_long_lines_are_read_in_a_moment(text):
    for head in ("WEBVTT\n\n", ""):
        try:
            read_transcript(f"{head}00:01.000 --> 00:02.000\n{text}\n".encode())
        except SourceError as refusal:
            assert "longer" in str(refusal)
