"""Tags that apps read beside the episode, by the rules of the podcast namespace and as partytime reads them back."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError

from episodes.checks import check_episode
from episodes.feed.app_tags import put_prefix, transcript_type
from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.parts.part import Part
from tests.factories import make_episode

pytestmark = pytest.mark.django_db

PODCAST = "{https://podcastindex.org/namespace/1.0}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
AT = datetime(2026, 4, 1, 12, tzinfo=UTC)
NOTES = "### 0:00 はじめに\n\n### 1:30 格子\n\n### 2:10 泡\n"


def make_audible(**fields):
    defaults = {"audio_url": "https://audio.example/a.mp3", "audio_bytes": 9, "audio_seconds": 600, "notes": NOTES}
    return make_episode(**defaults | {"publish_at": AT} | fields)


def channel_of(client):
    return ElementTree.fromstring(client.get("/feed.xml").content).find("channel")


@pytest.mark.parametrize(
    ("line", "start", "duration", "title"),
    [
        ("1:30", "90.0", "40.0", "格子"),
        ("1:30-1:50", "90.0", "20.0", "格子"),
        ("１：３０〜１：５０", "90.0", "20.0", "格子"),
        ("2:10", "130.0", "120.0", "泡"),  # no longer than a sample may be
        ("3:00", "180.0", "120.0", None),
    ],
)
def test_soundbite_plays_its_section(client, line, start, duration, title):
    make_audible(soundbites=[line])

    (tag,) = channel_of(client).iter(f"{PODCAST}soundbite")

    assert (tag.attrib, tag.text) == ({"startTime": start, "duration": duration}, title)


@pytest.mark.parametrize("line", ["soon", "1:30-", "-1:30", "1:30-1:30", "2:00-1:00"])
def test_soundbite_that_is_no_time_is_refused(line):
    with pytest.raises(ValidationError, match="12:30-13:10"):
        make_episode(soundbites=[line])


def test_soundbite_where_no_section_begins_is_a_warning():
    episode = make_audible(soundbites=["1:31", "1:30"])

    (problem,) = [p for p in check_episode(episode) if p.field == "soundbites"]
    assert "1:31" in problem.message and "1:30" not in problem.message


@pytest.mark.parametrize(
    ("url", "protocol", "account"),
    [
        ("https://fedi.example/@oka/109000000000000001", "activitypub", "@oka"),
        ("https://fedi.example/users/oka/statuses/1", "activitypub", None),
        ("https://bsky.app/profile/oka.example/post/3kabc", "bluesky", "@oka.example"),
    ],
)
def test_post_for_comments_names_its_protocol(client, url, protocol, account):
    make_audible(social_posts=[url])

    (tag,) = channel_of(client).iter(f"{PODCAST}socialInteract")

    assert tag.attrib == {"uri": url, "protocol": protocol, "priority": "1"} | (
        {"accountId": account} if account else {}
    )


@pytest.mark.parametrize(
    ("url", "content_type"),
    [
        ("https://host.example/57.vtt?x=1", "text/vtt"),
        ("https://host.example/57.SRT", "application/x-subrip"),
        ("https://host.example/57", "text/plain"),
    ],
)
def test_transcript_on_another_host_has_its_type(client, url, content_type):
    make_audible(transcripts_elsewhere=[url])

    (tag,) = channel_of(client).iter(f"{PODCAST}transcript")

    assert tag.attrib == {"url": url, "type": content_type} == {"url": url, "type": transcript_type(url)}


def test_trailers_are_named_in_the_channel_too(client):
    make_audible(number=None, title="予告編", episode_type=Episode.Type.TRAILER, season=2)
    make_audible(number="1")

    channel = channel_of(client)

    (trailer,) = channel.findall(f"{PODCAST}trailer")
    assert trailer.text == "予告編"
    assert trailer.attrib == {
        "url": "https://audio.example/a.mp3",
        "pubdate": "Wed, 01 Apr 2026 12:00:00 +0000",
        "length": "9",
        "type": "audio/mpeg",
        "season": "2",
    }
    assert len(channel.findall("item")) == 2


def test_prefix_stands_before_each_audio_and_makes_no_item_anew(client):
    make_audible(social_posts=["https://fedi.example/@oka/1"])
    stored = set(Part.objects.values_list("text", flat=True))

    Podcast(pk=1, title="番組", audio_prefix="https://count.example/e/").save()

    assert channel_of(client).find("item/enclosure").get("url") == "https://count.example/e/audio.example/a.mp3"
    assert set(Part.objects.values_list("text", flat=True)) == stored


def test_prefix_is_put_before_the_enclosure_alone():
    item = '<item><title>&lt;enclosure url="https://</title><enclosure url="https://a.example/1.mp3" /></item>'

    assert put_prefix(item, "https://c.example/").count("https://c.example/a.example/1.mp3") == 1
    assert put_prefix(item, "") == item


@pytest.mark.parametrize(("is_serial", "kind"), [(True, "serial"), (False, "episodic")])
def test_show_says_in_which_order_it_is_heard(client, is_serial, kind):
    Podcast(pk=1, title="番組", is_serial=is_serial).save()

    assert channel_of(client).findtext(f"{ITUNES}type") == kind


@pytest.mark.parametrize(
    ("address", "stored", "told"),
    [
        ("https://audio.example/a.opus", "", "audio/opus"),
        ("https://audio.example/a.OGG?x=1", "", "audio/ogg"),
        ("https://audio.example/a", "video/mp4", "video/mp4"),
    ],
)
def test_type_of_open_formats_and_video_is_told_as_it_is(client, address, stored, told):
    make_audible(audio_url=address, audio_type=stored)

    assert channel_of(client).find("item/enclosure").get("type") == told


def test_format_that_apple_does_not_take_is_a_warning():
    rules = {p.rule: p.level for p in check_episode(make_audible(audio_url="https://audio.example/a.opus"))}

    assert rules["item-enclosure-apple"] == "warning"
    assert "item-enclosure-type" not in rules


@pytest.mark.node
def test_partytime_reads_the_tags(client, partytime):
    make_audible(
        soundbites=["1:30"],
        social_posts=["https://fedi.example/@oka/1"],
        transcripts_elsewhere=["https://host.example/1.vtt"],
    )
    make_audible(number=None, title="予告編", episode_type=Episode.Type.TRAILER)

    read = partytime(client.get("/feed.xml").content.decode())

    assert [trailer["url"] for trailer in read["trailers"]] == ["https://audio.example/a.mp3"]
    item = next(item for item in read["items"] if item["title"].startswith("1:"))
    (bite,), (post,) = item["podcastSoundbites"], item["podcastSocialInteraction"]
    assert (bite["startTime"], bite["duration"], bite["title"]) == (90, 40, "格子")
    assert [each["type"] for each in item["podcastTranscripts"]] == ["text/vtt"]
    assert (post["platform"], post["id"], post["url"]) == ("activitypub", "@oka", "https://fedi.example/@oka/1")
