"""The template filters that every page may use."""

import re
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaxion.serving.templatetags.content import (
    begins_with,
    below_title,
    body_html,
    phrases,
    spelled_time,
)


def test_phrases_may_break_between_phrases_only():
    assert phrases("まがりかどで会いましょう") == "まがりかどで<wbr>会いましょう"


def test_long_phrases_may_break_by_the_rules_of_the_browser():
    assert phrases("スーパーコンピューターゲームの話") == (
        '<span class="long-phrase">スーパーコンピューターゲームの</span><wbr>話'
    )


def test_text_without_japanese_has_no_breaks_added():
    assert phrases("Carbon Is All You Need") == "Carbon Is All You Need"


@given(st.text(alphabet=st.sampled_from("あの会話<>&\"'wbr/ ")))
def test_phrases_change_no_letter_and_escape_all(text):
    parts = re.sub(r'<span class="long-phrase">|</span>', "", phrases(text)).split("<wbr>")

    assert not re.search(r"[<>\"']", "".join(parts))
    unescaped = "".join(parts).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&#x27;", "'")
    assert unescaped.replace("&amp;", "&") == text


@pytest.mark.parametrize(("seconds", "spelled"), [(0, "0:00"), (90, "1:30"), (3723, "1:02:03"), (None, "")])
def test_spelled_time(seconds, spelled):
    assert spelled_time(seconds) == spelled


def make_thing(*, title: str, html: str, first: str, level: int = 1) -> SimpleNamespace:
    outline = [{"level": level, "text": first, "anchor": "a"}, {"level": 2, "text": "次", "anchor": "b"}]
    return SimpleNamespace(title=title, html=html, outline=outline)


def test_heading_that_repeats_the_title_is_shown_once_and_keeps_its_id():
    thing = make_thing(title="第1章：磁場", html='<h1 id="a">第1章: 磁場</h1>\n<p>本文</p>', first="第1章: 磁場")

    assert body_html(thing) == '<span id="a"></span><p>本文</p>'
    assert [heading["text"] for heading in below_title(thing.outline, thing)] == ["次"]


def test_other_first_heading_stays():
    thing = make_thing(title="磁場", html='<h1 id="a">電場</h1>', first="電場")

    assert body_html(thing) == thing.html
    assert below_title(thing.outline, thing) == thing.outline


def test_headings_that_begin_too_deep_begin_at_the_second_level():
    html = '<h3 id="a">一</h3><p>文</p><h4 id="b">二</h4>'
    thing = SimpleNamespace(title="題", html=html, outline=[{"level": 3, "text": "一"}, {"level": 4, "text": "二"}])

    html = body_html(thing)

    assert html == '<h2 id="a">一</h2><p>文</p><h3 id="b">二</h3>'


def test_headings_that_begin_at_the_second_level_stay():
    html = "<h3>一</h3><h2>二</h2>"
    thing = SimpleNamespace(title="題", html=html, outline=[{"level": 3, "text": "一"}, {"level": 2, "text": "二"}])

    assert body_html(thing) == html


@pytest.mark.parametrize(
    ("title", "text", "said", "is_said"),
    [
        ("題", "同じことを書く。そして続く。", "同じことを書く。", True),
        ("第1章", "第1章\n副題\n学習目標", "副題", True),
        ("第1章", "第1章\n副題\nこの章のこと。続き", "この章のこと。", True),
        ("第1章", "第1章\n学習目標\n本文\n副題", "副題", False),
        ("題", "波は曲がる。", "波", False),
        ("題", "本文", "別のこと", False),
        ("題", "本文", "", False),
    ],
)
def test_a_text_that_says_first_what_the_head_would_say(title, text, said, is_said):
    thing = SimpleNamespace(title=title, text=text, outline=[{"level": 1, "text": "第1章"}])

    assert begins_with(thing, said) is is_said
