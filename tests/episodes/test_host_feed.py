from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from episodes.host_feed import HostItem, fold_title, read_host_feed
from interaxion.content.syndication.xml_reading import XmlRefused

GUID = UUID("917393e3-1b1e-5cef-ace4-edaa54e1f810")
AUDIO = "https://audio.example/1.mp3"
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel><title>番組</title>{channel}{items}</channel></rss>"""
WHOLE = """<item><title><![CDATA[57: 格子の話]]></title><guid isPermaLink="false">abc-57</guid>
<pubDate>Wed, 01 Apr 2026 21:00:00 +0900</pubDate><itunes:duration>01:02:03</itunes:duration>
<enclosure url="https://audio.example/57.m4a" length="1234" type="audio/x-m4a"/></item>"""


def read(items="", channel=""):
    return read_host_feed(FEED.format(items=items, channel=channel).encode())


def test_item_has_what_an_episode_takes():
    assert read(WHOLE).items == (
        HostItem(
            guid="abc-57",
            title="57: 格子の話",
            number=Decimal(57),
            audio_url="https://audio.example/57.m4a",
            audio_bytes=1234,
            audio_type="audio/mp4",
            audio_seconds=3723,
            publish_at=datetime(2026, 4, 1, 12, 0, tzinfo=UTC),
        ),
    )


def test_item_of_a_title_alone_has_nothing_else():
    assert read("<item><title>格子の話</title></item>").items == (HostItem(guid="", title="格子の話"),)


@pytest.mark.parametrize(
    ("tags", "number"),
    [
        ("<title>57: 格子</title>", "57"),
        ("<title>#57 格子</title>", "57"),
        ("<title>Ep. 19.5 格子</title>", "19.5"),
        ("<title>第57回 格子</title>", "57"),
        ("<title>第５７回　格子</title>", "57"),
        ("<title>0. はじめに</title>", "0"),
        # A number that only begins the title is part of it.
        ("<title>10 questions</title>", None),
        ("<title>3D printing</title>", None),
        ("<title>2026年の話</title>", None),
        ("<title>格子</title><itunes:episode>57</itunes:episode>", "57"),
        ("<title>格子</title><itunes:episode>19</itunes:episode><itunes:episodeType>bonus</itunes:episodeType>", None),
        ("<title>19.5: 格子</title><itunes:episode>19</itunes:episode>", "19.5"),
        ("<title>格子</title><podcast:episode>19.5</podcast:episode><itunes:episode>19</itunes:episode>", "19.5"),
        ("<title>格子</title><podcast:episode>NaN</podcast:episode>", None),
        ("<title>格子</title><podcast:episode>x</podcast:episode><itunes:episode>57</itunes:episode>", "57"),
    ],
)
def test_number_is_read_from_where_it_is_exact(tags, number):
    (item,) = read(f"<item>{tags}</item>").items

    assert item.number == (Decimal(number) if number else None)


@pytest.mark.parametrize(
    ("spelled", "seconds"),
    [("3723", 3723), ("3723.6", 3724), ("62:03", 3723), ("1:02:03", 3723), ("01:02:03.5", 3723), ("", None),
     ("0", None), ("long", None), ("-5", None), ("1:99", None)],
)  # fmt: skip
def test_duration_is_read_in_every_spelling(spelled, seconds):
    (item,) = read(f"<item><title>a</title><itunes:duration>{spelled}</itunes:duration></item>").items

    assert item.audio_seconds == seconds


@pytest.mark.parametrize(
    ("enclosure", "expected"),
    [
        ('url="http://audio.example/1.mp3" length="1" type="audio/mpeg"', ("", 1, "audio/mpeg")),
        (
            'url="https://audio.example/1.mp3" length="" type="AUDIO/MP3"',
            ("https://audio.example/1.mp3", None, "audio/mpeg"),
        ),
        ('url="https://audio.example/1.mp3" length="-1" type="text/html"', ("https://audio.example/1.mp3", None, "")),
        ('url="https://audio.example/1.mp3" length="0"', ("https://audio.example/1.mp3", None, "")),
        (f'url="https://audio.example/{"a" * 500}"', ("", None, "")),
        ('url="javascript:alert(1)"', ("", None, "")),
    ],
)
def test_what_cannot_be_taken_of_an_enclosure_is_left(enclosure, expected):
    (item,) = read(f"<item><title>a</title><enclosure {enclosure}/></item>").items

    assert (item.audio_url, item.audio_bytes, item.audio_type) == expected


def test_wrong_date_is_none():
    (item,) = read("<item><title>a</title><pubDate>2026-04-01</pubDate></item>").items

    assert item.publish_at is None


@pytest.mark.parametrize(
    ("channel", "guid"),
    [
        (f"<podcast:guid>{GUID}</podcast:guid>", GUID),
        (f'<p:guid xmlns:p="https://podcastindex.org/namespace/1.0/">{GUID}</p:guid>', GUID),
        ("<podcast:guid>mine</podcast:guid>", None),
        ("", None),
    ],
)  # fmt: skip
def test_show_has_its_guid(channel, guid):
    assert read(channel=channel).guid == guid


def test_show_has_its_address():
    link = '<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://host.example/rss"/>'

    assert read(channel=link).address == "https://host.example/rss"


@pytest.mark.parametrize("document", [b"<html/>", b"<rss/>", b"<feed xmlns='http://www.w3.org/2005/Atom'/>"])
def test_what_is_no_feed_is_refused(document):
    with pytest.raises(XmlRefused, match="no RSS feed"):
        read_host_feed(document)


@pytest.mark.parametrize(
    ("one", "other"), [("57: 格子の話", "格子の話！"), ("#57 Lattice Talk", "lattice talk"), ("第57回 ｶﾞﾗｽ", "ガラス")]
)
def test_two_spellings_of_a_title_are_one(one, other):
    assert fold_title(one) == fold_title(other) != ""


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_title_and_duration_can_be_read(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\ufffe", "").replace("\uffff", "")
    item = (
        f"<item><title>{escaped}</title><itunes:duration>{escaped}</itunes:duration><pubDate>{escaped}</pubDate></item>"
    )

    assert len(read(item).items) == 1
