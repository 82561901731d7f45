"""Titles of URLs, fetched from a server on this machine that answers for every host."""

import ipaddress
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import pytest

from interaxion.content.saving.storing import store
from interaxion.desk.titles.views import ASKED, TitlesView
from interaxion.web import link_titles as titles
from interaxion.web.ssrf_guard import fetch
from tests.factories import make_episode, make_host, make_page, make_user

HERE = (ipaddress.ip_network("127.0.0.1/32"),)
TITLES = "/en/admin/titles/"
PAPER = "https://doi.org/10.1234/abc"
ANSWERS = {
    "https://export.arxiv.org/abs/1706.03762": "<title>[1706.03762] Attention Is All You Need</title>",
    "https://api.crossref.org/works/10.1234%2Fabc": {
        "message": {"title": ["More <i>Is</i> Different"], "container-title": ["Science"]}
    },
    "https://doi.org/10.5281/zenodo.7": "<title>A data set | Zenodo</title>",
    "https://www.youtube.com/oembed?url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DabcdefghijK&format=json": {
        "title": "格子の動画"
    },
    "https://publish.x.com/oembed?url=https%3A%2F%2Fx.com%2Fnagi%2Fstatus%2F12&omit_script=1": {
        "author_name": "なぎ",
        "html": "<blockquote><p>結晶 &amp; <a href='https://t.co/x'>金平糖</a></p>&mdash; なぎ</blockquote>",
    },
    "https://example.org/page": "<title>ただの頁</title>",
    "https://example.org/list": ["no", "title"],
}


class Answers(BaseHTTPRequestHandler):
    """Whatever the path names, in whole: `/https%3A//example.org/page`."""

    stop: threading.Event
    open_now = most_open = 0
    lock = threading.Lock()

    def do_GET(self):
        kind = type(self)
        with self.lock:
            kind.open_now += 1
            kind.most_open = max(kind.most_open, kind.open_now)
        known = ANSWERS.get(self.path[1:])
        if self.path.startswith("/slow"):
            self.stop.wait(5)
        body = known if isinstance(known, str) else json.dumps(known)
        with self.lock:
            kind.open_now -= 1
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/html" if isinstance(known, str) else "application/json")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def world():
    """Its port, its handler; it ends with the test."""
    handler = type("Handler", (Answers,), {"stop": threading.Event()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_port, handler
    handler.stop.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def get(world):
    port, _handler = world

    def ask(url: str, seconds: float = 5):
        here = f"http://127.0.0.1:{port}/{quote(url, safe='/:?&=%')}"
        return fetch(here, most_bytes=100_000, seconds=seconds, allowed_networks=HERE)

    return ask


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://arxiv.org/pdf/1706.03762v7", "Attention Is All You Need"),
        (PAPER, "More Is Different - Science"),
        ("https://doi.org/10.5281/zenodo.7", "A data set | Zenodo"),
        ("https://youtu.be/abcdefghijK?si=x", "格子の動画 - YouTube"),
        ("https://twitter.com/nagi/status/12", "なぎ: 結晶 & 金平糖"),
        ("https://example.org/page", "ただの頁"),
        ("https://example.org/list", ""),
        ("https://example.org/nothing", ""),
        ("mailto:a@example.org", ""),
    ],
)
def test_title_is_fetched_from_the_best_source(get, url, title):
    assert titles.find_title(url, get) == title


def test_titles_are_fetched_four_at_once_and_within_the_time(world, get, monkeypatch):
    _port, handler = world
    monkeypatch.setattr(titles, "SECONDS", 1.0)
    urls = [f"https://example.org/{number}" for number in range(8)]

    def ask(url: str, seconds: float):
        assert seconds <= 1
        return fetch(
            f"http://127.0.0.1:{world[0]}/slow", most_bytes=100, seconds=max(seconds, 0), allowed_networks=HERE
        )

    assert titles.find_titles(urls, ask) == {}
    assert handler.most_open <= 4


@pytest.mark.postgres
def test_url_is_fetched_without_characters_that_no_database_takes(client, db):
    client.force_login(make_host())

    assert client.post(TITLES, {"url": "http://127.0.0.1:1/\0"}).json()["titles"] == {}


def test_guard_refuses_the_machine_itself(client, db):
    client.force_login(make_host())
    url = "http://127.0.0.1:1/"

    assert client.post(TITLES, {"url": [url, "http://169.254.169.254/", "file:///etc/passwd"]}).json() == {
        "titles": {},
        "before": {},
    }


@pytest.mark.django_db
def test_titles_answer_links_of_this_site_from_the_database(client):
    client.force_login(make_host())
    make_episode(number="19.5", title="格子の話", live=True)
    make_episode(number="20", title="下書きの話")
    hidden = make_page(title="見せない頁", path="/hidden")
    store(hidden, user=None)
    urls = [f"http://testserver{path}" for path in ("/19-5", "/en/19-5#t-90", "/20-draft", "/hidden", "/no-such", "/")]

    answer = client.post(TITLES, {"url": urls}).json()

    # A host may not see plain pages that are no page yet.
    assert answer["titles"] == {
        urls[0]: "19.5: 格子の話",
        urls[1]: "19.5: 格子の話",
        urls[2]: "20: 下書きの話",
    }


@pytest.mark.django_db
def test_titles_say_where_a_link_was_discussed_before(client):
    client.force_login(make_host())
    make_episode(
        number="36", notes=f"### 0:00 始\n\n### 1:02:10 話\n\n- [論文]({PAPER})\n- [同じ]({PAPER})\n", live=True
    )
    make_episode(number="37", notes=f"### 0:00 話\n\n- [論文]({PAPER})\n")

    before = client.post(TITLES, {"url": ["https://dx.doi.org/10.1234/ABC"]}).json()["before"]

    assert before == {"https://dx.doi.org/10.1234/ABC": [{"words": "36 at 1:02:10", "url": "/en/36#t-3730"}]}


@pytest.mark.django_db
def test_titles_are_escaped_for_markdown(client, world, monkeypatch):
    port, _handler = world
    monkeypatch.setitem(ANSWERS, "page", "<title>[PDF] **a** `b`</title>")
    monkeypatch.setattr(TitlesView, "allowed_networks", HERE)
    client.force_login(make_host())
    url = f"http://127.0.0.1:{port}/page"

    assert client.post(TITLES, {"url": url}).json()["titles"] == {url: r"\[PDF\] \*\*a\*\* \`b\`"}


@pytest.mark.django_db
def test_titles_are_for_those_who_write_and_not_without_end(client):
    assert client.post(TITLES, {"url": "http://127.0.0.1/"}).status_code == 302
    client.force_login(make_user(is_superuser=False))
    assert client.post(TITLES, {"url": "http://127.0.0.1/"}).status_code == 302
    client.force_login(make_host())

    assert client.post(TITLES, {"url": [f"http://127.0.0.1/{n}" for n in range(21)]}).status_code == 400
    statuses = [
        client.post(TITLES, {"url": [f"http://testserver/{n}-{m}" for m in range(20)]}).status_code
        for n in range(ASKED.most // 20 + 1)
    ]

    assert statuses[0] == 200 and statuses[-1] == 429
