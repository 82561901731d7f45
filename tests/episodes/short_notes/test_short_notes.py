import io
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import example, given, settings
from hypothesis import strategies as st

from episodes.notes.notes import join
from episodes.short_notes import PROFILES, FullNotes, compile_short_notes, spell_markdown, write_hand_cut
from episodes.short_notes.choosing import by_worth
from episodes.short_notes.frame import short_chapters
from episodes.short_notes.outline import OutlineLink, columns
from episodes.short_notes.rules import RULES, Candidate, worth
from episodes.short_notes.shortening import clip
from episodes.short_notes.writing import stamp
from interaxion.text.markdown import render
from tests.benchmarks.short_notes import Score, read_corpus, score
from tests.factories import make_episode

PAGE = "https://show.example/57"
SPOTIFY = PROFILES["spotify"]
HTML_PROFILES = [profile for profile in PROFILES.values() if profile.markup == "html"]


def compiled(notes, *, profile=SPOTIFY, limit=None, **options):
    if limit:
        profile = replace(profile, limit=limit)
    return compile_short_notes(FullNotes(render(notes).html, PAGE, **options), profile)


def links(count, *, site="site.example", indent=""):
    return "".join(f"{indent}- [話{n}](https://{site}/{n})\n" for n in range(count))


def cut_links(notes):
    return [cut.url for cut in notes.cuts if cut.what == "link"]


class _Checker(HTMLParser):
    """Fails at tags that are not allowed, left open or wrongly nested."""

    inside = {"p": {""}, "ul": {""}, "li": {"ul"}, "a": {"p", "li"}}

    def __init__(self):
        super().__init__()
        self.open = [""]
        self.hrefs = []

    def handle_starttag(self, tag, attrs):
        assert self.open[-1] in self.inside[tag], f"<{tag}> in <{self.open[-1]}>"
        assert {name for name, _ in attrs} == ({"href"} if tag == "a" else set())
        self.hrefs += [value for _, value in attrs]
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def check_html(text):
    """The addresses of its links."""
    checker = _Checker()
    checker.feed(text)
    checker.close()
    assert checker.open == [""]
    return checker.hrefs


# What every profile promises.

words = st.text(alphabet="話すab1&<>\"'`*_[](){}!#|\\ 　:：\n🎧", max_size=60)
times = st.integers(0, 4 * 3600)
urls = st.builds("https://{}.example/{}".format, st.sampled_from("abcdef"), st.integers(0, 500))
items = st.builds("{}- {}[{}]({}){}\n".format, st.sampled_from(["", "  "]), words, words, urls, words)
bodies = st.lists(items | words.map("{}\n\n".format) | words.map("> {}\n\n".format), max_size=40).map("".join)


@settings(max_examples=60, deadline=None)
@given(
    sections=st.lists(st.tuples(times, words, bodies), max_size=30),
    introduction=words | st.builds("[{}]({}){}".format, words, urls, st.just("長い要約" * 1500)),
    recurring=words,
    profile=st.sampled_from(list(PROFILES.values())),
)
def test_short_notes_fit_and_hold_times_and_the_link(sections, introduction, recurring, profile):
    source = "".join(f"### {stamp(time)} 題{' '.join(words.split())}\n\n{body}\n\n" for time, words, body in sections)
    html = render(source).html

    full = FullNotes(html, PAGE, title="題", introduction=introduction, recurring=recurring)
    notes = compile_short_notes(full, profile)

    assert profile.measure(notes.text) <= profile.limit
    at = -1
    starts = [int(seconds) for seconds in re.findall(r'<time datetime="PT(\d+)S"', html)]
    if profile.starts_at_zero and starts and min(starts) > 0:
        starts.insert(0, 0)
    short = short_chapters(starts, profile.shortest_chapter)
    for starts_at in (seconds for index, seconds in enumerate(starts) if index not in short):
        at = notes.text.index(profile.stamp.format(time=stamp(starts_at)).strip(), at + 1)
    assert PAGE in notes.text
    if profile.markup == "html":
        assert PAGE in check_html(notes.text)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_two_hundred_headings_keep_their_times(profile):
    source = "".join(f"### {stamp(60 * n)} とても長い見出しの話がつづく {n}\n\n{links(3)}\n" for n in range(200))

    notes = compiled(source, profile=profile, introduction="要約" * 3000)

    assert notes.fits
    assert len(re.findall(r"(?m)^(?:<p>)?\(?[\d:]{5,8}\b", notes.text)) == 200
    assert PAGE in notes.text


def test_headings_without_room_are_cut_and_reported():
    notes = compiled("".join(f"### {stamp(n)} 話\n\n" for n in range(2000)), profile=PROFILES["apple"])

    assert notes.fits
    assert notes.text.startswith(f'<p><a href="{PAGE}">')
    assert any(cut.what == "heading" for cut in notes.cuts)


# What goes first.


def test_notes_that_fit_keep_their_commentary():
    notes = compiled(
        "### 0:00 茸\n\n- [図鑑](/a) を読んだ。  \n  よかった。\n\n森の話。\n", introduction="[蛍](/b)と。"
    )

    assert notes.text.splitlines() == [
        '<p><a href="https://show.example/b">蛍</a>と。</p>',
        f'<p><a href="{PAGE}">完全版のショーノート</a></p>',
        "<p>(00:00) 茸</p>",
        '<ul><li><a href="https://show.example/a">図鑑</a> を読んだ。 よかった。</li><li>森の話。</li></ul>',
    ]
    assert notes.cuts == ()


def test_embeds_and_quotations_go_even_where_there_is_room():
    source = (
        "### 0:00 話\n\nhttps://youtu.be/dQw4w9WgXcQ\n\n> 引用 <https://q.example/>\n\n- [本](https://b.example/)\n"
    )

    notes = compiled(source)

    assert [cut.what for cut in notes.cuts] == ["embed", "quotation"]
    assert check_html(notes.text) == [PAGE, "https://b.example/"]


def test_commentary_goes_before_any_link():
    source = f"### 0:00 話\n\n{links(20)}\n{'長い話。' * 1000}\n"

    notes = compiled(source)

    assert {cut.what for cut in notes.cuts} == {"commentary"}
    assert len(check_html(notes.text)) == 21


def test_long_titles_are_cut_before_any_link():
    source = "### 0:00 話\n\n" + "".join(
        f"- [{'とても長い題' * 20} - 新聞](https://s.example/{n})\n" for n in range(20)
    )

    notes = compiled(source)

    assert notes.fits
    assert len(check_html(notes.text)) == 21
    assert cut_links(notes) == []


# Footnotes.

FOOTNOTES = (
    "### 1:46 茸\n\n- [図鑑](/a) を読んだ[^new]。\n- 胞子[^old][^new]の話。\n\n### 9:00 お知らせ\n\n"
    "- [おたより](/b)\n\n[^old]: 古い説。\n[^new]: [新しい説](/c)による。\n"
)


def test_footnotes_stand_behind_the_item_that_first_refers_to_them():
    notes = compiled(FOOTNOTES, profile=PROFILES["youtube"])

    assert notes.text.splitlines()[2:] == [
        "00:00 オープニング", "",
        "01:46 茸",
        "・図鑑 https://show.example/a を読んだ。",
        "・新しい説 https://show.example/c による。",
        "・胞子の話。",
        "・古い説。", "",
        "09:00 お知らせ",
        "・おたより https://show.example/b",
    ]  # fmt: skip


def test_footnote_without_a_link_goes_with_the_commentary_and_one_with_a_link_stays():
    whole = compiled(FOOTNOTES).text

    notes = compiled(FOOTNOTES, limit=SPOTIFY.measure(whole) - 1)

    assert [cut.text for cut in notes.cuts] == ["胞子の話。", "古い説。"]
    assert notes.text.index("01:46") < notes.text.index('/c">新しい説</a>による。') < notes.text.index("09:00")


def test_footnotes_of_a_heading_and_of_a_footnote_stand_where_they_are_referred_to():
    notes = compiled("### 0:00 茸[^a]\n\n- 森\n\n### 1:00 お知らせ\n\n[^a]: 一つ[^b]\n[^b]: 二つ\n\n    三つ\n")

    assert "<p>(00:00) 茸</p>\n<ul><li>一つ</li><li>二つ</li><li>三つ</li><li>森</li></ul>" in notes.text


# What stays together.


def test_few_words_around_a_link_stay_with_it_and_many_go():
    long = "、".join(["長く続く話"] * 8)
    source = f"### 0:00 話\n\n- [第3回](/3) でも話した。\n- [本](https://b.example/) は{long}。\n\n{'余談。' * 50}\n"

    notes = compiled(source, limit=220)

    assert "第3回</a> でも話した。</li>" in notes.text
    assert "本</a></li>" in notes.text


def test_links_of_one_line_stay_on_one_line():
    source = f"### 0:00 話\n\n- [論文](https://p.example/1)、[原稿](https://p.example/2) (無料)\n{links(20)}"

    notes = compiled(source, limit=400)

    assert '論文</a>、<a href="https://p.example/2">原稿</a> (無料)</li>' in notes.text
    assert "https://p.example/2" not in cut_links(notes)


# Which links go.


def test_sections_give_in_turn():
    source = f"### 0:00 多\n\n{links(60, site='a.example')}\n### 1:00 少\n\n{links(5, site='b.example')}\n"

    notes = compiled(source, limit=1500)

    cut = cut_links(notes)
    assert cut
    assert all("//a.example" in url for url in cut)


def test_nested_links_go_before_others():
    source = f"### 0:00 話\n\n- [上](https://a.example/top)\n{links(10, site='n.example', indent='  ')}{links(10)}\n"

    notes = compiled(source, limit=1000)

    assert cut_links(notes)
    assert all("//n.example" in url for url in cut_links(notes))


def test_a_place_is_linked_once_where_room_is_short():
    source = f"### 0:00 話\n\n- [甲](https://a.example/x)\n- [乙](https://www.a.example/x/?utm_source=y)\n{links(9)}\n"

    notes = compiled(source, limit=500)

    assert [url for url in check_html(notes.text) if "a.example" in url] == ["https://a.example/x"]


def test_pinned_link_stays_and_dropped_one_goes():
    source = f"### 0:00 話\n\n{links(100)}"

    notes = compiled(source, pins=["http://www.site.example/99/"], drops=["https://site.example/0"])

    kept = check_html(notes.text)
    assert "https://site.example/99" in kept
    assert "https://site.example/0" not in kept
    assert "https://site.example/98" in cut_links(notes)


def test_pages_of_the_show_are_pinned_by_their_path():
    notes = compiled(f"### 0:00 話\n\n{links(100)}- [前](/13#t-90)\n", pins=["/13"])

    assert "https://show.example/13#t-90" in check_html(notes.text)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"url": "https://amzn.to/x"}, {}),
        ({"place": 0}, {"place": 1}),
        ({"is_repeated": True}, {}),
        ({"is_announcement": True}, {}),
        ({"is_profile": True}, {}),
        ({"is_in_heading": True}, {}),
        ({}, {"url": "https://ja.wikipedia.org/wiki/x"}),
        ({}, {"title": "潮 - 天文用語集"}),
        (
            {"url": "https://amzn.to/x", "title": "潮の辞典"},
            {"url": "https://amzn.to/x", "title": "潮の事典", "place": 6},
        ),
        ({"place": 1}, {"place": 0, "url": "https://ja.wikipedia.org/wiki/x"}),
        ({}, {"is_aside": True}),
        ({}, {"is_nested": True}),
        ({"is_nested": True}, {"is_aside": True}),
        ({"place": 1}, {"place": 9}),
        ({}, {"url": "https://site.example/" + "x" * 50}),
    ],
)
def test_worth_of_links(better, worse):
    def candidate(*, url="https://site.example/x", title="題", place=5, **facts):
        return Candidate(OutlineLink(url, title), "key", section=0, place=place, **facts)

    assert worth(candidate(**better)) > worth(candidate(**worse))


def test_link_that_its_heading_names_and_a_person_stay_before_others():
    source = f"### 0:00 月と潮の満ち引き\n\n{links(15)}- [潮の満ち引きを測る](https://a.example/x)\n- [ある人](https://x.com/somebody)\n"

    kept = check_html(compiled(source, limit=700).text)

    assert {"https://a.example/x", "https://x.com/somebody"} <= {*kept}


def test_every_rule_is_shown_by_a_case():
    assert len(RULES) == 9


# Announcements that come with every episode.


def test_short_form_replaces_the_recurring_announcement():
    source = "### お知らせ\n\n- 新しい本が出ます。\n- 感想をいつでもお待ちしています。[#show](https://twitter.com/hashtag/show)\n"

    notes = compiled(source, recurring="感想は[#show](https://twitter.com/hashtag/show)へ")

    assert "<li>新しい本が出ます。</li>" in notes.text
    assert "お待ちしています" not in notes.text
    assert notes.text.endswith('<li>感想は<a href="https://twitter.com/hashtag/show">#show</a>へ</li></ul>')


def test_short_form_stands_at_the_end_where_nothing_is_announced():
    notes = compiled("### 0:00 話\n\n- [甲](https://a.example/)\n", recurring="感想を！")

    assert notes.text.endswith("</ul>\n<ul><li>感想を！</li></ul>")


# Real episodes.


@pytest.mark.corpus
def test_short_notes_of_every_real_episode():
    folder = Path(os.environ["CORPUS"])
    site_url = "https://show.example"
    scores = []

    for number, (episode, by_hand) in read_corpus(folder, site_url).items():
        html = render(join(episode.sections)).html
        for profile in PROFILES.values():
            full = FullNotes(html, f"{site_url}/{number}", introduction=episode.summary)
            notes = compile_short_notes(full, profile)
            assert notes.fits
            assert f"{site_url}/{number}" in notes.text
            lines = re.sub("<[^>]*>", "", notes.text).split("\n")
            timed = [line for line in lines if re.match(r"\(?\d\d:\d\d", line)]
            stamped = [section for section in episode.sections if section.starts_at is not None]
            short = short_chapters([section.starts_at for section in stamped], profile.shortest_chapter)
            wanted = [section for index, section in enumerate(stamped) if index not in short]
            assert len([line for line in timed if not line.endswith("オープニング")]) >= len(wanted)
            for section, line in zip(wanted, timed[-len(wanted) :] if wanted else [], strict=True):
                assert line.startswith(profile.stamp.format(time=stamp(section.starts_at)))
        scores.append(score(episode, by_hand, by_worth, site_url))

    totals = Score(*(sum(getattr(one, part) for one in scores) for part in ("right", "chosen", "wanted")))
    assert totals.f1 > 0.8


# Forms.


def test_youtube_has_plain_text_with_chapters_and_no_angle_brackets():
    notes = compiled("### 1:30 a < b\n\n- [本](https://a.example/)を読む\n", profile=PROFILES["youtube"])

    assert notes.text.split("\n\n") == [
        f"完全版のショーノート: {PAGE}",
        "00:00 オープニング",
        "01:30 a ＜ b\n・本 https://a.example/ を読む",
    ]


def test_announcement_has_title_and_headings_without_links():
    notes = compiled(
        "### 0:00 話\n\n- [本](https://a.example/)\n", profile=PROFILES["announcement"], title="57: 題", language="en"
    )

    assert notes.text == f"57: 題\n\nFull show notes: {PAGE}\n\n00:00 話"


def test_title_stays_whole_or_goes_with_its_link():
    titles = [f"{number} とても長い題名のついた論文、その続きもまだまだ長い" * 2 for number in range(9)]
    notes = "### 0:00 話\n\n" + "\n".join(f"- [{title}](https://a.example/{title[0]})" for title in titles)

    short = compiled(notes, limit=700)

    kept = [link.text for link in short.draft.links[1:]]
    assert 0 < len(kept) < len(titles)
    assert set(kept) < set(titles)


def test_site_name_goes_before_any_link():
    notes = "### 0:00 話\n\n" + "\n".join(
        f"- [題{number} - Example](https://example.org/{number}) と説明" for number in range(5)
    )
    whole = compiled(notes.replace(" と説明", ""), limit=4000)

    short = compiled(notes, limit=whole.size - 10)

    assert [link.text for link in short.draft.links[1:]] == [f"題{number}" for number in range(5)]


def test_line_that_explains_a_group_stays_with_its_links():
    notes = (
        "### 0:00 話\n\n- 甲の論文\n  - [一](https://a.example/1)\n  - [二](https://a.example/2)\n"
        "- [三](https://a.example/3)\n\n長い説明が続く。"
        + "説明" * 200
        + "\n\n乙の本:\n\n- [四](https://a.example/4)\n"
    )

    short = compiled(notes, limit=500)

    assert short.plain.splitlines()[3:] == [
        "・甲の論文", "・一 https://a.example/1", "・二 https://a.example/2", "・三 https://a.example/3", "・乙の本:",
        "・四 https://a.example/4",
    ]  # fmt: skip


@pytest.mark.parametrize("heading", ["お知らせ", "付録"])
def test_announcement_ends_with_no_empty_heading(heading):
    notes = f"### 0:00 話\n\n- [本](https://a.example/)\n\n## {heading}\n\n- [応募](https://a.example/form)\n"

    short = compiled(notes, profile=PROFILES["announcement"], announcements=["お知らせ"])

    assert short.text.endswith("00:00 話")


@pytest.mark.parametrize(
    ("starts", "left_out"),
    [
        ([0, 10, 20], set()),
        ([0, 60, 65, 200], {1}),  # the chapter of five seconds
        ([0, 4, 60], {1}),  # the first must begin at 0:00
        ([0, 60, 65, 70, 200], {1, 2}),
        ([0, None, 60, None, 65], {2}),
        ([], set()),
    ],
)
def test_chapters_that_are_too_short_are_left_out(starts, left_out):
    assert short_chapters(starts, 10) == left_out


def test_youtube_gets_no_stamp_for_a_short_chapter():
    notes = "### 0:00 挨拶\n\n### 1:00 ニュース\n\n### 1:05 話\n\n- [本](https://a.example/)\n"

    lines = compiled(notes, profile=PROFILES["youtube"]).text.splitlines()

    assert [line for line in lines if line and "example" not in line] == ["00:00 挨拶", "ニュース", "01:05 話"]


@given(st.text(max_size=50), st.integers(0, 60))
def test_clipped_text_is_no_wider(text, width):
    assert columns(clip(text, width)) <= max(width, 0)


# Cut by hand.


def test_hand_cut_notes_lose_their_title_and_gain_the_link():
    notes = write_hand_cut(
        "# Ep. 57 題\n\n要約。\n\n## 0:00 話\n\n- [甲](https://a.example/) と\n", profile=SPOTIFY, page_url=PAGE
    )

    assert notes.text.splitlines() == [
        "<p>要約。</p>",
        f'<p><a href="{PAGE}">完全版のショーノート</a></p>',
        "<p>(00:00) 話</p>",
        '<ul><li><a href="https://a.example/">甲</a> と</li></ul>',
    ]


def test_hand_cut_notes_keep_the_link_that_they_have():
    notes = write_hand_cut(f"# Ep. 57 題\n\n完全版は[こちら]({PAGE})。\n", profile=SPOTIFY, page_url=PAGE)

    assert notes.text == f'<p>完全版は<a href="{PAGE}">こちら</a>。</p>'


def test_compiled_notes_become_markdown_to_continue_from():
    notes = compiled(
        "### 1:30 C# と $x$\n\n- [甲 [1]](https://a.example/x_(y)) の *話*\n- 1. 番\n\n### お知らせ\n\n- 次回\n",
        introduction="要約。",
        recurring="便りは[箱](https://mail.example/)へ",
    )

    markdown = spell_markdown(notes)

    assert markdown.startswith(f"要約。\n\n[完全版のショーノート]({PAGE})\n\n### 0:00 オープニング\n\n### 1:30 C# と ")
    assert "- [甲 [1]](<https://a.example/x_(y)>) の 話\n" in markdown
    assert markdown.endswith("### お知らせ\n\n- 次回\n- 便りは[箱](https://mail.example/)へ\n")


@settings(max_examples=60, deadline=None)
@example(sections=[(0, "", "- 一\n#\n- 二")], introduction="")  # two lists, and nothing to say between them
@given(
    sections=st.lists(st.tuples(times, words, bodies), max_size=8),
    introduction=words | st.builds("[{}]({}){}".format, words, urls, words),
)
def test_markdown_to_continue_from_says_the_same(sections, introduction):
    source = "".join(f"### {stamp(time)} 題{' '.join(words.split())}\n\n{body}\n\n" for time, words, body in sections)
    notes = compiled(source, introduction=introduction)

    again = write_hand_cut(spell_markdown(notes), profile=SPOTIFY, page_url=PAGE)

    assert again.text == notes.text


# The command.


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command("distribution_notes", *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.mark.django_db
def test_command_writes_the_notes_of_a_draft_with_its_future_address(settings):
    settings.SITE_URL = "https://show.example"
    make_episode(number="19.5", notes="### 0:00 話\n\n- [甲](https://a.example/)\n")

    out, err = run("19-5")

    assert check_html(out) == ["https://show.example/19-5", "https://a.example/"]
    assert "of 4000 characters" in err


@pytest.mark.django_db
def test_command_prefers_what_was_cut_by_hand_where_it_fits():
    make_episode(number="57", distribution_notes="# Ep. 57 題\n\n手で書いた。\n")

    out, err = run("57", "--profile", "apple")

    assert "<p>手で書いた。</p>" in out
    assert "as cut by hand" in err


@pytest.mark.django_db
def test_command_compiles_where_what_was_cut_by_hand_is_too_long():
    make_episode(number="57", distribution_notes="# Ep. 57 題\n\n" + "手で書いた。" * 300)

    out, err = run("57", "--profile", "apple")

    assert "(01:30) つぎの話" in out
    assert "too long (5" in err


@pytest.mark.django_db
def test_command_writes_another_form():
    make_episode(number="57")

    out, _ = run("57", "--format", "text")

    assert "・例 https://example.org/a" in out


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["58", "x"])
def test_command_refuses_an_unknown_number(number):
    with pytest.raises(CommandError, match="There is no episode"):
        run(number)
