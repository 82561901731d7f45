"""The pages of posts and of their categories."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import make_post
from tests.html_pages import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def at(year: int, month: int, day: int = 1, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.fixture
def blog():
    make_post(title="はじめ", path="/blog/first", publish_at=at(2024, 4, 30, 16))  # 1 May in Tokyo
    make_post(title="なか", path="/blog/middle", publish_at=at(2024, 5, 20))
    make_post(title="おわり", path="/blog/last", publish_at=at(2026, 1, 10))
    make_post(title="よそ", path="/courrier/else", category="courrier", publish_at=at(2024, 5, 25))
    make_post(title="下書き", path="/blog/draft")


def read(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return html_of(response).replace("<wbr>", "")


def test_category_stands_by_month_and_leads_to_each(client, blog):
    html = read(client, "/blog/")

    assert html.index('id="month-2026-01"') < html.index("おわり")
    assert html.index("おわり") < html.index('id="month-2024-05"') < html.index("なか") < html.index("はじめ")
    assert 'href="?month=2026-01"' in html
    assert 'href="?month=2024-05"' in html
    assert "2024-04" not in html
    assert "よそ" not in html


def test_posts_are_counted_by_the_months_of_the_site(client, blog):
    make_post(path="/blog/before", publish_at=at(2024, 4, 30, 14))  # 30 April in Tokyo

    archive = client.get("/blog/").context["archive"]

    of_2026, of_2024 = [(date(2026, 1, 1), 1)], [(date(2024, 5, 1), 2), (date(2024, 4, 1), 1)]
    assert [(year, [(each.day, each.count) for each in months]) for year, months in archive] == [
        (2026, of_2026),
        (2024, of_2024),
    ]


def test_months_are_named_in_the_language_of_the_page(client, blog):
    for address, name, short in (("/blog/", "2024年5月", "5月"), ("/en/blog/", "May 2024", "May")):
        html = read(client, address)

        assert f'visually-hidden">{name}</span><span aria-hidden="true">{short}</span>' in " ".join(html.split())


def test_a_month_shows_its_posts_and_the_way_back(client, blog):
    html = read(client, "/en/blog/?month=2024-05")

    main = html[html.index("<main") : html.index("</main>")]
    assert "なか" in main
    assert "はじめ" in main
    assert "おわり" not in main
    assert "2 posts" in main
    assert '<a href="/en/blog/">' in main
    assert '<meta name="robots" content="noindex">' in html
    assert 'href="/blog/?month=2024-05" lang="ja"' in html


def test_a_month_without_posts_says_so(client, blog):
    assert "Nothing was published in this month." in read(client, "/en/blog/?month=1999-12")


@pytest.mark.parametrize("month", ["2024", "2024-13", "2024-5", "x", "2024-05-01", "２０２４-05"])
def test_what_is_no_month_is_refused(client, blog, month):
    assert client.get("/blog/", {"month": month}).status_code == 404


def test_post_leads_to_its_neighbours_in_its_category(client, blog):
    html = read(client, "/blog/middle")

    neighbours = html[html.index('class="neighbours"') :]
    assert 'rel="prev" href="/blog/first"' in neighbours
    assert 'rel="next" href="/blog/last"' in neighbours
    assert "/courrier/else" not in neighbours
    assert "/blog/draft" not in neighbours


def test_summary_that_begins_the_text_is_said_once(client):
    make_post(path="/blog/same", summary="同じことを書く。", body="同じ**こと**を書く。そして続く。", live=True)
    make_post(path="/blog/other", summary="別のことを書く。", body="本文です。", live=True)

    assert 'class="summary"' not in read(client, "/blog/same")
    assert '<p class="summary">別のことを書く。</p>' in read(client, "/blog/other")
