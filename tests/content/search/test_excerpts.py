from interaxion.content.search.excerpts import excerpt, find_hits, mark
from interaxion.text.search.folding import fold_letters
from interaxion.text.search.query import parse_query

TEXT = "前置きの文。\n1:30 超伝導の話\nはじめに<b>の説明。超伝導とはなにか。つぎへ。\nほかの行\n最後に\n光と超伝導"
PLACES = [["t-90", "超伝導の話", 90, 1], ["最後に", "最後に", 90, 4]]


def terms(typed):
    return parse_query(typed).terms


def test_marks_stand_around_the_words_as_written_and_html_is_escaped():
    assert mark("<i> コンピューター & ＬＫ－９９", terms("コンピュータ lk-99")) == (
        "&lt;i&gt; <mark>コンピューター</mark> &amp; <mark>ＬＫ－９９</mark>"
    )


def test_marks_that_touch_are_one():
    assert mark("超伝導", terms("超伝 導")) == "<mark>超伝導</mark>"


def test_exact_words_are_marked_only_as_typed():
    assert mark("コーヒーとこーひー", terms('"コーヒー"')) == "<mark>コーヒー</mark>とこーひー"


def test_an_excerpt_is_the_sentence():
    assert (
        excerpt("はじめに<b>の説明。超伝導とはなにか。つぎへ。", terms("超伝導")) == "…<mark>超伝導</mark>とはなにか。…"
    )


def test_a_long_sentence_is_cut_around_the_word():
    html = excerpt("あ" * 500 + "超伝導" + "い" * 500, terms("超伝導"))

    assert "<mark>超伝導</mark>" in html
    assert html.startswith("…あ")
    assert len(html) < 160


def test_hits_are_the_sections_with_the_most_terms_and_say_their_time():
    hits = find_hits(TEXT, fold_letters(TEXT), PLACES, terms("超伝導 光"), most=3)

    assert [(hit.anchor, hit.starts_at) for hit in hits] == [("最後に", 90), ("t-90", 90)]
    assert hits[1].heading == "<mark>超伝導</mark>の話"
    assert hits[1].html == "…<mark>超伝導</mark>とはなにか。…"


def test_a_word_before_the_first_heading_is_a_hit_without_a_place():
    [hit] = find_hits(TEXT, fold_letters(TEXT), PLACES, terms("前置き"), most=3)

    assert (hit.anchor, hit.starts_at, hit.html) == ("", None, "<mark>前置き</mark>の文。")


def test_a_word_in_the_heading_alone_shows_what_follows():
    [hit] = find_hits(
        "見出しの語\n続きの文",
        fold_letters("見出しの語\n続きの文"),
        [["a", "見出しの語", None, 0]],
        terms("見出しの"),
        most=3,
    )

    assert (hit.heading, hit.html) == ("<mark>見出しの</mark>語", "続きの文")


def test_a_short_word_of_kana_is_not_marked_amid_others():
    assert mark("カードを引くのかどうか", terms("カード")) == "<mark>カード</mark>を引くのかどうか"


def test_a_mark_goes_around_what_may_stand_between_letters():
    assert mark("テッド・チャンと C‐S‐H", terms("テッドチャン csh")) == (
        "<mark>テッド・チャン</mark>と <mark>C‐S‐H</mark>"
    )


def test_the_sentence_with_most_of_the_words_is_shown_as_they_are_typed_if_possible():
    assert excerpt("光の話。光と磁場の話。", terms("光 磁場")) == "…<mark>光</mark>と<mark>磁場</mark>の話。"
    assert excerpt("コンピュータ。コンピューター。", terms("コンピューター")) == "…<mark>コンピューター</mark>。"
    assert excerpt("第一。第二。", terms('"一。第"')) == "第<mark>一。第</mark>二。"


def test_a_long_sentence_is_cut_between_words():
    words = "antineutrinos " * 20
    html = excerpt(f"{words}axion {words}", terms("axion"))

    assert html.startswith("…antineutrinos antineutrinos antineutrinos <mark>axion</mark> ")
    assert html.endswith("antineutrinos …")
    assert len(html) < 140


def test_a_word_without_end_is_cut():
    html = excerpt("x" * 300 + " axion " + "y" * 300, terms("axion"))

    assert html.startswith("…xxx")
    assert html.endswith("yyy…")
    assert len(html) < 140


def test_a_section_with_the_word_as_it_is_typed_comes_first():
    text = "一\nコンピュータ\n二\nコンピューター"
    places = [["a", "一", None, 0], ["b", "二", None, 2]]

    hits = find_hits(text, fold_letters(text), places, terms("コンピューター"), most=3)

    assert [hit.anchor for hit in hits] == ["b", "a"]


def test_where_the_heading_alone_holds_the_word_what_follows_is_cut_between_words_too():
    text = "見出し\n" + "antineutrinos " * 20
    [hit] = find_hits(text, fold_letters(text), [["a", "見出し", None, 0]], terms("見出し"), most=3)

    assert hit.html.endswith("antineutrinos …")
