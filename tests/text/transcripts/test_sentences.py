from interaxion.text.transcripts.cues import Cue
from interaxion.text.transcripts.html import write_html
from interaxion.text.transcripts.sentences import Paragraph, join_sentences, make_paragraphs


def test_sentences_go_on_until_a_full_stop_a_pause_or_another_speaker():
    cues = [
        Cue(0, 2, "量子も", "岡"),
        Cue(2, 4, "つれの\n話です。", "岡"),
        Cue(4, 5, "It is", "岡"),
        Cue(5, 6, "easy", "岡"),
        Cue(6, 7, "はい", "青木"),
        Cue(9.5, 10, "ええ", "青木"),
        Cue(10, 11, "「そう。」", "青木"),
        Cue(11, 12, "では", "青木"),
    ]

    assert join_sentences(cues) == [
        Cue(0, 4, "量子もつれの話です。", "岡"),
        Cue(4, 6, "It is easy", "岡"),
        Cue(6, 7, "はい", "青木"),
        Cue(9.5, 11, "ええ「そう。」", "青木"),
        Cue(11, 12, "では", "青木"),
    ]


def test_a_long_sentence_ends_with_its_cue():
    cues = [Cue(n, n + 1, "あ" * 60) for n in range(4)]

    assert [len(each.text) for each in join_sentences(cues)] == [120, 120]


def test_paragraphs_end_at_sections_speakers_and_after_a_minute():
    said = [Cue(0, 1, "a", "岡"), Cue(89.9, 95, "b", "岡"), Cue(90, 91, "c", "岡"), Cue(92, 93, "d", "青木")]

    assert make_paragraphs(said, [90, 200]) == [
        [Paragraph("岡", (said[0],)), Paragraph("岡", (said[1],))],
        [Paragraph("岡", (said[2],)), Paragraph("青木", (said[3],))],
        [],
    ]


def test_html_names_speakers_once_and_escapes_words():
    paragraphs = [
        Paragraph("岡", (Cue(61.2, 62, "<b>1</b>"), Cue(61.9, 63, "2"))),
        Paragraph("岡", (Cue(70, 71, "3"),)),
        Paragraph("<x>", (Cue(3700, 3701, "4"),)),
        Paragraph("SPEAKER_00", (Cue(3702, 3703, "5"),)),
    ]

    assert write_html(paragraphs, {"岡": "岡田", "SPEAKER_00": ""}, set()).split("\n") == [
        '<p><a class="time" href="#said-61">1:01</a> <b>岡田</b> <span id="said-61">&lt;b&gt;1&lt;/b&gt;</span>'
        " <span>2</span></p>",
        '<p><a class="time" href="#said-70">1:10</a> <span id="said-70">3</span></p>',
        '<p><a class="time" href="#said-3700">1:01:40</a> <b>&lt;x&gt;</b> <span id="said-3700">4</span></p>',
        '<p><a class="time" href="#said-3702">1:01:42</a> <span id="said-3702">5</span></p>',
    ]
