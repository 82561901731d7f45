import re
import subprocess
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import unquote
from xml.etree import ElementTree

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import parse_http_date

from episodes.models import Episode
from episodes.people.speakers import Speaker
from episodes.podcast import Podcast
from interaxion.content.changes.named_rows import merge_named_rows
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.sitewide import feeds
from tests.factories import make_chapter, make_copies, make_course, make_episode, make_page, make_post, make_speaker
from tests.html_pages import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
FEEDS = ["/feed.xml", "/atom.xml"]
AUDIO = {"audio_url": "https://audio.example/a.mp3"}


@pytest.fixture(autouse=True)
def site_url(settings):
    settings.SITE_URL = "https://show.example"


def titles_in(response) -> list[str]:
    read = feedparser.parse(response.content)
    assert not read.bozo
    return [entry.title for entry in read.entries]


def links_in(response) -> set[tuple[str, str]]:
    links = ElementTree.fromstring(response.content).findall(f"{ATOM}link")
    return {(link.get("rel", ""), link.get("href", "").removeprefix("https://show.example")) for link in links}


def count_queries(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address)
    return len(queries)


@pytest.mark.parametrize(("address", "text_tag"), [("/feed.xml", b"<content:encoded>"), ("/atom.xml", b"<content ")])
def test_old_items_have_their_summary_where_there_is_no_room_for_their_text(client, monkeypatch, address, text_tag):
    for number in (1, 2, 3):
        make_episode(number=number, summary=f"Summary {number}", notes="word " * 200, live=True, **AUDIO)
    monkeypatch.setattr(feeds, "BYTES_OF_TEXTS", 2500)

    feed = client.get(address)

    assert len(titles_in(feed)) == 3
    assert feed.content.count(text_tag) == 2
    assert text_tag not in feed.content.partition(b"Summary 1")[2]


@pytest.mark.parametrize(
    ("address", "content_type"),
    [
        ("/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/atom.xml", "application/atom+xml; charset=utf-8"),
    ],
)
def test_feed_of_an_empty_site_stands(client, address, content_type):
    response = client.get(address)

    assert response.status_code == 200
    assert response["Content-Type"] == content_type
    assert "Set-Cookie" not in response
    assert titles_in(response) == []


@pytest.mark.parametrize("address", FEEDS)
def test_feed_shows_only_what_is_live(client, address):
    now = timezone.now()
    make_episode(number="1", title="下書き", **AUDIO)
    transition(make_episode(number="2", title="確認待ち", **AUDIO), to="review", user=None)
    make_episode(number="3", title="予約", publish_at=now + timedelta(days=1), **AUDIO)
    ended = make_episode(number="4", title="終了", publish_at=now - timedelta(days=2), **AUDIO)
    Episode.objects.filter(pk=ended.pk).update(unpublish_at=now - timedelta(days=1))
    transition(make_episode(number="5", title="ゴミ箱", live=True, **AUDIO), to="trashed", user=None)
    make_episode(number="6", title="公開", live=True, **AUDIO)

    assert titles_in(client.get(address)) == ["6: 公開"]


@pytest.mark.parametrize("address", FEEDS)
def test_feed_takes_its_addresses_from_the_settings(client, address, settings):
    settings.ALLOWED_HOSTS = ["evil.example"]
    make_episode(number="57", live=True, **AUDIO)

    text = html_of(client.get(address, headers={"host": "evil.example"}))

    assert "https://show.example/57" in text
    assert f"https://show.example{address}" in text
    assert "evil" not in text
    assert "/en/" not in text


@pytest.mark.parametrize("address", FEEDS)
def test_feed_is_in_the_language_of_the_podcast(client, address):
    Podcast(pk=1, title="Corner lab", language="en").save()
    make_episode(number="57", live=True, **AUDIO)

    response = client.get(address)

    assert feedparser.parse(response.content).feed.language == "en"
    assert response["Content-Language"] == "en"
    assert "/en/" not in html_of(response)


@pytest.mark.parametrize("address", FEEDS)
def test_feed_is_open_to_web_players(client, address):
    assert client.get(address)["Access-Control-Allow-Origin"] == "*"
    assert client.get(address)["Access-Control-Allow-Origin"] == "*"  # as it was kept


def test_times_in_atom_lead_to_the_moment_on_the_page(client):
    make_episode(number="57", notes="### 1:30 話\n\n本文。\n", live=True)

    content = feedparser.parse(client.get("/atom.xml").content).entries[0].content[0].value

    assert '/57#t-90">1:30</a>' in content


@pytest.mark.parametrize("address", FEEDS)
def test_feed_asks_as_much_for_three_items_as_for_one(client, address):
    def make_one():
        make_episode(speakers=(make_speaker(), make_speaker()), tags=("超伝導",), live=True, **AUDIO)
        make_post(authors=(make_speaker(),), live=True)
        make_chapter(live=True)

    make_one()
    with_one = count_queries(client, address)
    make_one()
    make_one()

    assert count_queries(client, address) == with_one


@pytest.mark.parametrize("address", FEEDS)
def test_unchanged_feed_is_304_by_one_query(client, address, django_assert_num_queries):
    make_episode(live=True, **AUDIO)
    etag = client.get(address)["ETag"]

    with django_assert_num_queries(1):
        response = client.get(address, headers={"if-none-match": etag})

    assert response.status_code == 304


@pytest.mark.parametrize("address", FEEDS)
def test_feed_is_new_after_a_store(client, address):
    episode = make_episode(number="57", live=True, **AUDIO)
    SiteState.objects.update(changed_at=timezone.now() - timedelta(minutes=1))
    before = client.get(address)
    episode.title = "改めた題"
    store(episode, user=None)

    by_etag = client.get(address, headers={"if-none-match": before["ETag"]})
    by_date = client.get(address, headers={"if-modified-since": before["Last-Modified"]})

    assert titles_in(by_etag) == titles_in(by_date) == ["57: 改めた題"]


def test_last_modified_follows_edits_of_anything_and_the_build_date_those_of_items(client):
    episode = make_episode(live=True, **AUDIO)
    stored_at, changed_at = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, 12, 0, 0, tzinfo=UTC)
    Episode.objects.filter(pk=episode.pk).update(stored_at=stored_at, publish_at=stored_at)
    SiteState.objects.update(changed_at=changed_at)

    response = client.get("/feed.xml")

    assert parse_http_date(response["Last-Modified"]) == changed_at.timestamp()
    channel = ElementTree.fromstring(response.content).find("channel")
    assert channel.findtext("lastBuildDate") == "Sun, 01 Mar 2026 00:00:00 +0000"


def test_scheduled_episode_enters_the_feed_by_the_clock_alone(client):
    episode = make_episode(number="57", title="予約", publish_at=timezone.now() + timedelta(days=1), **AUDIO)
    before = client.get("/feed.xml")
    passed = timezone.now() - timedelta(minutes=1)
    Episode.objects.filter(pk=episode.pk).update(publish_at=passed)
    SiteState.objects.update(boundaries=[passed.isoformat()])

    after = client.get("/feed.xml", headers={"if-none-match": before["ETag"]})

    assert titles_in(before) == []
    assert titles_in(after) == ["57: 予約"]


def test_head_has_the_headers_of_get(client):
    make_episode(live=True, **AUDIO)

    whole, head = client.get("/feed.xml"), client.head("/feed.xml")

    assert head.content == b""
    assert head["ETag"] == whole["ETag"]
    assert head["Content-Type"] == whole["Content-Type"]


# Atom


def test_atom_has_every_kind_newest_first(client):
    now = timezone.now()
    make_episode(number="1", title="回", publish_at=now - timedelta(days=3))
    make_post(title="記事", publish_at=now - timedelta(days=1))
    make_page(title="案内", live=True)
    course = make_course(title="講座", live=True)
    make_chapter(course=course, title="章", live=True)

    titles = titles_in(client.get("/atom.xml"))

    assert set(titles) == {"1: 回", "記事", "案内", "講座", "章"}
    assert titles[-2:] == ["記事", "1: 回"]


def test_atom_entry_has_what_the_specification_demands(client):
    at = datetime(2026, 4, 1, 12, 0, 0, tzinfo=UTC)
    make_post(
        title="記事 <1>",
        summary="*要約*",
        body="[前](/1)の話。\n",
        category="blog",
        path="/blog/話",
        publish_at=at,
    )

    root = ElementTree.fromstring(client.get("/atom.xml").content)
    entry = root.find(f"{ATOM}entry")

    assert root.findtext(f"{ATOM}id") == "https://show.example/atom.xml"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Interaxion"
    assert {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")} == {
        "self": "https://show.example/atom.xml",
        "alternate": "https://show.example/",
    }
    assert datetime.fromisoformat(root.findtext(f"{ATOM}updated")).tzinfo
    assert entry.findtext(f"{ATOM}title") == "記事 <1>"
    assert entry.findtext(f"{ATOM}summary") == "要約"
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}published")) == at
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) >= at
    assert entry.find(f"{ATOM}link").get("href") == "https://show.example/blog/%E8%A9%B1"
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert '<a href="https://show.example/1">前</a>の話。' in entry.findtext(f"{ATOM}content")
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "ja"


def test_atom_id_stays_when_the_address_changes(client):
    post = make_post(live=True)
    before = feedparser.parse(client.get("/atom.xml").content).entries[0]
    post.path = "/blog/moved"
    store(post, user=None)

    after = feedparser.parse(client.get("/atom.xml").content).entries[0]

    assert after.id == before.id
    assert after.id.startswith("tag:show.example,")
    assert after.link != before.link


def test_atom_leaves_out_what_cannot_be_written(client, caplog):
    make_episode(number="1", live=True)
    broken = make_episode(number="2", live=True)
    Episode.objects.filter(pk=broken.pk).update(title="壊\x0bれた")
    broken.parts.all().delete()

    assert len(titles_in(client.get("/atom.xml"))) == 1
    assert "/2 cannot be written" in caplog.text


# Pages


@pytest.fixture
def five_years_and_more():
    """Make 201 episodes."""
    make_copies(of=make_episode(number="1", live=True, **AUDIO), count=200)


def test_older_items_of_a_long_atom_feed_are_in_an_archive(client, five_years_and_more):
    feed, archive = client.get("/atom.xml"), client.get("/atom/page/1.xml")

    assert [len(titles_in(document)) for document in (feed, archive)] == [101, 100]
    ids = [entry.id for document in (feed, archive) for entry in feedparser.parse(document.content).entries]
    assert len(set(ids)) == 201
    assert links_in(feed) >= {("prev-archive", "/atom/page/1.xml")}
    assert links_in(archive) == {
        ("self", "/atom/page/1.xml"), ("alternate", "/"), ("current", "/atom.xml"), ("previous", "/atom.xml"),
    }  # fmt: skip
    assert ElementTree.fromstring(feed.content).find(f"{HISTORY}archive") is None
    assert ElementTree.fromstring(archive.content).find(f"{HISTORY}archive") is not None
    assert {feedparser.parse(document.content).feed.id for document in (feed, archive)} == {
        "https://show.example/atom.xml"
    }


def test_archive_stays_as_it_is_when_something_new_is_published(client, five_years_and_more):
    before = client.get("/atom/page/1.xml")
    make_episode(number="500", live=True)

    after = client.get("/atom/page/1.xml")

    assert after["ETag"] != before["ETag"]  # it was made anew
    assert after.content == before.content
    assert "500: " in titles_in(client.get("/atom.xml"))[0]


def test_podcast_feed_keeps_every_episode_of_a_long_show(client, five_years_and_more, monkeypatch):
    assert len(titles_in(client.get("/feed.xml"))) == 201
    assert client.get("/feed/page/1.xml").status_code == 404
    monkeypatch.setattr(feeds, "EPISODES", 100)
    SiteState.rise()

    archive = client.get("/feed/page/1.xml")

    assert [len(titles_in(document)) for document in (client.get("/feed.xml"), archive)] == [101, 100]
    channel = ElementTree.fromstring(archive.content).find("channel")
    newest = Episode.objects.order_by("publish_at")[99]
    assert parsedate_to_datetime(channel.findtext("lastBuildDate")) >= newest.stored_at.replace(microsecond=0)
    assert channel.find(f"{HISTORY}archive") is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/atom.xml?page=1", "/atom.xml"),
        ("/atom.xml?page=2", "/atom.xml"),
        ("/atom.xml?page=3&utm_source=x", "/atom/page/1.xml?utm_source=x"),
        ("/atom.xml?page=4", "/atom.xml"),
        ("/atom.xml?page=x", "/atom.xml"),
        ("/feed.xml?page=2", "/feed.xml"),
    ],
)
def test_number_in_the_query_leads_to_where_its_first_item_is(client, five_years_and_more, old, new):
    response = client.get(old)

    assert (response.status_code, response["Location"]) == (301, new)


@pytest.mark.parametrize("page", ["0", "1", "2", "-1", "x", "1.5", "１", "9" * 30])
def test_archive_that_there_is_not_is_not_found(client, page):
    make_episode(live=True, **AUDIO)

    assert [client.get(f"/{feed}/page/{page}.xml").status_code for feed in ("feed", "atom", "blog/feed")] == [404] * 3


# Feeds of one category, tag, speaker or course


@pytest.fixture
def things():
    """Make one thing of each kind that belongs to everything with a feed, and one that belongs to nothing."""
    now = timezone.now()
    speaker = make_speaker(name="岡", slug="岡")
    tags, people = ("超伝導",), (speaker,)
    make_episode(number="57", title="回", speakers=people, tags=tags, publish_at=now - timedelta(days=3))
    make_post(title="記事", authors=people, tags=tags, publish_at=now - timedelta(days=2))
    course = make_course(slug="lattice", title="講座", live=True)
    make_chapter(course=course, slug="one", title="章", tags=tags, live=True)
    make_episode(number="58", title="別の回", live=True)
    make_post(title="別の記事", category="courrier", live=True)


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("/blog/feed.xml", ["記事"]),
        ("/courrier/feed.xml", ["別の記事"]),
        ("/tags/超伝導/feed.xml", ["章", "記事", "57: 回"]),
        ("/speakers/岡/feed.xml", ["記事", "57: 回"]),
        ("/courses/lattice/feed.xml", ["章"]),
    ],
)
def test_feed_of_a_thing_has_what_its_page_has(client, things, address, titles):
    response = client.get(address)

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert titles_in(response) == titles
    feed = feedparser.parse(response.content).feed
    assert feed.title.endswith(" · Interaxion")
    assert feed.id == next(link.href for link in feed.links if link.rel == "self")
    assert unquote(feed.id) == f"https://show.example{address}"
    assert unquote(feed.link) == f"https://show.example{address.removesuffix('feed.xml')}"


@pytest.mark.parametrize(
    "page", ["/blog/", "/tags/超伝導/", "/speakers/岡/", "/courses/lattice/", "/courses/lattice/one/"]
)
@pytest.mark.parametrize("language", ["", "/en"])
def test_page_leads_to_its_feed(client, things, page, language):
    html = html_of(client.get(language + page))

    feeds = re.findall(r'<link rel="alternate" type="application/atom\+xml" title="[^"]*" href="([^"]*)">', html)

    assert {unquote(feed) for feed in feeds} == {"/atom.xml", f"{page.removesuffix('one/')}feed.xml"}
    assert {client.get(feed).status_code for feed in feeds} == {200}


@pytest.mark.parametrize(
    "address", ["/57/feed.xml", "/blog/記事/feed.xml", "/nothing/feed.xml", "/tags/feed.xml", "/feed.xml/feed.xml",
                "/en/blog/feed.xml", "/courses/lattice/one/feed.xml"]
)  # fmt: skip
def test_what_has_no_feed_is_not_found(client, things, address):
    assert client.get(address).status_code == 404


def test_feed_is_not_found_where_its_page_is_not(client):
    make_episode(number="1", speakers=(make_speaker(slug="hidden"),), tags=("ひみつ",))
    course = make_course(slug="hidden")
    make_chapter(course=course, live=True)
    pages = ["/speakers/hidden/", "/tags/ひみつ/", "/courses/hidden/"]

    assert {client.get(page).status_code for page in pages} == {404}
    assert {client.get(f"{page}feed.xml").status_code for page in pages} == {404}


@pytest.mark.parametrize("feed", ["feed.xml", "feed/page/2.xml"])
def test_feed_redirects_from_an_old_address(client, things, feed):
    old = make_speaker(name="おか", slug="old")
    merge_named_rows([old], Speaker.objects.get(slug="岡"), user=None)

    response = client.get(f"/speakers/old/{feed}")

    assert response.status_code == 301
    assert unquote(response["Location"]) == f"/speakers/岡/{feed}"


@pytest.mark.parametrize("address", ["/blog/feed.xml", "/tags/札/feed.xml", "/speakers/oka/feed.xml"])
def test_feed_of_a_thing_asks_as_much_for_three_items_as_for_one(client, address):
    speaker = make_speaker(slug="oka")

    def make_one():
        make_post(authors=(speaker,), tags=("札",), live=True)

    make_one()
    with_one = count_queries(client, address)
    make_one()
    make_one()

    assert count_queries(client, address) == with_one


@pytest.mark.xmllint
def test_xmllint_finds_every_feed_well_formed(client, things):
    for address in [*FEEDS, "/blog/feed.xml", "/tags/超伝導/feed.xml", "/speakers/岡/feed.xml", "/sitemap.xml"]:
        feed = client.get(address).content
        judged = subprocess.run(["xmllint", "--noout", "-"], input=feed, capture_output=True)
        assert (judged.returncode, judged.stderr) == (0, b""), address


@pytest.mark.parametrize("path", ["/feed.xml", "/atom.xml", "/blog/feed.xml", "/atom/page/1.xml"])
def test_feed_opened_in_a_browser_leads_to_how_to_listen(client, path):
    make_episode(audio_url="https://audio.example/1.mp3", live=True)
    make_post(live=True)
    client.get(path)  # which is kept

    opened = client.get(path, headers={"sec-fetch-dest": "document"})

    assert (opened.status_code, opened["Location"]) == (302, "/how-to-listen/#subscribe-heading")
    assert opened["Cache-Control"] == "no-store"
    assert client.get("/sitemap.xml", headers={"sec-fetch-dest": "document"}).status_code == 200
    if path != "/atom/page/1.xml":
        assert "xml" in client.get(path, headers={"sec-fetch-dest": "empty"})["Content-Type"]
