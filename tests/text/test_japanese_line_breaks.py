import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.text.japanese.line_breaks import split_phrases


@given(st.text(alphabet="超伝導第1２回章年の話、光はabア \n", max_size=40))
def test_phrases_are_the_whole_text(text):
    assert "".join(split_phrases(text)) == text


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("超伝導の話", "超伝導の|話"),
        ("高温超伝導", "高温超伝導"),
        ("超新星爆発", "超新星爆発"),
        ("超対称性", "超対称性"),
        ("気体分子", "気体分子"),
        ("ナノ材料入門", "ナノ材料入門"),
        ("成功事例：分子の話", "成功事例：分子の|話"),
        ("第1章", "第1章"),
        ("第一章", "第一章"),
        ("第3回", "第3回"),
        ("第36回", "第36回"),
        ("第100回記念", "第100回記念"),
        ("第2回超伝導", "第2回超伝導"),
        ("2020年のノーベル賞", "2020年の|ノーベル賞"),
        ("1905年12月31日", "1905年12月31日"),
        ("1,000回", "1,000回"),
        ("30万年", "30万年"),
        ("時間結晶", "時間|結晶"),
        ("まがりかど実験室は、このサイトで聴けます。", "まがりかど|実験室は、|この|サイトで|聴けます。"),
        ("鉄による反射", "鉄による|反射"),
        ("北極における氷", "北極における|氷"),
        ("星について", "星について"),
        ("弦としての糸", "弦としての|糸"),
        ("How to listen", "How to listen"),
    ],
)
def test_lines_break_between_words_and_not_within_them(text, phrases):
    assert "|".join(split_phrases(text)) == phrases
