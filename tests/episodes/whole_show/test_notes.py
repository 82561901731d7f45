import pytest
from hypothesis import given
from hypothesis import strategies as st

from episodes.host_feed.details import HostChapter
from episodes.notes.notes import find_errors, parse
from episodes.whole_show.notes import write_notes


@pytest.mark.parametrize(
    "line",
    ["01:30 格子", "(1:30) 格子", "[01:30]格子", "1:30 - 格子", "・01:30　格子", "<b>01:30</b>格子",
     "🎧 01:30 格子", "<b>01:30</b> 格子", "<b>01:30 格子</b>", "０１：３０　格子", "01:30〜05:00 格子", "01:30｜格子",
     '<a href="https://video.example/?t=90">01:30</a> 格子', "00:01:30 格子", "【01:30】格子", "▶︎ 01:30 格子"],
)  # fmt: skip
def test_time_in_every_spelling_of_hosts_begins_a_section(line):
    sections = parse(write_notes(f"<p>話す。</p><p>00:00 はじめに<br>{line}</p>"))

    assert [(s.starts_at, s.heading, s.body) for s in sections] == [
        (None, "", "話す。"),
        (0, "はじめに", ""),
        (90, "格子", ""),
    ]


@pytest.mark.parametrize(
    "text",
    ["<p>10:30からの話</p>", "<p>1:30 だけ</p>", "<p>5:00 後<br>1:00 前</p>", "<p>0:00 a<br>0:00 b</p>",
     "<pre>0:00 a\n1:00 b</pre>", "<p>版 1:2 と 3:4</p>"],
)  # fmt: skip
def test_what_may_be_no_list_of_times_stays_text(text):
    assert all(section.starts_at is None for section in parse(write_notes(text)))


def test_times_beyond_the_end_of_the_audio_stay_text():
    text = "<p>0:00 a<br>59:00 b</p>"

    assert [len(parse(write_notes(text, seconds=seconds))) for seconds in (3600, 600)] == [2, 1]


def test_text_after_a_bare_list_of_times_is_of_the_whole_episode():
    notes = write_notes("<p>話す。</p><p>0:00 a<br>1:00 b</p><p>おたよりは<a href='https://m.example/'>こちら</a></p>")

    assert notes == "話す。\n\nおたよりは[こちら](https://m.example/)\n\n### 0:00 a\n\n### 1:00 b\n"


def test_what_stands_between_times_belongs_to_the_time_before_it():
    notes = write_notes("<ul><li>0:00 a<ul><li><a href='https://a.example/'>x</a></li></ul></li><li>1:00 b</li></ul>")

    assert notes == "### 0:00 a\n\n- [x](https://a.example/)\n\n### 1:00 b\n"


def test_thousands_of_times_and_long_lines_stay_text():
    many = "<br>".join(f"{n // 60}:{n % 60:02} x" for n in range(1500))
    long = f"<p>0:00 a<br>1:00 {'語' * 2000}</p>"

    assert [len(parse(write_notes(text))) for text in (f"<p>{many}</p>", long)] == [1, 1]


def test_headings_that_state_times_are_sections_as_they_are():
    html = "<h3>0:00 a</h3><ul><li>0:30 x</li><li>0:40 y</li></ul><h4>1:00 b</h4>"

    assert write_notes(html) == "### 0:00 a\n\n- 0:30 x\n- 0:40 y\n\n#### 1:00 b\n"


def test_plain_text_keeps_its_lines_and_entities():
    assert write_notes("一行目\n*二行目* &amp; <3\n\n次の段落 https://a.example/_x_") == (
        "一行目  \n\\*二行目\\* \\& \\<3\n\n次の段落 https://a.example/_x_\n"
    )


def test_chapters_make_the_sections_where_the_text_has_no_times():
    chapters = (HostChapter(0, "A [b]*"), HostChapter(60, "B", "https://b.example/(1)"))

    assert write_notes("<p>x</p><h2>Links</h2>", chapters) == (
        "x\n\n### 0:00 A \\[b\\]\\*\n\n### 1:00 [B](<https://b.example/(1)>)\n\n## Links\n"
    )
    assert "1:00 B" not in write_notes("<p>0:00 a<br>0:30 c</p>", chapters)


@given(st.text(alphabet=st.sampled_from("ab 01:3\n#*_[]()<>&`$~-あ「」"), max_size=60))
def test_any_description_can_be_stored(text):
    assert not any(find_errors(parse(write_notes(text))))
