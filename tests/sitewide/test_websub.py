"""WebSub, with a small real hub and a subscriber on this machine."""

import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs
from urllib.request import Request, urlopen

import feedparser
import pytest
from django.urls import reverse
from django.utils import timezone

from episodes.podcast import Podcast
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.watching import look_around
from interaxion.content.jobs.work import Work
from interaxion.content.paths import public_url
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.sitewide import websub
from interaxion.sitewide.models import ToldHub
from interaxion.web.ssrf_guard import FetchFailed, FetchRefused
from tests.factories import make_episode, make_post
from tests.web_server import HERE

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class Hub:
    """A hub that fetches a topic once it is told of it, and hands what it got to its subscribers."""

    def __init__(self, fetch):
        self.fetch, self.told, self.status = fetch, [], 204
        self.callbacks: dict[str, list[str]] = {}

    def take(self, fields):
        topic = fields["hub.topic"][0]
        if fields["hub.mode"] == ["subscribe"]:
            self.callbacks.setdefault(topic, []).append(fields["hub.callback"][0])
            return 202
        self.told.append(fields["hub.url"][0])
        for callback in self.callbacks.get(topic, []) if self.status < 300 else ():
            urlopen(Request(callback, data=self.fetch(topic), method="POST"), timeout=5)  # noqa: S310
        return self.status


@contextmanager
def listening(take):
    """Serve POSTs on this machine: `take` gets the body, and returns the status."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            status = take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def hub(settings):
    topics: dict[str, bytes] = {}
    hub = Hub(topics.__getitem__)
    hub.topics = topics
    with listening(lambda body: hub.take(parse_qs(body.decode()))) as url:
        settings.WEBSUB_HUB = hub.url = url
        yield hub


def run():
    """Do what the worker does: look around, and run the job if there is one. Returns the topics that were told."""
    look_around()
    told = []
    for job in Job.objects.filter(kind="websub_ping", state="queued"):
        work = Work(job)
        websub.ping(work, allowed_networks=HERE)
        told += [params["topic"] for _message, params in work.log]
        job.delete()
    return told


PODCAST, ATOM = (lambda: public_url(reverse("podcast_feed"))), (lambda: public_url(reverse("atom_feed")))


def make_audible(**fields):
    return make_episode(audio_url="https://a.example/1.mp3", **fields)


def test_subscriber_gets_a_new_episode_at_once(hub, client):
    make_audible(number="1", live=True)
    run()
    got = []
    with listening(lambda body: got.append(body) or 200) as subscriber:
        named = feedparser.parse(client.get("/feed.xml").content).feed.links
        topic = next(link.href for link in named if link.rel == "self")
        assert [link.href for link in named if link.rel == "hub"] == [hub.url]
        form = f"hub.mode=subscribe&hub.topic={topic}&hub.callback={subscriber}"
        urlopen(Request(hub.url, data=form.encode(), method="POST"), timeout=5)  # noqa: S310

        make_audible(number="2", title="新しい回", live=True)
        hub.topics[topic] = client.get("/feed.xml").content
        told = run()

    assert topic in told
    (feed,) = map(feedparser.parse, got)
    assert feed.entries[0].title == "2: 新しい回"


def test_hub_is_told_of_the_feeds_that_changed_and_of_no_others(hub):
    post = make_post(title="記事", live=True)
    episode = make_audible(number="1", live=True)
    assert set(run()) == {PODCAST(), ATOM(), public_url("/blog/feed.xml")}
    assert run() == []

    episode.title = "別の題"
    store(episode, user=None)
    assert set(run()) == {PODCAST(), ATOM()}

    transition(post, to="trashed", user=None, is_confirmed=True)
    assert set(run()) == {ATOM(), public_url("/blog/feed.xml")}


def test_draft_and_a_new_word_of_the_podcast_are_no_news(hub):
    make_audible(number="1", live=True)
    run()

    make_audible(number="2")
    Podcast(pk=1, title="番組", description="話").save()

    assert run() == []


def test_what_the_clock_makes_live_is_told(hub, monkeypatch):
    make_audible(number="1", live=True)
    at = timezone.now() + timedelta(hours=1)
    make_audible(number="2", publish_at=at)
    run()
    assert run() == []

    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(seconds=1))

    assert set(run()) == {PODCAST(), ATOM()}


def test_hub_that_refuses_is_asked_again_later_or_with_the_next_change(hub):
    make_audible(number="1", live=True)
    hub.status = 503
    look_around()
    job = Job.objects.get()
    with pytest.raises(FetchFailed, match="the hub answers 503"):
        websub.ping(Work(job), allowed_networks=HERE)
    Job.objects.update(state="failed")

    look_around()
    assert Job.objects.count() == 1
    Job.objects.update(queued_at=timezone.now() - timedelta(hours=2))
    look_around()
    assert Job.objects.count() == 2

    Job.objects.update(state="failed", queued_at=timezone.now())
    make_audible(number="2", live=True)
    look_around()
    assert Job.objects.filter(state="queued").count() == 1


def test_hub_inside_the_network_of_the_server_is_refused(hub):
    make_audible(number="1", live=True)
    look_around()

    with pytest.raises(FetchRefused):
        websub.ping(Work(Job.objects.get()))
    assert hub.told == []


def test_publishing_asks_nothing_of_the_hub(settings):
    settings.WEBSUB_HUB = "http://127.0.0.1:9/"

    make_audible(number="1", live=True)

    assert not Job.objects.exists() and not ToldHub.objects.exists()


def test_without_a_hub_the_feeds_name_none_and_the_worker_asks_nothing(client, django_assert_num_queries):
    make_audible(number="1", live=True)

    with django_assert_num_queries(0):
        websub.tell_hub_of_changes()
    assert b'rel="hub"' not in client.get("/feed.xml").content


@pytest.mark.parametrize("path", ["/feed.xml", "/atom.xml", "/blog/feed.xml"])
def test_feeds_that_the_hub_is_told_of_name_it(client, settings, path):
    settings.WEBSUB_HUB = "https://hub.example/"
    make_post(live=True)

    assert client.get(path).content.decode().count('rel="hub" href="https://hub.example/"') == 1


def test_feed_of_a_tag_names_no_hub(client, settings):
    settings.WEBSUB_HUB = "https://hub.example/"
    make_post(live=True, tags=("泡",))

    assert b'rel="hub"' not in client.get("/tags/泡/feed.xml").content
