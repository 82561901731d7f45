"""Every kind of public page, as a visitor without JavaScript gets it, in both languages."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Course
from episodes.podcast import Podcast
from episodes.views import render_episode
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.tags import Tag
from tests.factories import make_chapter, make_course, make_episode, make_page, make_post, make_speaker
from tests.html_pages import HtmlPage, html_of
from tests.sitemap_files import pages_in_sitemap

pytestmark = pytest.mark.django_db

LANGUAGES = {"ja": "", "en": "/en"}
EMBED = (
    "\n\n![図](https://pictures.example/x.png)\n\n<iframe src='https://www.youtube.com/embed/abcdefghijk'></iframe>\n"
)


@pytest.fixture
def site():
    """Make a site with one of everything; return the title of each page by its path."""
    Podcast(
        pk=1, title="曲がり角の番組", description="どんな番組か。", subscribe_links=["https://example.org/show"]
    ).save()
    speaker = make_speaker(name="話す人", reading="はなすひと", links=["https://x.com/someone"])
    make_episode(number="1", title="昔の回", live=True)
    make_episode(
        number="19.5",
        title="いまの回",
        summary="概要です。",
        speakers=(speaker,),
        tags=("超伝導",),
        notes=f"はじめに。{EMBED}\n### 0:00 最初の話\n\n- [リンク](https://example.org/)\n\n#### 1:30 小さな話\n",
        player_provider="spotify",
        player_id="episode/abc",
        live=True,
    )
    make_post(title="ある記事", body="## 見出し\n\n本文。" + EMBED, authors=(speaker,), tags=("超伝導",), live=True)
    make_page(title="聴きかた", path="/how-to-listen/", in_navigation=True, live=True)
    make_page(title="おたよりのページ", path="/feedback/", body="お待ちしています。" + EMBED, live=True)
    course = make_course(slug="physics", title="物理のコース", live=True)
    make_chapter(
        course=course, slug="one", position=1, title="第一章", source="# 第一章\n\n## 節\n\n$x^2$\n", live=True
    )
    make_chapter(course=course, slug="two", position=2, title="第二章", live=True)
    return {
        "/": "曲がり角の番組",
        "/19-5": "19.5: いまの回",
        "/episodes/": {"ja": "エピソード", "en": "Episodes"},
        speaker.path: "話す人",
        "/speakers/": {"ja": "出演者", "en": "Speakers"},
        Tag.objects.get(name="超伝導").path: "超伝導",
        "/tags/": {"ja": "タグ", "en": "Tags"},
        "/blog/": "ブログ",
        "/blog/ある記事": "ある記事",
        "/how-to-listen/": {"ja": "聴きかた", "en": "How to listen"},
        "/feedback/": {"ja": "おたよりのページ", "en": "Letters"},
        "/courses/": {"ja": "コース", "en": "Courses"},
        "/courses/physics/": "物理のコース",
        "/courses/physics/one/": "第一章",
    }


def get(client, path: str, language: str) -> HtmlPage:
    response = client.get(LANGUAGES[language] + path)
    assert response.status_code == 200, path
    assert not response.cookies
    return HtmlPage(html_of(response))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_what_it_is(client, site, language):
    for path, title in site.items():
        page = get(client, path, language)

        assert page.title.startswith(title if isinstance(title, str) else title[language]), path
        assert page.headings.count(1) == 1, path
        assert page.languages == [language]
        assert {"header", "nav", "main", "footer"} <= set(page.landmarks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_load_nothing_from_elsewhere_and_hold_no_inline_style_or_script(client, site, language):
    for path in site:
        page = get(client, path, language)

        assert page.inline == [], path
        assert "inline" not in page.scripts, path
        assert page.loaded, path
        assert [address for address in page.loaded if not re.match(r"/(?!/)", address)] == [], path


def test_pages_have_each_id_once_and_no_link_to_a_missing_one(client, site):
    for path in site:
        page = get(client, path, "ja")

        assert len(page.ids) == len(set(page.ids)), path
        assert set(page.fragments) <= set(page.ids), path


def test_pages_name_themselves_in_the_other_language(client, site):
    for path in site:
        alternates = {get(client, path, language).alternates["en"] for language in LANGUAGES}

        assert len(alternates) == 1, path
        assert client.get(re.sub("^https?://[^/]+", "", alternates.pop())).status_code == 200, path


def test_frame_in_another_language_points_to_the_page_in_the_language_of_the_text(client, settings, site):
    settings.SITE_URL = "https://show.example"
    make_episode(number="2", language="en", live=True)

    def canonical(path: str) -> str:
        found = re.findall(r'<link rel="canonical" href="([^"]*)">', html_of(client.get(path)))
        return found[0]

    assert canonical("/en/19-5") == canonical("/19-5") == "https://show.example/19-5"
    assert canonical("/2") == canonical("/en/2") == "https://show.example/en/2"
    assert canonical("/en/feedback/") == "https://show.example/en/feedback/"
    assert canonical("/en/episodes/") == "https://show.example/en/episodes/"


def test_episode_page_shows_what_belongs_to_it(client, site):
    html = html_of(client.get("/19-5"))

    assert 'href="#t-90"' in html
    assert "open.spotify.com" in html
    assert "iframe" not in html
    assert html.count('rel="prev"') == 1
    assert 'rel="next"' not in html


def test_chapter_leads_to_its_neighbours_and_its_course(client, site):
    html = html_of(client.get("/courses/physics/one/"))

    assert 'href="/courses/physics/two/"' in html
    assert 'href="/courses/physics/"' in html


def test_chapter_shows_its_title_once(client, site):
    assert HtmlPage(html_of(client.get("/courses/physics/one/"))).headings == [1, 2, 2, 2]


def test_page_of_somebody_who_only_writes_shows_what_they_wrote(client):
    writer = make_speaker(name="書く人")
    make_post(title="その人の記事", authors=(writer,), live=True)
    make_post(title="下書きの記事", authors=(writer,))

    html = html_of(client.get(writer.path))

    assert "その人の記事" in html.replace("<wbr>", "")
    assert "下書きの記事" not in html.replace("<wbr>", "")


def test_missing_page_says_so_first_and_offers_a_search(client):
    main = html_of(client.get("/nirgends")).partition("<main")[2]

    assert "<h1>ページが見つかりません</h1>" in main
    assert 'role="search"' in main


def test_missing_page_says_what_to_do(client, site):
    response = client.get("/en/nowhere")

    assert response.status_code == 404
    assert 'href="/en/episodes/"' in html_of(response)


def test_draft_in_hand_is_not_for_search_engines(rf, site):
    html = render_episode(rf.get("/preview/x/"), make_episode(number="20")).content.decode()

    assert '<meta name="robots" content="noindex">' in html
    assert "canonical" not in html


@pytest.mark.parametrize("path", ["/", "/episodes/", "/tags/共通/"])
def test_lists_say_what_an_episode_is_about(client, path):
    notes = "### 0:00 イントロ\n\n### 1:00 潮の話\n\n本文。\n\n### 30:00 月の話\n\n本文。\n"
    make_episode(notes=notes, summary="海と*月*の話。" * 20, tags=("共通",), live=True)
    make_episode(tags=("共通",), live=True)  # home lists all but the newest

    html = html_of(client.get(path))

    summary = re.search(r'<p class="index-summary">(.*?)</p>', html)
    assert summary and summary[1].startswith("海と月の話。") and summary[1].endswith("…") and len(summary[1]) <= 90
    assert '<p class="index-sections"><span>潮の話</span> <span>月の話</span> </p>' in html


def test_home_leads_to_all_posts_and_courses(client):
    make_post(live=True)
    make_chapter(course=make_course(live=True), live=True)

    main = html_of(client.get("/en/")).partition("<main")[2]

    assert re.search(r'aria-label="All posts">\s*<li><a href="/en/blog/"', main)
    assert '<a href="/en/courses/">All courses</a>' in main


@pytest.mark.parametrize("path", ["/", "/episodes/", "/speakers/", "/tags/", "/courses/"])
def test_empty_site_says_so_and_leads_on(client, path):
    html = html_of(client.get("/en" + path))

    main = html[html.index("<main") : html.index("</main>")]
    assert re.search("There is no|Nobody|Nothing", main)
    assert "href=" in main


def test_site_map_names_what_is_live(client, settings):
    settings.SITE_URL = "https://show.example"
    make_episode(number="1", live=True)
    make_episode(number="2")

    pages = pages_in_sitemap(client)

    assert {"/", "/1"} < pages.keys()
    assert "/2" not in pages


def fill(count: int) -> None:
    """Make things of each kind, and chapters in each course."""
    for number in range(count):
        speaker = make_speaker()
        make_episode(speakers=(speaker,), tags=("共通",), live=True)
        make_post(authors=(speaker,), tags=("共通",), live=True)
        make_course(slug=f"c{number}-{count}", live=True)
    for course in Course.objects.all():
        for position in range(count):
            slug = f"k{position}-{count}"
            chapter = make_chapter(course=course, position=position, slug=slug, tags=("共通",), live=True)
            chapter.replace_authors([make_speaker()])


#: Lists, and how many queries each costs with an empty page cache; one query reads the state of the site.
LISTS = {
    "/": 15, "/episodes/": 14, "/speakers/": 7, "/tags/": 5, "/tags/共通/": 13, "/blog/": 7, "/courses/": 5,
    "/courses/c0-1/": 9, "/courses/c0-1/k0-1/": 11, "/how-to-listen/": 4,
}  # fmt: skip


def test_lists_ask_as_often_for_three_things_as_for_one(client):
    def ask(path: str) -> list[str]:
        SiteState.rise()  # nothing that was kept is shown
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return [query["sql"][:150] for query in queries.captured_queries]

    fill(1)
    make_episode(live=True)  # the front page has the newest one, and a list of those before
    for path in LISTS:
        ask(path)  # content types are asked for once
    few = {path: ask(path) for path in LISTS}
    fill(2)
    for path, count in LISTS.items():
        many = ask(path)
        assert len(many) == len(few[path]) == count, f"{path}\n" + "\n".join(many)


@pytest.mark.parametrize("count", [1, 3])
def test_episode_asks_as_often_however_much_goes_with_it_and_once_where_it_is_kept(client, count):
    notes = "".join(f"### {n}:00 話{n}\n\n- [文献{n}](https://doi.org/10.1000/{n})\n\n" for n in range(count))
    people = tuple(make_speaker() for _each in range(count))
    for number in range(1, count + 3):
        make_episode(number=str(number), notes=notes, speakers=people, tags=("共通", "光"), live=True)
    client.get("/2")  # content types are asked for once
    SiteState.rise()

    with CaptureQueriesContext(connection) as made:
        client.get("/2")
    with CaptureQueriesContext(connection) as next_made:
        client.get("/1")
    with CaptureQueriesContext(connection) as kept:
        client.get("/2")

    # The frame, one query, is kept for the pages that are made next.
    assert (len(made), len(next_made), len(kept)) == (11, 10, 1)
