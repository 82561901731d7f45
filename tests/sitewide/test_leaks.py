"""A table of hidden content × every route that lists or shows content: nothing leaks."""

from datetime import timedelta

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Chapter, Course
from episodes.models import Episode
from interaxion.content.linking.works import Work
from interaxion.content.publishing.settling import follow_window
from interaxion.sitewide.models import Page
from interaxion.text.transcripts.cues import Cue
from posts.models import Post
from tests.factories import make_chapter, make_course, make_episode, make_page, make_post, make_speaker, make_transcript
from tests.sitemap_files import pages_in_sitemap

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

SECRET = "ひみつの題名"
TWIN = "見える題名"
#: Every twin and every hidden thing cites this, in words that tell them apart.
CITES = "[{}](https://doi.org/10.1000/twin)、[回](/57)、[記事](/blog/twin)、[章](/courses/twin/one/)"
NOW = timezone.now()
AUDIO = {"audio_url": "https://example.org/a.mp3", "audio_bytes": 1}
HIDDEN = {
    "draft": {"status": "draft", "publish_at": NOW - timedelta(days=1)},
    "review": {"status": "review", "publish_at": NOW - timedelta(days=1)},
    "future": {"status": "published", "publish_at": NOW + timedelta(days=1)},
    "ended": {
        "status": "published",
        "publish_at": NOW - timedelta(days=2),
        "unpublish_at": NOW - timedelta(days=1),
    },
    "trashed": {
        "status": "published",
        "publish_at": NOW - timedelta(days=1),
        "deleted_at": NOW - timedelta(hours=1),
    },
}
#: Every address that lists or describes content; each shows something live of every kind.
LISTS = [
    "/", "/en/", "/episodes/", "/en/episodes/", "/episodes/?tag=twin", "/episodes/?speaker=twin",
    "/speakers/", "/tags/", "/courses/", "/feed.xml", "/atom.xml",
    "/sitemap.xml", "/robots.txt", "/blog/", "/57", "/57/chapters.json", "/57/chapters.psc.xml", "/blog/twin",
    "/57/transcript", "/57/transcript.vtt", "/57/transcript.srt", "/57/transcript.json",
    "/courses/twin/", "/courses/twin/one/", "/courses/twin/print/", "/speakers/twin/", "/tags/twin/", "/twin/",
    "/blog/feed.xml", "/tags/twin/feed.xml", "/speakers/twin/feed.xml", "/courses/twin/feed.xml",
    "/search?q=題名", "/en/search?q=題名", "/search?q=tag:twin", "/search?q=speaker:twin+題名", "/search?q=%22題名%22",
    "/feedback/", "/en/feedback/?episode=56", "/how-to-listen/", "/en/how-to-listen/",
]  # fmt: skip


@pytest.fixture
def twin():
    """Make one live thing of each kind, which every page may show."""
    speaker = make_speaker(name="twin")
    common = {"live": True, "tags": ("twin",)}
    course = make_course(slug="twin", title=TWIN, live=True)
    episode = make_episode(
        number="57",
        title=TWIN,
        speakers=(speaker,),
        notes=f"### 1:30 {TWIN}\n\n{CITES.format(TWIN)}\n",
        **AUDIO,
        **common,
    )
    make_transcript(episode=episode, cues=(Cue(90, 95, TWIN),))
    make_post(title=TWIN, path="/blog/twin", body=CITES.format(TWIN), authors=(speaker,), **common)
    make_page(title=TWIN, path="/twin/", in_navigation=True, live=True)
    make_chapter(course=course, slug="one", title=TWIN, source=CITES.format(TWIN), **common)
    return course


def hide(thing: models.Model, why: str) -> models.Model:
    type(thing).objects.filter(pk=thing.pk).update(**HIDDEN[why])
    thing.refresh_from_db()
    follow_window(thing)
    return thing


@pytest.fixture(params=HIDDEN)
def hidden(request, twin):
    """Make one thing of each kind that nobody may see, related to everything that is shown."""
    why = request.param
    speaker, twin_speaker = make_speaker(name=SECRET + "人"), make_speaker(name="twin2")
    people = (speaker, twin_speaker)
    tags = ("twin", SECRET + "札")
    course = hide(make_course(slug="secret", title=SECRET), why)
    cites = CITES.format(SECRET)
    inner = make_chapter(
        course=course, slug="inner", title=SECRET, source=cites, tags=tags, live=True
    )  # live itself, in a hidden course
    inner.replace_authors([speaker, twin_speaker])
    notes = f"### 0:10 {SECRET}\n\n{cites}\n"
    things = [
        make_episode(number="56", title=SECRET, summary=SECRET, notes=notes, speakers=people, tags=tags, **AUDIO),
        make_episode(number="58", title=SECRET, notes=notes, speakers=people, tags=tags),
        make_post(title=SECRET, path="/blog/secret", body=cites, authors=people, tags=tags),
        make_post(title=SECRET, path="/plans/secret", category="plans"),
        make_page(title=SECRET, path="/secret/", body=cites, in_navigation=True),
        make_chapter(course=twin, slug="secret", position=2, title=SECRET, source=cites, tags=tags),
    ]  # fmt: skip
    for episode in things[:2]:
        make_transcript(episode=episode, cues=(Cue(10, 15, SECRET + "、題名"),))
    return [course, inner, *(hide(thing, why) for thing in things)]


def text_of(response) -> str:
    return b"".join(response if response.streaming else [response.content]).decode()


def test_no_page_shows_the_hidden_one(client, hidden):
    pages = {url: client.get(url) for url in LISTS}

    assert {url: page.status_code for url, page in pages.items() if page.status_code != 200} == {}
    assert [url for url, page in pages.items() if SECRET in text_of(page)] == []


def test_the_sitemap_names_the_live_twin_and_never_the_hidden_one(client, hidden):
    pages = pages_in_sitemap(client)

    assert {"/57", "/blog/twin", "/courses/twin/one/", "/twin/", "/speakers/twin/", "/tags/twin/"} < pages.keys()
    assert not {thing.path for thing in hidden} & pages.keys()
    assert not [path for path in pages if SECRET in path]


def test_the_live_twin_shows(client, twin):
    lists = ["/", "/episodes/", "/episodes/?speaker=twin&tag=twin", "/feed.xml", "/atom.xml", "/blog/", "/courses/"]

    assert [url for url in [*lists, "/tags/twin/", "/speakers/twin/"] if TWIN not in text_of(client.get(url))] == []


def test_a_work_shows_its_live_mentions_only(client, hidden):
    html = text_of(client.get(Work.objects.get(kind="doi").get_absolute_url()))

    assert TWIN in html
    assert SECRET not in html


def test_no_address_of_something_hidden_answers(client, hidden):
    speaker_and_tag = [f"/speakers/{SECRET}人/", f"/tags/{SECRET}札/"]
    addresses = [thing.path for thing in hidden] + [
        "/56",
        "/58",
        "/56.0",
        "/56/chapters.json",
        "/56/transcript",
        "/56/transcript.vtt",
        "/56/chapters.psc.xml",
    ]

    statuses = {address: client.get(address).status_code for address in [*addresses, *speaker_and_tag]}

    assert set(statuses.values()) == {404}, statuses


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 404
    return len(queries)


def test_category_of_hidden_posts_is_404_with_its_feed(client, hidden):
    assert client.get("/plans/").status_code == client.get("/plans/feed.xml").status_code == 404
    assert "plans" not in text_of(client.get("/sitemap.xml"))


def test_404_costs_the_same_for_something_hidden_and_for_nothing(client, hidden):
    addresses = [thing.path for thing in hidden] + [f"/speakers/{SECRET}人/", "/plans/"]
    queries_of(client, "/warms/the/caches")

    for part in ("", "/", ".html", "/index.html", "/chapters.json", "/chapters.psc.xml", "/feed.xml"):
        pages = [page.rstrip("/") for page in [*addresses, "/nothing"]]
        costs = {page: queries_of(client, page + part) for page in pages}
        assert len({*costs.values()}) == 1, f"{part}: {costs}"


def test_an_old_address_of_something_hidden_does_not_redirect(client):
    episode = make_episode(number="57", live=True)
    assert client.get("/57-draft").status_code == 301
    hide(episode, "trashed")

    assert client.get("/57-draft").status_code == 404


def test_every_kind_of_content_is_in_this_table(hidden):
    assert {type(thing) for thing in hidden} == {Episode, Post, Page, Course, Chapter}
