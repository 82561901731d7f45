import re
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interaxion.content.linking.works import Work
from interaxion.content.search.synonyms import Synonyms
from tests.factories import make_chapter, make_episode, make_page, make_post, make_speaker
from tests.html_pages import HtmlPage, html_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

NOTES = "### 0:00 はじめに\n\n前置き。\n\n### 1:02:10 室温超伝導の話\n\n- ＬＫ－９９を<b>追試</b>した。つづく。\n"


@pytest.fixture
def site():
    minami = make_speaker(name="みなみ", aliases=["Minami Kita"])
    make_episode(number="19.5", title="超伝導の回", notes=NOTES, speakers=(minami,), tags=("超伝導",), live=True)
    make_episode(number="20", title="光の回", speakers=(minami,), live=True)
    make_post(title="超伝導の記事", body="LK-99 & 銅", tags=("超伝導", "quantum computer"), live=True)


def search(client, typed: str, **parameters: str) -> str:
    response = client.get("/search", {"q": typed, **parameters})
    assert response.status_code == 200
    assert not response.cookies
    return html_of(response)


def text_of(html: str, css_class: str) -> str:
    """Return the text of the paragraphs of this class."""
    return "".join(re.findall(rf'<p class="{css_class}">(.*?)</p>', html, re.DOTALL))


def addresses(html: str) -> list[str]:
    return re.findall(r'<h3><a href="([^"]+)"', html)


def test_the_field_alone_explains_itself(client):
    response = client.get("/search")
    html = html_of(response)

    assert 'name="q"' in html
    assert "<dl>" in html
    assert "noindex" in html
    assert 'role="status"' not in html


def test_a_hit_shows_its_place_time_and_sentence(client, site):
    html = search(client, "lk-99 追試")

    assert addresses(html) == ["/19-5"]
    assert 'href="/19-5#t-3730"' in html
    assert "1:02:10" in html
    assert "<mark>ＬＫ－９９</mark>を<mark>追試</mark>した。…" in html


@pytest.mark.parametrize("typed", ["speaker:みなみ 追試", 'tag:超伝導 "追試"', '室温 speaker:"minami kita"'])
def test_a_filtered_hit_shows_its_place_too(client, site, typed):
    html = search(client, typed)

    assert addresses(html) == ["/19-5"]
    assert 'href="/19-5#t-3730"' in html


def test_what_is_found_is_grouped_and_the_best_kind_comes_first(client, site):
    html = search(client, "超伝導")

    assert re.findall(r'id="([\w-]+)-heading"', html) == ["postspost", "episodesepisode", "contenttag"]
    assert addresses(html)[:2] == ["/blog/%E8%B6%85%E4%BC%9D%E5%B0%8E%E3%81%AE%E8%A8%98%E4%BA%8B", "/19-5"]


FILTERS = [
    ("speaker:みなみ", ["/20", "/19-5"]),
    ('speaker:"minami kita" 光', ["/20"]),
    ("tag:超伝導 記事", ["/blog/%E8%B6%85%E4%BC%9D%E5%B0%8E%E3%81%AE%E8%A8%98%E4%BA%8B"]),
    ('tag:"Quantum Computer"', ["/blog/%E8%B6%85%E4%BC%9D%E5%B0%8E%E3%81%AE%E8%A8%98%E4%BA%8B"]),
    ("タグ：超伝導 出演者：みなみ", ["/19-5"]),
    ("speaker:ﾐﾅﾐ", ["/20", "/19-5"]),
    ("speaker:だれか", []),
    ("speaker:だれか 光", []),
    ("tag:光", []),
    ("19.5", ["/19-5"]),
    ("第１９.５回", ["/19-5"]),
    ("Ep. 20", ["/20"]),
    ("ep20", ["/20"]),
    ("19-5", ["/19-5"]),
    ("/20", ["/20"]),
    ("第 20 回", ["/20"]),
    ("超伝導 -speaker:みなみ -tag:quantum computer", ["/tags/%E8%B6%85%E4%BC%9D%E5%B0%8E/"]),
    ("tag:超伝導 -speaker:みなみ", ["/blog/%E8%B6%85%E4%BC%9D%E5%B0%8E%E3%81%AE%E8%A8%98%E4%BA%8B"]),
    ("speaker:minami kita 光", ["/20"]),
    ("tag:quantum computer LK-99", ["/blog/%E8%B6%85%E4%BC%9D%E5%B0%8E%E3%81%AE%E8%A8%98%E4%BA%8B"]),
    ("tag:quantum-computer", ["/blog/%E8%B6%85%E4%BC%9D%E5%B0%8E%E3%81%AE%E8%A8%98%E4%BA%8B"]),
    ("speaker:MinamiKita 光", ["/20"]),
    ("エピソード 20", ["/20"]),
    ("#20", ["/20"]),
    ('"第20回"', []),
    ("episode", []),
    ("そんな語はない", []),
    ("・", []),
]


def test_filters_and_numbers(client, site):
    for typed, found in FILTERS:
        assert addresses(search(client, typed)) == found, typed


@pytest.mark.parametrize("typed", ["tag:こんぴゅーた", "tag:ｺﾝﾋﾟｭｰﾀｰ", "speaker:タジマ", "speaker:Jose"])
def test_names_in_filters_are_spelled_as_freely_as_words(client, typed):
    speaker = make_speaker(name="田島", reading="たじま", aliases=["José"])
    make_episode(number="1", speakers=(speaker,), tags=("コンピューター",), live=True)

    assert addresses(search(client, typed)) == ["/1"]


@pytest.mark.parametrize("typed", ["speaker:くぜなぎ", "speaker:くぜ なぎ", "speaker:クゼ・ナギ", "speaker:nagi"])
def test_spaces_in_names_make_no_difference_and_slugs_are_names(client, typed):
    speaker = make_speaker(name="久世凪", reading="くぜ なぎ", slug="nagi")
    make_episode(number="1", speakers=(speaker,), live=True)

    assert addresses(search(client, typed)) == ["/1"]


def test_a_filter_leads_to_the_page_of_whom_it_names_or_says_that_there_is_none(client, site):
    html = search(client, "speaker:みなみ tag:だれも")

    assert '<a href="/speakers/%E3%81%BF%E3%81%AA%E3%81%BF/">みなみ</a>' in html
    assert "だれも" in text_of(html, "search-note")
    assert "だれも" in text_of(search(client, "光 -tag:だれも"), "search-note")
    assert 'class="search-note"' not in search(client, "tag:超伝導")


def test_a_filter_tells_nothing_of_whom_only_drafts_name(client):
    make_post(authors=(make_speaker(name="ひみつ"),), tags=("内緒",))

    for typed in ("speaker:ひみつ", "tag:内緒"):
        assert "search-note" in search(client, typed)


def test_a_pasted_address_finds_what_links_it_with_the_place_and_its_page(client, settings):
    make_episode(number="1", notes="### 1:30 節\n\n[ある道具](https://example.org/a?utm_source=x)\n", live=True)
    make_post(title="下書き", body="<https://example.org/a>")
    html = search(client, "https://example.org/a")

    assert addresses(html) == ["/1"]
    assert 'href="/1#t-90"' in html
    assert "ある道具" in html
    assert "/works/" not in html

    make_post(title="また", path="/blog/again", body="<http://www.example.org/a/>", live=True)
    html = search(client, "https://example.org/a")

    assert addresses(html) == ["/blog/again", "/1"]
    assert Work.objects.get().path in html
    assert addresses(search(client, f"{settings.SITE_URL}/1#t-90")) == ["/1"]
    for without_scheme in (f"{settings.SITE_URL.partition('//')[2]}/1", "example.org/a"):
        assert "/1" in addresses(search(client, without_scheme))
    assert addresses(search(client, f"{settings.SITE_URL}/en/nowhere")) == []
    assert addresses(search(client, "https://example.org/b")) == []


def test_a_pasted_paper_is_found_and_so_is_where_it_is_discussed(client):
    make_episode(number="1", notes="### 1:30 節\n\n[紙の波](https://doi.org/10.1000/a)\n", live=True)
    html = search(client, "https://dx.doi.org/10.1000/A")

    assert addresses(html) == ["/1", Work.objects.get().path]
    assert 'href="/1#t-90"' in html


def test_another_reading_of_the_words_says_so(client, site):
    html = search(client, "LK-99追試")

    assert addresses(html) == ["/19-5"]
    assert "<q>LK-99</q> <q>追試</q>" in html
    assert "<q>" not in search(client, "LK-99 追試")
    assert "「XY」を除いた結果です： <q>追試</q>" in search(client, "XY追試")
    assert "<q>" not in search(client, "XY火星")
    # There is nothing to take away from.
    assert "<q>追試</q>" in search(client, "-追試")


def test_what_a_filter_takes_away_is_named(client, site):
    html = search(client, "光 -speaker:みなみ")

    assert "みなみ</a>" in html[html.index("search-filters") :]


@pytest.mark.parametrize(
    "typed", ["<script>", '"><b>', "%", "' OR 1=1 --", "\x00", "a" * 5000, "*", "^a", "NEAR(a b)", '"']
)
def test_anything_can_be_typed(client, site, typed):
    html = search(client, typed)

    assert "<script>" not in html
    assert '"><b>' not in html


def test_text_that_looks_like_html_stays_text(client, site):
    make_post(title="山 <i>谷</i>", body="`<em>` 谷", live=True)

    html = search(client, "谷")

    assert "山 &lt;i&gt;<mark>谷</mark>&lt;/i&gt;" in html
    assert "&lt;em&gt; <mark>谷</mark>" in html


def test_one_kind_alone_shows_all_of_it(client):
    for number in range(12):
        make_page(title=f"光の案内{number}", path=f"/p{number}/", live=True)
    make_post(title="光の記事", live=True)

    both, pages = search(client, "光"), search(client, "光", **{"in": "sitewide.page"})

    assert len(addresses(both)) == 11
    assert "?q=%E5%85%89&amp;in=sitewide.page" in both
    assert len(addresses(pages)) == 12
    assert search(client, "光", **{"in": "auth.user"}) == both


def test_the_english_page_leads_to_english_pages_and_back(client, site):
    html = html_of(client.get("/en/search", {"q": "超伝導"}))

    assert 'href="/en/19-5"' in html
    assert 'href="/search?q=%E8%B6%85%E4%BC%9D%E5%B0%8E" lang="ja"' in html


def queries_of(client, typed: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        search(client, typed)
    return len(queries)


def test_a_search_costs_the_same_queries_at_one_and_at_three(client):
    def make() -> None:
        make_post(
            title=f"光{len(made)}",
            body="光" * 9,
            authors=(make_speaker(name=f"光{len(made)}"),),
            tags=("光",),
            live=True,
        )

    made: list[int] = []
    for _ in range(3):
        make()
        search(client, "光")  # what is asked once, and the frame, which is kept until the next change
        made.append(queries_of(client, "光"))

    assert made[0] == made[2]


@pytest.fixture
def pages(client, site) -> dict[str, str]:
    """Return the HTML of pages of search and works, and of pages that show related content."""
    cited = "[ある論文](https://doi.org/10.1000/a) と [前](/19-5) と [道具](https://example.org/tool)"
    make_post(title="引く記事", path="/blog/citing", body=cited, tags=("超伝導",), live=True)
    chapter = make_chapter(title="引く章", source=cited, live=True)
    episode = make_episode(number="57", notes=f"### 1:30 節\n\n{cited}\n", tags=("超伝導",), live=True)
    work = Work.objects.get(kind="doi")
    paths = {
        "empty": "/search",
        "search": "/search?q=超伝導",
        "english": "/en/search?q=lk-99",
        "nothing": "/search?q=そんな語はない",
        "filtered": "/search?q=speaker:みなみ tag:だれも",
        "reread": "/search?q=LK-99追試",
        "pasted": "/search?q=https://example.org/tool",
        "work": work.path,
        "english_work": f"/en{work.path}",
        "episode": episode.path,
        "linked": "/19-5",
        "post": "/blog/citing",
        "chapter": chapter.path,
    }
    return {name: html_of(client.get(path)) for name, path in paths.items()}


def test_pages_load_nothing_from_elsewhere_and_have_each_id_once(pages):
    for name, html in pages.items():
        page = HtmlPage(html)
        assert page.headings.count(1) == 1, name
        assert page.inline == [], name
        assert [address for address in page.loaded if not address.startswith("/")] == [], name
        assert len(page.ids) == len(set(page.ids)), name
        assert set(page.fragments) <= set(page.ids), name
        assert all(after - before <= 1 for before, after in pairwise(page.headings)), name


@pytest.mark.node
def test_pages_are_valid_html(pages, nu_html_checker):
    assert nu_html_checker(**pages) == []


def test_suggestions_are_names_of_pages_that_hold_what_is_typed(client, site):
    def suggested(typed: str) -> list[str]:
        return client.get("/search/suggestions", {"q": typed}).json()

    assert suggested("みな") == ["みなみ"]
    assert set(suggested("超伝")) == {"超伝導の記事", "19.5: 超伝導の回", "超伝導"}
    assert suggested("追試") == []
    assert suggested("") == []


def test_kinds_that_were_found_are_filters_with_their_numbers(client, site):
    html = search(client, "超伝導", **{"in": "posts.post"})

    kinds = re.search(r'<nav class="search-kinds".*?</nav>', html, re.DOTALL)
    link = r'href="([^"]*)"( aria-current="true")?>([^<]*)</a> <span\s+class="uses">(\d+)'
    assert kinds and re.findall(link, kinds[0]) == [
        ("?q=%E8%B6%85%E4%BC%9D%E5%B0%8E", "", "すべて", "3"),
        ("?q=%E8%B6%85%E4%BC%9D%E5%B0%8E&amp;in=episodes.episode", "", "エピソード", "1"),
        ("?q=%E8%B6%85%E4%BC%9D%E5%B0%8E&amp;in=posts.post", ' aria-current="true"', "記事", "1"),
        ("?q=%E8%B6%85%E4%BC%9D%E5%B0%8E&amp;in=content.tag", "", "タグ", "1"),
    ]


def test_hit_by_a_tag_alone_says_so(client):
    make_episode(number="1", title="海の回", tags=("潮汐",), live=True)

    assert re.search(r"タグ： <mark>潮汐</mark>", search(client, "潮汐"))


def test_words_that_mean_the_same_are_a_table_that_editors_change(client):
    make_post(title="潮の満ち引き", path="/blog/tide", body="本文", live=True)
    assert addresses(search(client, "潮汐")) == []

    Synonyms(words=["潮汐", "潮の満ち引き"]).save()

    assert addresses(search(client, "潮汐")) == ["/blog/tide"]


def test_table_of_words_begins_with_a_set_of_ours(client):
    make_post(title="ダークエネルギーの話", path="/blog/dark", body="本文", live=True)

    assert addresses(search(client, "暗黒エネルギー")) == ["/blog/dark"]
