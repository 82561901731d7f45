from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from episodes.host_feed.reading import HostItem, read_host_feed, secure
from episodes.host_feed.titles import read_title
from interaxion.web.xml_reading import XmlRefused

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
            audio_url="https://audio.example/57.m4a",
            audio_bytes=1234,
            audio_type="audio/mp4",
            audio_seconds=3723,
            publish_at=datetime(2026, 4, 1, 12, 0, tzinfo=UTC),
        ),
    )


def test_item_of_a_title_alone_has_nothing_else():
    (item,) = read("<item><title>格子の話</title></item>").items

    assert item == HostItem(guid="", title="格子の話", notes=item.notes)
    assert [str(note) for note in item.notes] == ["the item has no audio"]


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("57: 格子", "57"),
        ("57：格子", "57"),
        ("57:3次元", "57"),
        ("#57 格子", "57"),
        ("Ep. 19.5 格子", "19.5"),
        ("第57回 格子", "57"),
        ("第５７回　格子", "57"),
        ("第57回「格子」", "57"),
        ("0. はじめに", "0"),
        ("格子の番組 #3", "3"),
        ("格子の番組 ep.2 泡の話", "2"),
        ("泡の話 (第1回)", "1"),
        ("泡の話【第12.5回】", "12.5"),
        ("#3 第1回の学会", "3"),
        # A number that only begins a title, or stands in its middle, is part of it.
        ("10 questions", None),
        ("3D printing", None),
        ("3-D printing", None),
        ("2.5次元の話", None),
        ("10:30からの話", None),
        ("2026年の話", None),
        ("学会の第1回の話", None),
        ("前の #3 と次の #4", None),
    ],
)
def test_number_is_read_from_a_title_where_it_stands_by_itself(title, number):
    assert read_title(title).number == (Decimal(number) if number else None)


@pytest.mark.parametrize("title", ["S2 E1: 格子", "S2E1 格子", "シーズン2 第1回 格子", "番組 S2E1 格子"])
def test_number_in_a_title_has_its_season(title):
    assert (read_title(title).number, read_title(title).season) == (1, 2)


@pytest.mark.parametrize(
    ("tags", "number"),
    [
        ("<itunes:episode>57</itunes:episode>", "57"),
        ("<itunes:episode>19</itunes:episode><itunes:episodeType>bonus</itunes:episodeType>", None),
        ("<podcast:episode>19.5</podcast:episode><itunes:episode>19</itunes:episode>", "19.5"),
        ("<podcast:episode>NaN</podcast:episode>", None),
        ("<podcast:episode>x</podcast:episode><itunes:episode>57</itunes:episode>", "57"),
    ],
)
def test_number_of_a_tag_is_read_where_it_is_exact(tags, number):
    (item,) = read(f"<item><title>格子</title>{tags}</item>").items

    assert item.tagged_number == (Decimal(number) if number else None)


@pytest.mark.parametrize(
    ("spelled", "seconds"),
    [("3723", 3723), ("3723.6", 3724), ("62:03", 3723), ("1:02:03", 3723), ("01:02:03.5", 3723), ("", None),
     ("1:2:3", 3723), ("62:3", 3723), ("00:62:03", 3723), ("1h 2m 3s", 3723), ("PT1H2M3S", 3723), ("62 min", 3720),
     ("1時間2分3秒", 3723), ("0", None), ("long", None), ("-5", None), ("1:99", None), ("1:62:03", None)],
)  # fmt: skip
def test_duration_is_read_in_every_spelling(spelled, seconds):
    (item,) = read(f"<item><title>a</title><itunes:duration>{spelled}</itunes:duration></item>").items

    assert item.audio_seconds == seconds


@pytest.mark.parametrize(
    ("enclosure", "expected"),
    [
        (
            'url="http://audio.example/1.mp3" length="1" type="audio/mpeg"',
            ("http://audio.example/1.mp3", 1, "audio/mpeg"),
        ),
        ('url="https://audio.example/a b.mp3"', ("https://audio.example/a%20b.mp3", None, "")),
        (
            'url="https://audio.example/1.mp3" length="" type="AUDIO/MP3"',
            ("https://audio.example/1.mp3", None, "audio/mpeg"),
        ),
        ('url="https://audio.example/1.mp3" length="-1" type="text/html"', ("https://audio.example/1.mp3", None, "")),
        ('url="https://audio.example/1.mp3" length="0"', ("https://audio.example/1.mp3", None, "")),
        (f'url="https://audio.example/{"a" * 2000}"', ("", None, "")),
        ('url="javascript:alert(1)"', ("", None, "")),
    ],
)
def test_what_cannot_be_taken_of_an_enclosure_is_left(enclosure, expected):
    (item,) = read(f"<item><title>a</title><enclosure {enclosure}/></item>").items

    assert (item.audio_url, item.audio_bytes, item.audio_type) == expected


@pytest.mark.parametrize(
    "spelled",
    ["Wed, 01 Apr 2026 21:00:00 JST", "Wed, 01 Apr 2026 21:00:00 +09:00", "Wed, 01 Apr 2026 21:00:00 +0900 (JST)",
     "2026-04-01T21:00:00+09:00", "2026-04-01T12:00:00Z", "2026-04-01 21:00 JST", "Wed, 01 Apr 2026 14:00:00 CEST",
     "1 Apr 26 05:00 PDT", "1 Apr 2026 12:00 -0000", "Wed, 01 Apr 2026 21:00:00 UTC+09:00"],
)  # fmt: skip
def test_date_is_its_instant_in_every_zone(spelled):
    (item,) = read(f"<item><title>a</title><pubDate>{spelled}</pubDate></item>").items

    assert item.publish_at == datetime(2026, 4, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tag", "note"),
    [
        ("<pubDate>2026-04-01</pubDate>", "the date “2026-04-01” is not taken"),
        ("<pubDate>2026-04-01T12:00:00</pubDate>", "the date"),
        ("<pubDate>Wed, 01 Apr 2026 12:00:00</pubDate>", "the date"),
        ("<pubDate>Wed, 01 Apr 2026 12:00:00 BST</pubDate>", "the date “Wed, 01 Apr 2026 12:00:00 BST” is not taken"),
        ("<pubDate>Wed, 99 Apr 2026 12:00:00 GMT</pubDate>", "the date"),
        ("<pubDate>Wed, 01 Apr 9999 12:00:00 +0000</pubDate>", "the date"),
        ("<itunes:duration>an hour</itunes:duration>", "the length “an hour” is not taken"),
        ("<itunes:duration>1:99</itunes:duration>", "the length “1:99” is not taken"),
        ("<itunes:duration>0</itunes:duration>", None),
        ('<enclosure url="javascript:alert(1)"/>', "no address of the web"),
        (f'<enclosure url="https://audio.example/{"a" * 2000}"/>', "more than 2,000 characters"),
        ('<enclosure url="https://audio.example/1.mid" type="audio/midi"/>', "the type “audio/midi”"),
    ],
)
def test_note_names_what_is_not_taken(tag, note):
    (item,) = read(f"<item><title>a</title>{tag}</item>").items

    notes = [str(note) for note in item.notes if "no audio" not in str(note)]
    assert [note in said for said in notes] == ([True] if note else [])


@pytest.mark.parametrize(
    ("written", "audio_type"),
    [("audio/x-m4a", "audio/mp4"), ("audio/opus", "audio/opus"), ("audio/ogg; codecs=opus", "audio/ogg"),
     ("application/ogg", "audio/ogg"), ("video/mp4", "video/mp4"), ("video/x-m4v", "video/mp4"), ("", "")],
)  # fmt: skip
def test_type_of_open_formats_and_video_is_taken(written, audio_type):
    (item,) = read(f'<item><title>a</title><enclosure url="{AUDIO}" type="{written}"/></item>').items

    assert (item.audio_type, item.notes) == (audio_type, ())


def test_address_of_600_characters_is_taken():
    url = f"https://audio.example/{'a' * 600}.mp3"
    (item,) = read(f'<item><title>a</title><enclosure url="{url}"/></item>').items

    assert (item.audio_url, item.notes) == (url, ())


def test_item_without_a_guid_is_known_by_its_audio():
    (item,) = read('<item><title>a</title><enclosure url="http://audio.example/1.mp3"/></item>').items

    assert item.guid == "http://audio.example/1.mp3"


@pytest.mark.parametrize(("is_there", "url"), [(True, AUDIO), (False, "")])
def test_audio_at_http_is_taken_from_https_where_that_answers(is_there, url):
    (item,) = read('<item><title>a</title><enclosure url="http://audio.example/1.mp3"/></item>').items
    asked = []

    taken = secure(item, lambda address: asked.append(address) or is_there)

    assert (asked, taken.audio_url, len(taken.notes)) == ([AUDIO], url, 1)
    assert "http://audio.example/1.mp3" in str(taken.notes[0])


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("Shift_JIS", "shift_jis"), ("Windows-31J", "cp932"), ("EUC-JP", "euc_jp"), ("UTF-8", "utf-8-sig")],
)
def test_feed_is_read_in_the_encodings_of_japanese_hosts(declared, encoding):
    document = FEED.format(items=WHOLE, channel="").replace('encoding="UTF-8"', f'encoding="{declared}"')

    assert read_host_feed(document.encode(encoding)).items[0].title == "57: 格子の話"


def test_feed_that_is_not_in_the_encoding_it_declares_is_refused():
    document = FEED.format(items=WHOLE, channel="").replace('encoding="UTF-8"', 'encoding="Shift_JIS"')

    with pytest.raises(XmlRefused, match="not written in Shift_JIS"):
        read_host_feed(document.encode() + b"\xff")


def test_blank_lines_before_a_feed_are_ignored():
    assert len(read_host_feed(b"\n\r\n " + FEED.format(items=WHOLE, channel="").encode()).items) == 1


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
    ("one", "other"),
    [("57: 格子の話", "格子の話！"), ("#57 Lattice Talk", "lattice talk"), ("第57回 ｶﾞﾗｽ", "ガラス"), ("5 泡", "泡"),
     ("Q&amp;A", "Q&A"),
     ("番組 ep.2 泡の話", "泡の話"), ("泡の話 (第1回)", "泡の話")],
)  # fmt: skip
def test_two_spellings_of_a_title_are_one(one, other):
    assert set.union(*map(set, read_title(one).spellings)) >= read_title(other).spellings[0]


def test_numbers_in_titles_are_not_folded_together():
    assert read_title("版 1.5").spellings[0] != read_title("版 15").spellings[0]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_any_title_and_duration_can_be_read(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("\ufffe", "").replace("\uffff", "")
    item = (
        f"<item><title>{escaped}</title><itunes:duration>{escaped}</itunes:duration><pubDate>{escaped}</pubDate></item>"
    )

    assert len(read(item).items) == 1
