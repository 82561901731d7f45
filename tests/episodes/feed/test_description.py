import re

from hypothesis import given
from hypothesis import strategies as st

from episodes.feed.description import MOST_BYTES, cut, feed_description
from episodes.notes.chapters import FeedChapter

PAGE = "https://show.example/57"


def chapter(starts_at=0, title="話"):
    return FeedChapter(starts_at, None, title, f"{PAGE}#t-{starts_at}")


def test_description_is_summary_then_stamps_then_the_page():
    text = feed_description("要約です。", [chapter(0, "はじめに"), chapter(90), chapter(3723, "終わり")], PAGE)

    assert text.splitlines() == [
        "<p>要約です。</p>",
        "<p>(00:00) はじめに</p>",
        "<p>(01:30) 話</p>",
        "<p>(01:02:03) 終わり</p>",
        f'<p><a href="{PAGE}">{PAGE}</a></p>',
    ]


def test_description_of_an_episode_with_nothing_is_its_page():
    assert feed_description("", [], PAGE) == f'<p><a href="{PAGE}">{PAGE}</a></p>'


def test_description_escapes_what_people_wrote():
    text = feed_description("1 < 2 & 3", [chapter(0, "<b>x</b>")], PAGE)

    assert "<p>1 &lt; 2 &amp; 3</p>" in text
    assert "(00:00) &lt;b&gt;x&lt;/b&gt;" in text


def test_title_of_a_stamp_has_forty_characters_at_most():
    line = feed_description("", [chapter(0, "長" * 41)], PAGE).splitlines()[0]

    assert line == f"<p>(00:00) {'長' * 39}…</p>"


def test_summary_gives_way_to_stamps():
    stamps = [chapter(60 * n, "長い見出しの話" * 5) for n in range(20)]

    text = feed_description("要約" * 2000, stamps, PAGE)

    assert len(text.encode()) <= MOST_BYTES
    assert len(re.findall(r"<p>\(\d\d:\d\d\) ", text)) == 20
    assert "要約…</p>" in text or "要…</p>" in text
    assert text.endswith(f'<a href="{PAGE}">{PAGE}</a></p>')


texts = st.text(alphabet="話a&<> \n🎧", max_size=3000)


@given(texts, st.lists(st.builds(chapter, st.integers(0, 99_999), texts), max_size=80))
def test_description_always_fits_and_names_the_page(summary, chapters):
    text = feed_description(summary, chapters, PAGE)

    assert len(text.encode()) <= MOST_BYTES
    assert set(re.findall(r"</?(\w+)", text)) <= {"p", "a"}
    assert text.endswith(f'<p><a href="{PAGE}">{PAGE}</a></p>')


def test_cut_counts_bytes_and_marks_what_is_missing():
    assert cut("日本語", 9) == "日本語"
    assert cut("日本語の話", 9) == "日本…"
    assert cut("日本語", 3) == ""
    assert cut("日本語", -1) == ""
    assert cut("a&b", 6) == "a…"
    assert cut("a&b", 7) == "a&b"
