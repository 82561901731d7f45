"""An entry of a glossary has no date: not on a page, in a list, a feed, structured data, the sitemap or a search."""

import re
from datetime import UTC, datetime

import pytest

from interaxion.content.linking.links import Link
from interaxion.content.linking.mentions import neighbourhood
from interaxion.content.linking.works import Work
from interaxion.content.search.finding import find
from interaxion.content.search.results import read
from interaxion.content.search.rows import SearchRow
from interaxion.content.tags import Tag
from interaxion.text.search.query import parse_query
from posts.models import GLOSSARY, Post
from tests.factories import make_episode, make_post, make_speaker
from tests.html_pages import html_of
from tests.imports import import_all, write_file

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SECRET = datetime(2019, 3, 4, 12, tzinfo=UTC)
PAPER = "[波の論文](https://doi.org/10.1000/182)\n"


@pytest.fixture
def entry() -> Post:
    """Between two others of its category, with a tag and an author."""
    make_post(title="えんぴつ", category=GLOSSARY, publish_at=datetime(2018, 1, 1, tzinfo=UTC))
    make_post(title="うなり", category=GLOSSARY, publish_at=datetime(2020, 1, 1, tzinfo=UTC))
    author = make_speaker(name="岡", slug="oka")
    make_post(
        title="読みもの", body=PAPER, tags=("波",), authors=(author,), publish_at=datetime(2021, 6, 7, tzinfo=UTC)
    )
    return make_post(
        title="いきおい", category=GLOSSARY, body=PAPER, tags=("波",), authors=(author,), publish_at=SECRET
    )


def test_no_page_or_list_tells_its_date(client, entry):
    work = Work.objects.get(links__object_id=entry.pk)
    addresses = [entry.path, "/keywords/", "/", "/tags/波/", "/speakers/oka/", "/search?q=いきおい", work.path]
    for address in addresses:
        html = html_of(client.get(address))

        assert not re.search(r"2019|1970", html), address
        if address != "/":
            assert "いきおい" in re.sub(r"</?(?:mark|wbr)[^>]*>", "", html), address


def test_glossary_is_in_order_of_titles_and_has_no_months(client, entry):
    html = html_of(client.get("/keywords/")).replace("<wbr>", "")

    assert re.findall(r'entry-title"><a [^>]*>([^<]+)<', html) == ["いきおい", "うなり", "えんぴつ"]
    assert "<time" not in html
    assert "archive" not in html
    assert client.get("/keywords/?month=2019-03").status_code == 404


def test_lists_show_what_has_a_date_first(entry):
    assert [post.title for post in Post.objects.newest_first()] == ["読みもの", "いきおい", "うなり", "えんぴつ"]
    assert list(Post.objects.dated().values_list("title", flat=True)) == ["読みもの"]


def test_front_page_and_feeds_have_no_entries(client, entry):
    for address in ("/", "/atom.xml", "/tags/波/feed.xml", "/speakers/oka/feed.xml"):
        html = html_of(client.get(address)).replace("<wbr>", "")

        assert ("読みもの" in html, "いきおい" in html) == (True, False), address
    assert client.get("/keywords/feed.xml").status_code == 404
    assert "/keywords/feed.xml" not in html_of(client.get("/keywords/"))


def test_structured_data_has_no_date(client, entry):
    html = html_of(client.get(entry.path))

    assert "datePublished" not in html
    assert "dateModified" not in html


def test_entry_has_no_neighbours_and_is_none(client, entry):
    assert 'class="neighbours"' not in html_of(client.get(entry.path))


def test_entry_is_neither_before_nor_after_what_cites_the_same(entry):
    other = make_episode(notes=f"### 0:00 話\n\n{PAPER}", live=True)

    (seen,) = neighbourhood(other).seen_before()

    assert [link.title for link in [*seen.before, *seen.after]] == ["読みもの"]
    assert neighbourhood(entry).seen_before() == []


def test_derived_rows_follow_the_category(entry):
    blog = Post.objects.get(title="読みもの")
    rows = {
        row: [*row.objects.filter(object_id=entry.pk).values_list("dated_at", flat=True)] for row in (Link, SearchRow)
    }

    assert all(dates and set(dates) == {None} for dates in rows.values())
    assert set(Link.objects.filter(object_id=blog.pk).values_list("dated_at", flat=True)) == {blog.publish_at}


def test_search_finds_it_without_a_date_after_what_has_one(entry):
    make_post(title="いきおい", publish_at=datetime(2001, 1, 1, tzinfo=UTC))
    query = parse_query("いきおい")

    found = read(find(query).matches, query)

    assert [each.published_at for each in found[:2]] == [datetime(2001, 1, 1, tzinfo=UTC), None]


def test_imported_glossary_is_published_also_where_the_site_has_no_dates(tmp_path, client):
    write_file(tmp_path, "_config.yml", "title: 波\n")
    write_file(tmp_path, "_data/keywords.yml", "- title: 波長\n  definition: 山から山まで\n")

    import_all(tmp_path)

    html = html_of(client.get("/keywords/波長/"))
    assert "山から山まで" in html
    assert "<time" not in html
    assert {outcome.action for outcome in import_all(tmp_path)} == {"unchanged"}


def test_index_has_letters_and_first_sentences(client):
    make_post(title="うなり", category=GLOSSARY, body="近い音が重なる。大きく聞こえる。\n", live=True)
    make_post(title="Lock-in", category=GLOSSARY, body="It finds a signal. It is slow.\n", live=True)
    make_post(title="位相", category=GLOSSARY, body="波の場所。\n", live=True)
    make_post(title="ブラウン運動", category=GLOSSARY, body="To be written.\n", tags=("位相",), live=True)
    Tag.objects.filter(name="位相").update(reading="いそう")

    main = html_of(client.get("/keywords/")).partition("<main")[2].replace("<wbr>", "")

    told = re.findall(r'id="letter-\d+"[^>]*>([^<]+)<|entry-title"><a [^>]*>([^<]+)<|entry-summary">([^<]*)<', main)
    assert ["".join(each) for each in told] == [
        "あ", "位相", "波の場所。", "うなり", "近い音が重なる。", "は", "ブラウン運動",
        "L", "Lock-in", "It finds a signal.",
    ]  # fmt: skip
    assert '<a href="#letter-3">L</a>' in main


def test_entry_that_is_still_to_be_written_shows_what_has_its_tag(client):
    stub = make_post(title="うなり", category=GLOSSARY, body="To be written.\n", live=True)
    make_episode(number="7", title="音の回", tags=("うなり",), live=True)

    html = html_of(client.get(stub.path))

    assert "To be written" not in html.partition("<main")[2]
    assert 'href="/7"' in html

    without = make_post(title="ねじれ", category=GLOSSARY, body="To be written.\n", live=True)
    assert "To be written" in html_of(client.get(without.path))
