"""Episodes in frames of other sites, and oEmbed."""

import re
from html import unescape

import pytest

from tests.factories import make_episode, make_post

pytestmark = pytest.mark.django_db

SITE = "https://show.example"
AUDIO = {"audio_url": "https://audio.example/57.mp3", "audio_seconds": 600}
NOTES = "### 0:10 はじめに\n\nあ\n\n### 5:00 格子\n\nい\n"


@pytest.fixture(autouse=True)
def site_url(settings):
    settings.SITE_URL = SITE


def test_player_may_stand_in_frames_of_other_sites_and_no_other_page_may(client):
    make_episode(number="57", title="格子の話", notes=NOTES, live=True, **AUDIO)

    frame, page = client.get("/57/embed"), client.get("/57")

    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame.headers
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    assert client.get("/57/embed").headers == frame.headers  # as it is kept
    html = frame.content.decode()
    assert 'src="https://audio.example/57.mp3"' in html
    assert re.findall(r'<li><a href="/57#([^"]+)"', html) == ["t-10", "t-300"]


def test_frame_follows_its_page(client):
    episode = make_episode(number="19.5", live=True, **AUDIO)

    assert client.get("/19.5/embed?t=90").headers["Location"] == "/19-5/embed?t=90"
    assert client.get("/en/19-5/embed").status_code == 200
    episode.delete()
    assert client.get("/19-5/embed").status_code == 404


@pytest.mark.parametrize("fields", [{"live": True}, {"notes": "draft", **AUDIO}])
def test_what_cannot_be_heard_has_no_frame(client, fields):
    episode = make_episode(number="57", **fields)

    assert client.get(f"{episode.path}/embed").status_code == 404
    assert client.get("/oembed", {"url": SITE + episode.path}).status_code == 404


def test_page_at_the_same_address_stays(client):
    make_post(path="/blog/embed", title="埋め込み", live=True)

    assert "埋め込み" in client.get("/blog/embed").content.decode()


def test_oembed_tells_other_sites_of_the_frame(client):
    make_episode(number="57", title="<格子> の話", live=True, **AUDIO)
    (discovered,) = re.findall(
        r'type="application/json\+oembed"[^>]* href="([^"]+)"', client.get("/57").content.decode()
    )

    answer = client.get(unescape(discovered).removeprefix(SITE))

    told = answer.json()
    assert (told["version"], told["type"], told["title"]) == ("1.0", "rich", "57: <格子> の話")
    assert f'src="{SITE}/57/embed"' in told["html"]
    assert 'title="57: &lt;格子&gt; の話"' in told["html"]
    assert (told["thumbnail_width"], told["thumbnail_url"][: len(SITE)]) == (1200, SITE)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("asked", "size", "address"),
    [
        ({"url": f"{SITE}/en/57?t=90"}, (720, 360), "/57/embed?t=90"),
        ({"url": f"{SITE}/57/", "maxwidth": "400", "maxheight": "100"}, (400, 280), "/57/embed"),
        ({"url": f"{SITE}/57", "maxwidth": "many"}, (720, 360), "/57/embed"),
    ],
)
def test_oembed_keeps_to_what_is_asked(client, asked, size, address):
    make_episode(number="57", live=True, **AUDIO)

    told = client.get("/oembed", asked).json()

    assert (told["width"], told["height"]) == size
    assert f'src="{SITE}{address}"' in told["html"]


@pytest.mark.parametrize("url", ["", "https://other.example/57", f"{SITE}/99", f"{SITE}/blog/one", "::", "https://[x"])
def test_oembed_knows_only_episodes_of_this_site(client, url):
    make_episode(number="57", live=True, **AUDIO)
    make_post(path="/blog/one", live=True)

    assert client.get("/oembed", {"url": url}).status_code == 404


def test_oembed_speaks_json_alone(client):
    assert client.get("/oembed", {"format": "xml"}).status_code == 501
