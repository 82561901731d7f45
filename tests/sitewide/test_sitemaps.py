from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from freezegun import freeze_time

from interaxion.content.linking.works import Work
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.content.tags import Tag
from interaxion.sitewide.sitemap import dates, pages
from tests.factories import make_chapter, make_course, make_episode, make_page, make_post, make_speaker
from tests.sitemap_files import SITEMAP, XHTML, files_in_sitemap, pages_in_sitemap

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

SITE = "https://show.example"
#: Pages that exist even if nothing is live.
LISTS = ("/", "/episodes/", "/speakers/", "/tags/", "/how-to-listen/", "/feedback/")


@pytest.fixture(autouse=True)
def site_url(settings):
    settings.SITE_URL = SITE


def test_sitemap_has_lists_in_both_languages_and_texts_in_their_own(client):
    speaker = make_speaker(slug="岡")
    make_episode(number="57", speakers=(speaker,), tags=("超伝導",), live=True)
    make_post(path="/blog/one", live=True)
    make_page(path="/about/", live=True)
    course = make_course(slug="lattice", live=True)
    make_chapter(course=course, slug="one", live=True)

    pages = pages_in_sitemap(client)

    texts = ["/57", "/blog/one", "/about/", "/courses/lattice/", "/courses/lattice/one/"]
    lists = [*LISTS, "/courses/", "/blog/", "/speakers/岡/", "/tags/超伝導/"]
    assert set(pages) == {*texts, *lists, *(f"/en{path}" for path in lists)}
    undated = {path for path, entry in pages.items() if entry.find(f"{SITEMAP}lastmod") is None}
    assert undated == {"/how-to-listen/", "/feedback/", "/en/how-to-listen/", "/en/feedback/"}
    assert {client.get(path).status_code for path in pages} == {200}


def test_sitemap_has_nothing_that_is_not_shown(client):
    make_episode(number="57", speakers=(make_speaker(),), tags=("ひみつ",))
    make_chapter(course=make_course(slug="hidden"), live=True)
    Tag(name="だれも使わない").save()

    assert set(pages_in_sitemap(client)) == {f"{language}{path}" for language in ("", "/en") for path in LISTS}


def test_entry_names_the_date_of_its_text_and_its_languages(client):
    published, edited = datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    episode = make_episode(number="57", notes="text", speakers=(make_speaker(slug="oka"),), publish_at=published)

    def dates():
        paths, pages = ("/57", "/speakers/oka/", "/en/speakers/oka/", "/"), pages_in_sitemap(client)
        return {datetime.fromisoformat(pages[path].findtext(f"{SITEMAP}lastmod")) for path in paths}

    def languages_of(path):
        return {
            link.get("hreflang"): link.get("href") for link in pages_in_sitemap(client)[path].findall(f"{XHTML}link")
        }

    assert dates() == {published}
    with freeze_time(edited):
        episode.audio_url = "https://audio.example/other.mp3"
        store(episode, user=None)
    assert dates() == {published}
    with freeze_time(edited):
        episode.title = "Another title"
        store(episode, user=None)
    assert dates() == {edited}
    assert languages_of("/57") == {"ja": f"{SITE}/57", "x-default": f"{SITE}/57"}
    assert languages_of("/en/speakers/oka/") == {
        "ja": f"{SITE}/speakers/oka/",
        "en": f"{SITE}/en/speakers/oka/",
        "x-default": f"{SITE}/speakers/oka/",
    }


def test_entries_of_two_editions_name_each_other(client):
    make_course(slug="waves", live=True)
    make_course(slug="waves-en", language="en", live=True)
    make_course(slug="tides", live=True)
    make_course(slug="tides-en", language="en")

    pages = pages_in_sitemap(client)

    def english_of(path):
        links = pages[path].findall(f"{XHTML}link")
        return next(link.get("href") for link in links if link.get("hreflang") == "en")

    assert english_of("/courses/waves/") == english_of("/en/courses/waves-en/") == f"{SITE}/en/courses/waves-en/"
    assert "/en/courses/tides/" not in pages


def test_sitemap_has_the_works_that_two_texts_cite(client):
    make_post(body="[論文](https://doi.org/10.1000/a) [本](https://doi.org/10.1000/b)", live=True)
    make_episode(notes="[論文](https://doi.org/10.1000/a)", live=True)
    make_post(body="[下書きの論文](https://doi.org/10.1000/b)")

    works = [path for path in pages_in_sitemap(client) if path.startswith("/works/")]

    assert works == [Work.objects.get(key="doi:10.1000/a").path]


def test_page_of_a_work_is_dated_by_the_texts_that_link_it_unless_they_are_many(client, monkeypatch):
    published = [datetime(2026, month, 1, tzinfo=UTC) for month in (4, 6, 5)]
    for publish_at in published:
        make_episode(notes="[論文](https://doi.org/10.1000/a)", publish_at=publish_at)

    def date():
        entry = pages_in_sitemap(client)[Work.objects.get().path]
        return entry.findtext(f"{SITEMAP}lastmod")

    assert datetime.fromisoformat(date()) == max(published)

    monkeypatch.setattr(dates, "MOST_LINKS", 2)
    SiteState.rise()
    assert date() is None


def test_sitemap_is_written_in_ascii_addresses(client):
    make_post(path="/blog/話", live=True)

    (path,) = (path for path in files_in_sitemap(client) if path.startswith("/sitemap-posts-"))
    assert b"<loc>https://show.example/blog/%E8%A9%B1</loc>" in client.get(path).content


def test_sitemap_asks_as_much_for_three_things_as_for_one(client):
    def make_one():
        make_episode(speakers=(make_speaker(),), live=True)
        make_post(live=True)

    def count():
        counts = []
        for path in files_in_sitemap(client):
            SiteState.rise()
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            if "-works-" not in path:  # three things mention a work that one does not
                counts.append(len(queries))
        SiteState.rise()
        with CaptureQueriesContext(connection) as queries:
            client.get("/sitemap.xml")
        return [*counts, len(queries)]

    make_one()
    with_one = count()
    make_one()
    make_one()

    assert count() == with_one


def test_new_things_change_only_the_last_file_and_what_is_taken_down_only_its_own(client, monkeypatch):
    monkeypatch.setattr(pages, "ROWS", 3)
    episodes = [make_episode(live=True) for _ in range(6)]

    def read() -> dict[str, bytes]:
        return {path: client.get(path).content for path in files_in_sitemap(client) if "-episodes-" in path}

    before = read()
    make_episode(live=True)
    grown = read()
    transition(episodes[1], to="trashed", user=None)
    shrunk = read()

    assert all(grown[path] == before[path] for path in [*before][:-1])
    assert sum(shrunk.get(path) != grown[path] for path in grown) == 1
    assert len(grown) >= 3


def test_file_says_when_it_last_changed_if_that_is_known(client):
    make_episode(number="57", tags=("光",), publish_at=datetime(2026, 4, 1, tzinfo=UTC))
    tag = Tag.objects.get().pk

    dates = {path: entry.findtext(f"{SITEMAP}lastmod") for path, entry in files_in_sitemap(client).items()}

    (file,) = (path for path in dates if "-episodes-" in path)
    assert datetime.fromisoformat(dates[file]) == datetime(2026, 4, 1, tzinfo=UTC)
    assert dates["/sitemap-lists-1.xml"] is None
    assert dates[f"/sitemap-tags-{(tag - 1) // pages.ROWS + 1}.xml"] is None


@pytest.mark.parametrize("file", ["lists-2", "episodes-999999", "episodes-0", "episodes-01", "users-1", "-1"])
def test_file_that_there_is_not_is_not_found(client, file):
    assert client.get(f"/sitemap-{file}.xml").status_code == 404


def test_crawlers_stay_out_of_desk_drafts_and_searches_in_every_language(client):
    robots = RobotFileParser()
    lines = client.get("/robots.txt").content.decode().splitlines()
    robots.parse(lines)

    for language in ("", "/en"):
        closed = ("/admin/", "/admin/episodes/episode/1/change/", "/preview/token/", "/search?q=光", "/search?q=a&in=b")
        assert not any(robots.can_fetch("crawler", SITE + language + path) for path in closed), language
        is_open = ("/", "/57", "/episodes/page/2/", "/tags/", "/preview")
        assert all(robots.can_fetch("crawler", SITE + language + path) for path in is_open), language
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    assert {f"Disallow: {language}/search?" for language in ("", "/en")} < set(lines), "and no page that begins so"


def test_unchanged_sitemap_is_304(client):
    make_episode(live=True)
    etag = client.get("/sitemap.xml")["ETag"]

    assert client.get("/sitemap.xml", headers={"if-none-match": etag}).status_code == 304
