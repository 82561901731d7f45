"""The feed of the host with the audio, followed by itself."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from episodes.models import Episode
from episodes.podcast import Podcast
from episodes.whole_show import following
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.work import Work
from tests.factories import make_editor, make_episode, make_host
from tests.file_server import serve_files
from tests.web_server import HERE

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

AT = datetime(2026, 4, 1, 12, tzinfo=UTC)


def item(number, title, *, guid=""):
    return (
        f"<item><title>{number}: {title}</title><guid>{guid or f'host-{number}'}</guid>"
        f"<link>https://podcasters.spotify.com/pod/show/slope/episodes/{number}-e1abcd</link>"
        "<pubDate>Wed, 01 Apr 2026 12:00:00 GMT</pubDate>"
        "<itunes:duration>60:00</itunes:duration>"
        f'<enclosure url="https://a.example/{number}.mp3" length="5" type="audio/mpeg"/></item>'
    )


def feed(*items, address="https://host.example/rss"):
    return (
        '<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom">'
        f'<channel><title>番組</title><atom:link rel="self" href="{address}"/>{"".join(items)}</channel></rss>'
    ).encode()


@pytest.fixture
def host():
    files: dict[str, bytes] = {}
    with serve_files(files) as url:
        files["address"] = url.encode()
        yield files


def run(host):
    Podcast.objects.update_or_create(
        pk=1, defaults={"title": "番組", "followed_feed": f"{host['address'].decode()}/rss"}
    )
    work = Work(following.queue_following(user=None))
    following.follow(work, allowed_networks=HERE)
    Job.objects.all().delete()
    return [message % params for message, params in work.log]


def test_episode_of_the_week_takes_sound_identity_and_player(host):
    episode = make_episode(number="57", title="格子の話", publish_at=timezone.now() + timedelta(days=2))
    host["/rss"] = feed(item("57", "格子の話"), item("56", "別の話"))

    said = run(host)

    before, episode = episode, Episode.objects.get()
    assert (episode.guid, episode.audio_url) == ("host-57", "https://a.example/57.mp3")
    assert (episode.audio_bytes, episode.audio_seconds) == (5, 3600)
    assert (episode.player_provider, "57-e1abcd" in episode.player_id) == ("spotify", True)
    # A machine publishes nothing: the day stays the one that somebody set.
    assert episode.publish_at == before.publish_at and not episode.is_live()
    assert said[0].startswith("/57 takes guid, audio_url")
    assert said[1:] == ["“56: 別の話” is no episode here yet"]


def test_second_look_changes_nothing(host):
    make_episode(number="57", title="格子の話")
    host["/rss"] = feed(item("57", "格子の話"))
    run(host)
    version = Episode.objects.get().version

    assert run(host) == []
    assert Episode.objects.get().version == version


def test_player_that_somebody_chose_stays(host):
    make_episode(number="57", title="格子の話", player_provider="youtube", player_id="dQw4w9WgXcQ")
    host["/rss"] = feed(item("57", "格子の話"))

    run(host)

    assert Episode.objects.get().player_provider == "youtube"


def test_item_in_doubt_is_told_and_takes_nothing(host):
    make_episode(number="56", title="格子の話")
    make_episode(number="57", title="泡の話")
    host["/rss"] = feed(item("57", "格子の話"))

    said = run(host)

    assert any("nothing is taken" in line or "何も取り込みません" in line for line in said)
    assert not Episode.objects.exclude(guid_taken_from="").exists()


def test_own_feed_is_not_followed(host, settings):
    make_episode(number="57", title="格子の話")
    host["/rss"] = feed(item("57", "格子の話"), address=f"{settings.SITE_URL}/feed.xml")

    with pytest.raises(following.OwnFeed):
        run(host)


def test_tick_asks_the_host_once_in_a_while():
    call_command("tick", links=0)
    assert not Job.objects.exists()  # no feed is named

    Podcast(pk=1, title="番組", followed_feed="http://127.0.0.1:9/rss").save()
    following.queue_if_due()
    assert not Job.objects.exists()  # no episode waits

    make_episode(number="57")
    following.queue_if_due()
    following.queue_if_due()
    Job.objects.update(state="done", ended_at=timezone.now())
    following.queue_if_due()
    assert Job.objects.count() == 1

    Job.objects.update(queued_at=timezone.now() - timedelta(minutes=31))
    following.queue_if_due()
    assert Job.objects.count() == 2


def test_button_is_for_who_may_publish_and_leads_to_the_job(client):
    Podcast(pk=1, title="番組", followed_feed="https://host.example/rss").save()
    client.force_login(make_host())
    assert client.post("/admin/episodes/podcast/follow/").status_code == 403
    client.force_login(make_editor())

    assert (
        'action="/admin/episodes/podcast/follow/"' in client.get("/admin/episodes/podcast/1/change/").content.decode()
    )
    answer = client.post("/admin/episodes/podcast/follow/")

    assert answer.url == f"/admin/jobs/{Job.objects.get().pk}/"
