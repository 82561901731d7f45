"""`import_feed`: an existing host's feed onto our episodes."""

import threading
from datetime import UTC, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError

from episodes.feed_import import match_items
from episodes.host_feed import HostItem
from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.publishing.storing import store
from interaxion.content.publishing.transitions import transition
from tests.factories import make_episode

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

AT = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)


def item(number="57", *, guid="", title="格子の話", url="", length="1234", duration="3723"):
    return (
        f"<item><title>{number}: {title}</title><guid>{guid or f'host-{number}'}</guid>"
        f"<pubDate>Wed, 01 Apr 2026 12:00:00 GMT</pubDate><itunes:duration>{duration}</itunes:duration>"
        f'<enclosure url="{url or f"https://audio.example/{number}.mp3"}" length="{length}" type="audio/mpeg"/></item>'
    )


@pytest.fixture
def feed_of(tmp_path):
    """Writes a feed of these items and returns its path."""

    def write(*items, channel=""):
        file = tmp_path / "host.xml"
        file.write_text(
            '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
            ' xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom">'
            f"<channel><title>番組</title>{channel}{''.join(items)}</channel></rss>"
        )
        return str(file)

    return write


def run(feed, capsys, **options):
    call_command("import_feed", feed, **options)
    return capsys.readouterr().out.splitlines()


def test_episode_takes_what_its_item_says(feed_of, capsys):
    episode = make_episode(number="57", live=True)

    said = run(feed_of(item("57")), capsys)

    episode.refresh_from_db()
    assert episode.guid == "host-57"
    assert (episode.audio_url, episode.audio_bytes) == ("https://audio.example/57.mp3", 1234)
    assert (episode.audio_type, episode.audio_seconds) == ("audio/mpeg", 3723)
    assert episode.publish_at == AT
    assert episode.is_live()
    assert said == ["updated: /57 guid, audio_url, audio_bytes, audio_type, audio_seconds, publish_at"]


def test_second_run_changes_nothing(feed_of, capsys):
    episode = make_episode(number="57", live=True)
    feed = feed_of(item("57"))
    run(feed, capsys)
    version = Episode.objects.get(pk=episode.pk).version

    assert run(feed, capsys) == ["unchanged: /57"]
    assert Episode.objects.get(pk=episode.pk).version == version


def test_what_was_taken_stays_whatever_the_feed_says_later(feed_of, capsys):
    episode = make_episode(number="57", live=True)
    run(feed_of(item("57")), capsys)

    said = run(feed_of(item("57", guid="another", length="9")), capsys)

    episode.refresh_from_db()
    assert (episode.guid, episode.audio_bytes) == ("host-57", 1234)
    assert said[0] == "unchanged: /57"
    assert said[1:] == [
        "  /57: guid stays as it is: the feed now says another",
        "  /57: audio_bytes stays as it is: the feed now says 9",
    ]


def test_overwrite_takes_new_audio_and_never_a_new_guid(feed_of, capsys):
    episode = make_episode(number="57", live=True)
    run(feed_of(item("57")), capsys)

    run(feed_of(item("57", guid="another", length="9")), capsys, overwrite=True)

    episode.refresh_from_db()
    assert (episode.guid, episode.audio_bytes) == ("host-57", 9)


def test_nobody_can_change_a_guid_that_was_taken(feed_of, capsys):
    make_episode(number="57", live=True)
    run(feed_of(item("57")), capsys)
    episode = Episode.objects.get(number=57)
    episode.guid = "mine"

    with pytest.raises(ValidationError, match="GUID"):
        store(episode, user=None)


def test_dry_run_writes_nothing(feed_of, capsys):
    episode = make_episode(number="57", live=True)

    said = run(
        feed_of(item("57"), channel='<atom:link rel="self" href="https://host.example/rss"/>'), capsys, dry_run=True
    )

    assert said[1].startswith("updated: /57 guid")
    assert said[-1] == "Nothing was written."
    assert Episode.objects.get(pk=episode.pk).version == episode.version
    assert Podcast.current().guid is None


def test_decimal_episode_is_not_its_whole_neighbour(feed_of, capsys):
    whole, half = make_episode(number="19"), make_episode(number="19.5")
    numbers = "<itunes:episode>19</itunes:episode>"

    run(feed_of(item("19.5").replace("</item>", numbers + "</item>"), item("19")), capsys)

    whole.refresh_from_db(), half.refresh_from_db()
    assert (whole.guid, half.guid) == ("host-19", "host-19.5")


def test_unmatched_items_and_episodes_are_named(feed_of, capsys):
    make_episode(number="1", title="一つ目")

    said = run(feed_of(item("2", title="二つ目")), capsys)

    assert said == ["unmatched: 2 “2: 二つ目”", "not in the feed: /1-draft"]


def test_item_without_a_guid_fails_and_the_others_stay(feed_of, capsys):
    make_episode(number="1")
    make_episode(number="2")

    with pytest.raises(SystemExit):
        run(feed_of(item("1").replace("host-1", " "), item("2")), capsys)

    assert "failed: /1-draft" in capsys.readouterr().out
    assert Episode.objects.get(number=2).guid == "host-2"


def test_guid_that_an_episode_in_the_trash_has_is_refused(feed_of, capsys):
    trashed = make_episode(number="1", guid="host-2", live=True)
    transition(trashed, to="trashed", user=None)
    make_episode(number="2")

    with pytest.raises(SystemExit):
        run(feed_of(item("2")), capsys)

    assert "failed: /2-draft" in capsys.readouterr().out
    assert Episode.objects.get(guid="host-2") == trashed


@pytest.mark.parametrize(
    ("channel", "guid"),
    [
        ("<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        # The example of the specification: the GUID follows from the address.
        ('<atom:link rel="self" href="https://podnews.net/rss"/>', "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("", "None"),
    ],
)
def test_show_keeps_the_guid_that_directories_know(feed_of, capsys, channel, guid):
    run(feed_of(item("57"), channel=channel), capsys)

    assert str(Podcast.current().guid) == guid


def test_show_keeps_a_guid_that_somebody_typed(feed_of, capsys):
    Podcast(pk=1, title="番組", guid="9b024349-ccf0-5f69-a609-6b82873eab3c").save()

    run(feed_of(item(), channel="<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>"), capsys)

    assert str(Podcast.current().guid) == "9b024349-ccf0-5f69-a609-6b82873eab3c"


# Matching


def host_item(guid, title, number=None):
    return HostItem(guid=guid, title=title, number=Decimal(number) if number else None)


def numbers_of(matches):
    return [episode.number if episode else None for _, episode in matches]


def test_guid_goes_before_number_and_number_before_title():
    by_guid = Episode(pk=1, number=Decimal(1), guid="a", title="一")
    by_number = Episode(pk=2, number=Decimal(2), guid="x", title="二")
    by_title = Episode(pk=3, number=Decimal(3), guid="y", title="三つ目")
    items = [host_item("z", "三つ目"), host_item("q", "一", "2"), host_item("a", "二", "2")]

    # Two items say that they are number 2, but one of them has the GUID of number 1.
    assert numbers_of(match_items(items, [by_guid, by_number, by_title])) == [3, 2, 1]


def test_title_of_two_episodes_names_neither():
    twins = [Episode(pk=pk, number=Decimal(pk), guid=str(pk), title="雑談") for pk in (1, 2)]

    assert numbers_of(match_items([host_item("z", "雑談")], twins)) == [None]


def test_episode_zero_is_matched_by_its_number():
    zero = Episode(pk=1, number=Decimal(0), guid="a", title="はじめに")

    assert numbers_of(match_items([host_item("z", "別の題", "0")], [zero])) == [0]


# What cannot be read


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<html></html>", "no RSS feed"),
        ("<rss><channel>", "not well-formed"),
        ('<!DOCTYPE rss [<!ENTITY x "y">]><rss/>', "document type"),
        ("<rss><channel/></rss>", "no item"),
    ],
)
def test_file_that_is_no_feed_is_refused_with_the_reason(tmp_path, content, message):
    file = tmp_path / "feed.xml"
    file.write_text(content)

    with pytest.raises(CommandError, match=message):
        call_command("import_feed", str(file))


def test_file_that_is_missing_is_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_feed", str(tmp_path / "none.xml"))


def test_address_inside_the_network_is_refused_with_a_cure():
    """The guard lets no command reach this machine, though something answers there."""
    server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()

    with pytest.raises(CommandError, match="not a public address.*give the file instead"):
        call_command("import_feed", f"http://127.0.0.1:{server.server_port}/feed.xml")

    server.shutdown()
    server.server_close()
    thread.join()
