"""What the pages of speakers say of them."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from episodes.filters.beside import find_beside
from episodes.models import Appearance, Episode
from episodes.people import records
from episodes.people.records import SpeakerRecord, find_records
from episodes.people.speakers import Speaker
from episodes.podcast import Podcast
from interaxion.content.publishing.site_state import SiteState
from tests.factories import make_chapter, make_course, make_episode, make_post, make_speaker
from tests.html_pages import html_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def people():
    """岡 hosts two live episodes and is a guest in one, twice with 湊, once with 灘."""
    oka, minato, nada = (
        make_speaker(name=name, reading=reading) for name, reading in (("岡", "おか"), ("湊", "みなと"), ("灘", "なだ"))
    )
    make_episode(number="1", speakers=(oka, minato), publish_at=datetime(2024, 5, 1, tzinfo=UTC))
    make_episode(number="2", speakers=(minato, oka, nada), publish_at=datetime(2025, 5, 1, tzinfo=UTC))
    last = make_episode(number="3", speakers=(oka,), publish_at=datetime(2026, 5, 1, tzinfo=UTC))
    Appearance.objects.filter(episode=last).update(role="guest")
    make_episode(number="4", speakers=(oka, nada, make_speaker(name="隠れた人")))
    return oka, minato, nada


@pytest.mark.parametrize("few", [records.FEW, 0])
def test_record_tells_roles_and_the_first_and_last_episode(people, monkeypatch, few):
    monkeypatch.setattr(records, "FEW", few)
    oka = people[0]

    first_at, last_at = datetime(2024, 5, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)
    assert find_records([oka], with_dates=True) == {oka.pk: SpeakerRecord(3, 1, first_at, last_at)}


def test_somebody_who_never_spoke_has_no_record():
    assert find_records([make_speaker()]) == find_records([]) == {}


def test_no_role_is_counted_where_none_is_said(client, people):
    Appearance.objects.update(role="")

    record = find_records(people)[people[0].pk]
    html = html_of(client.get("/en" + people[0].path)).replace("<wbr>", "")

    assert (record.total, record.as_guest) == (3, 0)
    assert ">3 episodes<" in html
    assert "guest" not in html.lower()


def test_company_is_counted_over_live_episodes(people):
    oka, minato, nada = people

    company = find_beside(oka, 3).company

    assert company == [(minato, 2), (nada, 1)]


def test_page_shows_the_record(client, people):
    html = html_of(client.get("/en" + people[0].path)).replace("<wbr>", "")

    assert ">3 episodes<" in html
    assert "guest in 1 episode<" in html
    assert html.index("First appearance") < html.index('href="/en/1"') < html.index("Last appearance")
    assert 'href="/en/1"' in html
    assert "2 episodes together" in html
    assert "隠れた人" not in html
    assert "/en/episodes/?speaker=" in html


def test_list_shows_roles_and_years_in_reading_order(client, people):
    html = html_of(client.get("/en/speakers/"))

    assert [html.index(name) for name in ("岡", "灘", "湊")] == sorted(html.index(name) for name in ("岡", "灘", "湊"))
    assert '<time datetime="2024">2024</time>–<time datetime="2026">2026</time>' in html
    assert "隠れた人" not in html


def test_list_stands_in_reading_order_on_every_database(client):
    names = ["いぬい", "カナリヤ", "Oka", "木下"]
    others = [make_speaker(name=name) for name in reversed(names)]
    make_post(authors=(make_speaker(name="井上", reading="いのうえ"), *others), live=True)

    assert [speaker.name for speaker in Speaker.objects.in_reading_order()] == ["いぬい", "井上", *names[1:]]
    html = html_of(client.get("/speakers/"))
    assert re.findall('class="speaker-name">([^<]+)<', html) == ["いぬい", "井上", *names[1:]]


def test_company_of_the_same_frequency_is_in_reading_order():
    oka, *others = (make_speaker(name=name) for name in ("岡", "木下", "Bob", "ろくろ", "カンナ"))
    make_episode(speakers=(oka, *others), live=True)

    company = find_beside(oka, 1).company

    assert [speaker.name for speaker, _count in company] == ["カンナ", "ろくろ", "Bob", "木下"]


def test_list_says_what_somebody_has_written(client):
    author = make_speaker(name="書く人")
    for live in (True, True, False):
        make_post(authors=(author,), live=live)
    for course in (make_course(live=True), make_course()):  # nobody sees the second
        make_chapter(course=course, live=True).replace_authors([author])

    html = html_of(client.get("/en/speakers/"))

    assert "2 posts<" in html
    assert "1 chapter<" in html


def test_list_and_feed_answer_beyond_a_thousand_episodes(client):
    """More than SQLite takes conditions in one question, and as many people."""
    live = {
        "status": "published",
        "publish_at": datetime(2024, 5, 1, tzinfo=UTC),
        "audio_url": "https://a.example/a.mp3",
    }
    episodes = [Episode(number=n, title=f"回{n}", path=f"/{n}", **live) for n in range(1, 1101)]
    episodes = Episode.objects.bulk_create(episodes)
    people = [Speaker(name=f"人{n}", slug=f"p{n}") for n in range(len(episodes))]
    people = Speaker.objects.bulk_create(people)
    hosts = [Appearance(episode=episode, speaker=people[0], role="host") for episode in episodes]
    guests = [Appearance(episode=e, speaker=s, role="guest") for e, s in zip(episodes[1:], people[1:], strict=True)]
    Appearance.objects.bulk_create(hosts + guests)

    html = html_of(client.get("/en/speakers/"))

    assert "人0" in html and "1100" in html.replace(",", "")
    assert client.get("/feed.xml").status_code == 200


def test_page_asks_as_often_for_three_episodes_as_for_one(client):
    def count() -> int:
        SiteState.rise()  # nothing that was kept is shown
        with CaptureQueriesContext(connection) as queries:
            assert client.get(speaker.path).status_code == 200
        return len(queries)

    speaker = make_speaker()
    make_episode(speakers=(speaker, make_speaker()), live=True)
    count()  # content types are asked for once
    with_one = count()
    make_episode(speakers=(speaker, make_speaker()), live=True)
    make_episode(speakers=(speaker, make_speaker()), live=True)

    assert count() == with_one


def test_list_has_hosts_first_and_those_who_only_write_last(client):
    host, guest, author = make_speaker(name="んの"), make_speaker(name="いの"), make_speaker(name="あの")
    make_episode(speakers=(host, guest), live=True)
    make_post(authors=(author,), live=True)
    podcast = Podcast(pk=1, title="番組")
    podcast.save()
    podcast.hosts.add(host)

    main = html_of(client.get("/speakers/")).partition("<main")[2]

    shown = re.findall(r'class="speaker-name">([^<]+)|<h2 class="speakers-heading">\s*(\S+)', main)
    assert ["".join(each) for each in shown] == ["ホスト", "んの", "出演者", "いの", "執筆者", "あの"]
