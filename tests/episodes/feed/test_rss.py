"""The podcast feed, tag by tag, as the specifications say, and as other people's parsers read it back."""

import io
import re
import subprocess
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import feedparser
import podcastparser
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from episodes.feed.rss import podcast_guid, write_podcast_feed
from episodes.feed.rules import find_violations
from episodes.feed.selection import podcast_episodes
from episodes.models import Appearance, Episode
from episodes.parts import PODCAST_ITEM, PODCAST_NOTES
from episodes.people.speakers import Speaker
from episodes.podcast import Podcast
from interaxion.content.changes.named_rows import merge_named_rows
from interaxion.content.parts.part import Part
from interaxion.content.saving.storing import store
from interaxion.sitewide.feeds import read_items
from interaxion.web.feed_pages import FeedPage
from tests.factories import make_episode, make_speaker

pytestmark = pytest.mark.django_db

SITE = "https://show.example"
FEED = f"{SITE}/feed.xml"
FIRST_PAGE = FeedPage(FEED)
CHANGED_AT = datetime(2026, 4, 3, 2, 1, 0, tzinfo=UTC)
# As their specifications write them, to the last slash.
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
ATOM = "{http://www.w3.org/2005/Atom}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
PSC = "{http://podlove.org/simple-chapters}"
NOTES = """\
### 0:00 はじめに

- [記事](https://example.org/a?x=1&y=2)
- [前の回](/18)で話した[ところ](#t-90)

### 1:30 格子 & 電子

温度 $T < T_c$ で ]]> と書く。

https://www.youtube.com/watch?v=dQw4w9WgXcQ
"""


@pytest.fixture(autouse=True)
def site_url(settings):
    settings.SITE_URL = SITE


def make_podcast(**fields):
    podcast = Podcast(pk=1, **{"title": "曲がり角の実験室"} | fields)
    podcast.save()
    return podcast


def picture(settings, name, side):
    """A stored picture of this many pixels a side, by its name."""
    file = settings.MEDIA_ROOT / name
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (side, side)).save(file)
    return name


def make_full_podcast(**fields):
    return make_podcast(
        **{
            "description": "物理の話を & ゆっくり。",
            "author": "実験室の人たち",
            "owner_name": "代表",
            "owner_email": "owner@show.example",
            "artwork": "pictures/表紙.png",
            "categories": ["Science > Physics", "Technology"],
            "is_explicit": True,
            "copyright": "© 2026 実験室",
            "funding_url": "https://support.example/実験室",
            "funding_label": "豆を贈る",
            "license": "CC-BY-4.0",
            "update_label": "隔週金曜日",
            "update_rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
            "txt_records": ["applepodcastsverify: 05124", "naj3eEZaWVVY9a38uhX8FekACyhtqP4JN"],
        }
        | fields
    )


def make_full_episode(**fields):
    host = make_speaker(name="岡", slug="岡", image="pictures/oka.png")
    guest = make_speaker(name="客", slug="guest")
    episode = make_episode(
        **{
            "number": "57",
            "title": "格子と <電子>",
            "summary": "電子が*ゆっくり*動く話。",
            "notes": NOTES,
            "audio_url": "https://audio.example/第57回.m4a?x=1&y=2",
            "audio_bytes": 1234567,
            "audio_type": "audio/mp4",
            "audio_seconds": 3723,
            "season": 2,
            "artwork": "pictures/57.png",
            "is_explicit": True,
            "player_provider": "youtube",
            "player_id": "dQw4w9WgXcQ",
            "guid": "a guid of the host before",
            "publish_at": datetime(2026, 4, 1, 12, 0, 0, tzinfo=UTC),
        }
        | fields
    )
    people = [(host, Appearance.Role.HOST), (guest, Appearance.Role.GUEST)]
    store(episode, user=None, write_related=lambda: episode.replace_appearances(people))
    return episode


def make_plain_episode(**fields):
    defaults = {"number": None, "notes": "", "audio_url": "https://audio.example/a.mp3", "live": True}
    return make_episode(**defaults | fields)


def feed(page: FeedPage = FIRST_PAGE) -> bytes:
    podcast = Podcast.current()
    keys = [(Episode, pk) for pk in podcast_episodes(podcast).values_list("pk", flat=True)]
    items = read_items(PODCAST_ITEM, PODCAST_NOTES, keys)
    return write_podcast_feed(podcast, items.values(), page=page, changed_at=CHANGED_AT)


#: The rules that a podcast without a description of itself breaks.
UNTOLD = {"channel-required", "channel-recommended", "channel-owner"}


def check_whole_feed() -> set[str]:
    return {finding.rule.id for finding in find_violations(feed())}


def read_channel():
    return ElementTree.fromstring(feed()).find("channel")


def read_item(number=0):
    return read_channel().findall("item")[number]


# The document


def test_document_names_every_namespace_as_its_specification_does():
    make_plain_episode()

    opening = feed().decode().partition("<channel>")[0]

    assert opening.startswith("<?xml version='1.0' encoding='utf-8'?>")
    assert 'version="2.0"' in opening
    assert dict(re.findall(r'xmlns:(\w+)="([^"]*)"', opening)) == {
        "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "content": "http://purl.org/rss/1.0/modules/content/",
        "atom": "http://www.w3.org/2005/Atom",
        "podcast": "https://podcastindex.org/namespace/1.0",
        "psc": "http://podlove.org/simple-chapters",
    }


def test_no_address_is_outside_ascii():
    make_full_podcast()
    make_full_episode()

    channel = read_channel()

    addresses = [
        value for tag in channel.iter() for name, value in tag.attrib.items() if name in {"href", "url", "img"}
    ]
    assert len(addresses) >= 8
    assert all(address.isascii() and address.startswith("https://") for address in addresses)


# The channel


def test_channel_of_a_podcast_with_everything():
    make_full_podcast()

    channel = read_channel()

    assert channel.findtext("title") == "曲がり角の実験室"
    assert channel.findtext("link") == "https://show.example/"
    assert channel.findtext("description") == "物理の話を &amp; ゆっくり。"
    assert channel.findtext("language") == "ja"
    assert channel.findtext("copyright") == "© 2026 実験室"
    assert channel.findtext("generator") == "Interaxion"
    assert channel.findtext("lastBuildDate") == "Fri, 03 Apr 2026 02:01:00 +0000"
    assert channel.findtext(f"{ITUNES}author") == "実験室の人たち"
    assert channel.findtext(f"{ITUNES}owner/{ITUNES}name") == "代表"
    assert channel.findtext(f"{ITUNES}owner/{ITUNES}email") == "owner@show.example"
    assert channel.find(f"{ITUNES}image").attrib == {
        "href": "https://show.example/media/pictures/%E8%A1%A8%E7%B4%99.png"
    }
    assert channel.findtext("image/url") == "https://show.example/media/pictures/%E8%A1%A8%E7%B4%99.png"
    assert channel.findtext("image/title") == "曲がり角の実験室"
    assert channel.findtext("image/link") == "https://show.example/"
    assert channel.findtext(f"{ITUNES}explicit") == "true"
    assert channel.findtext(f"{ITUNES}type") == "episodic"
    assert channel.find(f"{ATOM}link").attrib == {"rel": "self", "type": "application/rss+xml", "href": FEED}
    assert channel.findtext(f"{PODCAST}locked") == "yes"
    assert channel.find(f"{PODCAST}locked").attrib == {"owner": "owner@show.example"}
    assert channel.findtext(f"{PODCAST}medium") == "podcast"


def test_channel_shows_its_artwork_in_both_namespaces(settings):
    make_full_podcast(artwork=picture(settings, "pictures/cover.png", 1500))

    channel = read_channel()

    address = "https://show.example/media/pictures/cover.png"
    assert channel.find(f"{ITUNES}image").attrib == {"href": address}
    assert channel.find(f"{PODCAST}image").attrib == {
        "href": address,
        "alt": "曲がり角の実験室",
        "aspect-ratio": "1/1",
        "width": "1500",
        "purpose": "artwork",
    }


def test_channel_stands_though_the_artwork_is_gone():
    make_full_podcast(artwork="pictures/gone.png")

    image = read_channel().find(f"{PODCAST}image")

    assert image.get("href").endswith("/gone.png")
    assert image.get("width") is None


def test_channel_names_the_hosts_that_visitors_can_see():
    podcast = make_podcast()
    seen, unseen = make_speaker(name="岡", slug="oka"), make_speaker(name="まだの人")
    podcast.hosts.set([seen, unseen])
    make_plain_episode(speakers=(seen,))

    people = [(person.text, person.attrib) for person in read_channel().findall(f"{PODCAST}person")]

    assert people == [("岡", {"role": "host", "href": "https://show.example/speakers/oka/"})]


def test_host_stays_host_when_speakers_are_merged():
    podcast = make_podcast()
    old, new = make_speaker(name="おか"), make_speaker(name="岡")
    podcast.hosts.set([old])
    make_plain_episode(speakers=(old,))

    merge_named_rows([old], new, user=None)

    assert [person.text for person in read_channel().findall(f"{PODCAST}person")] == ["岡"]


def test_channel_says_where_listeners_can_support_the_show():
    """podcast:funding: `url` is required, the node value is shown beside the link."""
    make_full_podcast()

    (funding,) = read_channel().findall(f"{PODCAST}funding")

    assert (funding.text, funding.attrib) == (
        "豆を贈る",
        {"url": "https://support.example/%E5%AE%9F%E9%A8%93%E5%AE%A4"},
    )


@pytest.mark.parametrize(("language", "label"), [("ja", "番組を応援する"), ("en", "Support the show")])
def test_funding_without_a_label_has_a_default_one(language, label):
    make_podcast(language=language, funding_url="https://support.example/")

    assert read_channel().findtext(f"{PODCAST}funding") == label


@pytest.mark.parametrize(
    ("fields", "text", "attributes"),
    [
        # "a lower-cased reference to a license identifier"; the address is optional for well-known ones.
        ({"license": "CC-BY-NC-ND-4.0"}, "cc-by-nc-nd-4.0", {}),
        (
            {"license": "Lab-License-v1", "license_url": "https://show.example/license"},
            "Lab-License-v1",
            {"url": "https://show.example/license"},
        ),
    ],
)
def test_channel_names_its_license(fields, text, attributes):
    make_podcast(**fields)

    license = read_channel().find(f"{PODCAST}license")

    assert (license.text, license.attrib) == (text, attributes)


@pytest.mark.parametrize(
    ("fields", "text", "attributes"),
    [
        ({"update_label": "毎週", "update_rule": "FREQ=WEEKLY"}, "毎週", {"rrule": "FREQ=WEEKLY"}),
        ({"update_label": "ときどき"}, "ときどき", {}),
        ({"update_label": "これでおしまい", "is_complete": True}, "これでおしまい", {"complete": "true"}),
    ],
)
def test_channel_says_how_often_episodes_come(fields, text, attributes):
    make_podcast(**fields)

    channel = read_channel()

    frequency = channel.find(f"{PODCAST}updateFrequency")
    assert (frequency.text, frequency.attrib) == (text, attributes)
    # Apple: "Yes" where no further episodes will come, else nothing.
    assert channel.findtext(f"{ITUNES}complete") == ("Yes" if "complete" in attributes else None)


def test_channel_holds_notes_for_services():
    make_full_podcast()

    records = [(record.attrib, record.text) for record in read_channel().findall(f"{PODCAST}txt")]

    assert records == [({"purpose": "applepodcastsverify"}, "05124"), ({}, "naj3eEZaWVVY9a38uhX8FekACyhtqP4JN")]


def test_channel_without_these_details_has_none_of_their_tags():
    make_podcast()

    channel = read_channel()

    for name in ("funding", "license", "updateFrequency", "txt"):
        assert channel.find(f"{PODCAST}{name}") is None
    assert channel.find(f"{ITUNES}complete") is None


@pytest.mark.parametrize(
    ("field", "value", "wrong"),
    [
        ("license", "my-license", "license_url"),
        ("license_url", "https://show.example/license", "license"),
        ("funding_label", "豆", "funding_url"),
        ("update_rule", "every week", "update_rule"),
        ("update_rule", "FREQ=WEEKLY;COUNT=10", "update_rule"),
        ("update_rule", "FREQ=WEEKLY;UNTIL=20261231", "update_rule"),
        ("txt_records", ["p" * 129 + ": text"], "txt_records"),
        ("txt_records", ["t" * 4001], "txt_records"),
    ],
)
def test_podcast_refuses_what_the_tags_cannot_say(field, value, wrong):
    podcast = Podcast(pk=1, title="番組", **{field: value})

    with pytest.raises(ValidationError) as refused:
        podcast.full_clean()

    assert list(refused.value.error_dict) == [wrong]


def test_channel_nests_subcategories():
    make_full_podcast()

    categories = read_channel().findall(f"{ITUNES}category")

    assert [(c.get("text"), [sub.get("text") for sub in c]) for c in categories] == [
        ("Science", ["Physics"]),
        ("Technology", []),
    ]


def test_channel_of_a_podcast_with_nothing_has_what_is_required():
    channel = read_channel()

    assert channel.findtext("title") == channel.findtext("description") == "Interaxion"
    assert channel.findtext("language") == "ja"
    assert channel.findtext(f"{ITUNES}explicit") == "false"
    assert channel.findtext(f"{PODCAST}locked") == "yes"
    assert {tag.tag for tag in channel.iter() if not tag.text and not tag.attrib and not len(tag)} == set()
    assert channel.findall("item") == []


def test_channel_description_is_text_for_apps_that_take_it_for_html():
    make_podcast(description="<svg onload=alert(1)> と 1 < 2")

    assert read_channel().findtext("description") == "&lt;svg onload=alert(1)&gt; と 1 &lt; 2"


def test_channel_description_has_at_most_4000_bytes():
    make_podcast(description="物理の話。" * 1000)

    description = read_channel().findtext("description")

    assert 3990 < len(description.encode()) <= 4000


@pytest.mark.parametrize(
    ("feed_url", "guid"),
    [
        # The examples of the specification.
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("https://podnews.net/rss/", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ],
)
def test_podcast_guid_follows_from_the_address(feed_url, guid):
    assert podcast_guid(feed_url) == guid


def test_channel_has_the_guid_of_its_own_address():
    assert read_channel().findtext(f"{PODCAST}guid") == podcast_guid(FEED)


def test_channel_keeps_the_guid_that_it_was_given():
    make_podcast(guid="917393e3-1b1e-5cef-ace4-edaa54e1f810")

    assert read_channel().findtext(f"{PODCAST}guid") == "917393e3-1b1e-5cef-ace4-edaa54e1f810"


def test_channel_that_moves_says_where_to_and_is_unlocked():
    make_podcast(new_feed_url="https://elsewhere.example/feed.xml", owner_email="owner@show.example")

    channel = read_channel()

    assert channel.findtext(f"{ITUNES}new-feed-url") == "https://elsewhere.example/feed.xml"
    assert channel.findtext(f"{PODCAST}locked") == "no"


def test_channel_of_notes_only_is_blocked_and_holds_every_episode():
    make_podcast(is_notes_only=True)
    make_plain_episode(number="1", audio_url="")
    make_plain_episode(number="2")

    channel = read_channel()

    assert channel.findtext(f"{ITUNES}block") == "Yes"
    assert [item.find("enclosure") is not None for item in channel.findall("item")] == [True, False]
    assert check_whole_feed() == {"item-duration", "item-enclosure-length", *UNTOLD}


def test_channel_that_stays_says_neither():
    make_podcast()

    channel = read_channel()

    assert channel.find(f"{ITUNES}block") is None
    assert channel.find(f"{ITUNES}new-feed-url") is None


def test_archive_of_a_long_feed_leads_to_the_others():
    archives = [f"https://show.example/feed/page/{number}.xml" for number in (1, 2)]
    channel = ElementTree.fromstring(feed(FeedPage(FEED, archives[1], archives[0], FEED))).find("channel")

    assert {link.get("rel"): link.get("href") for link in channel.findall(f"{ATOM}link")} == {
        "self": archives[1],
        "current": FEED,
        "prev-archive": archives[0],
        "previous": FEED,
        "next": archives[0],
    }
    assert channel.find("{http://purl.org/syndication/history/1.0}archive") is not None
    assert channel.findtext(f"{PODCAST}guid") == podcast_guid(FEED)


# An item


def test_item_of_an_episode_with_everything():
    make_full_episode()

    item = read_item()

    assert item.findtext("title") == "57: 格子と <電子>"
    assert item.findtext(f"{ITUNES}title") == "格子と <電子>"
    assert item.findtext("link") == "https://show.example/57"
    assert item.find("guid").attrib == {"isPermaLink": "false"}
    assert item.findtext("guid") == "a guid of the host before"
    assert item.findtext("pubDate") == "Wed, 01 Apr 2026 12:00:00 +0000"
    assert item.find("enclosure").attrib == {
        "url": "https://audio.example/%E7%AC%AC57%E5%9B%9E.m4a?x=1&y=2",
        "length": "1234567",
        "type": "audio/mp4",
    }
    assert item.findtext(f"{ITUNES}duration") == "3723"
    assert item.findtext(f"{ITUNES}episode") == "57"
    assert item.findtext(f"{ITUNES}episodeType") == "full"
    assert item.findtext(f"{ITUNES}season") == item.findtext(f"{PODCAST}season") == "2"
    assert item.findtext(f"{ITUNES}explicit") == "true"
    assert item.find(f"{ITUNES}image").attrib == {"href": "https://show.example/media/pictures/57.png"}
    assert item.find(f"{PODCAST}image").attrib == {
        "href": "https://show.example/media/pictures/57.png",
        "alt": "57: 格子と <電子>",
        "purpose": "artwork",
    }
    assert item.findtext(f"{PODCAST}episode") == "57"
    assert item.find(f"{PODCAST}chapters").attrib == {
        "url": "https://show.example/57/chapters.json",
        "type": "application/json+chapters",
    }


def test_item_says_where_else_it_can_be_seen_and_heard():
    """podcast:contentLink: several, `href` is required, the node value says where it leads."""
    make_full_episode()

    links = [(link.text, link.attrib) for link in read_item().findall(f"{PODCAST}contentLink")]

    assert links == [
        ("完全版のショーノート", {"href": "https://show.example/57"}),
        ("YouTube", {"href": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"}),
    ]


def test_item_names_its_people_with_their_roles():
    make_full_episode()

    people = [(person.text, person.attrib) for person in read_item().findall(f"{PODCAST}person")]

    assert people == [
        (
            "岡",
            {
                "role": "host",
                "href": "https://show.example/speakers/%E5%B2%A1/",
                "img": "https://show.example/media/pictures/oka.png",
            },
        ),
        ("客", {"role": "guest", "href": "https://show.example/speakers/guest/"}),
    ]


def test_item_says_no_role_where_none_is_said():
    make_full_episode()
    Appearance.objects.update(role="")
    Part.objects.all().delete()

    people = read_item().findall(f"{PODCAST}person")

    assert [(person.text, person.get("role")) for person in people] == [("岡", None), ("客", None)]


def test_item_holds_the_chapters_inline():
    make_full_episode()

    chapters = read_item().find(f"{PSC}chapters")

    assert chapters.get("version") == "1.2"
    assert [(c.get("start"), c.get("title"), c.get("href")) for c in chapters] == [
        ("00:00:00.000", "はじめに", "https://show.example/57#t-0"),
        ("00:01:30.000", "格子 & 電子", "https://show.example/57#t-90"),
    ]


def test_item_description_has_summary_stamps_and_page():
    make_full_episode()

    assert read_item().findtext("description").splitlines() == [
        "<p>電子がゆっくり動く話。</p>",
        "<p>(00:00) はじめに</p>",
        "<p>(01:30) 格子 &amp; 電子</p>",
        '<p><a href="https://show.example/57">https://show.example/57</a></p>',
    ]


def test_item_content_is_the_full_notes():
    make_full_episode()

    content = read_item().findtext(f"{CONTENT}encoded")

    assert '<a href="https://example.org/a?x=1&amp;y=2">記事</a>' in content
    assert '<a href="https://show.example/18">前の回</a>' in content
    assert '<a href="https://show.example/57#t-90">ところ</a>' in content
    assert '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">' in content
    assert "]]&gt; と書く。" in content
    assert not re.search(r"<(iframe|script|figure|math)|\s(id|class)=", content)


def test_times_in_the_notes_are_plain_text_that_apps_seek_by():
    make_full_episode()

    content = read_item().findtext(f"{CONTENT}encoded")

    assert ">1:30 格子" in content
    assert not re.search(r"<a [^>]*>[\d:]+</a>", content)


def test_item_of_an_episode_with_nothing_has_what_is_required():
    episode = make_plain_episode(title="題")

    item = read_item()

    assert [tag.tag.replace(ITUNES, "itunes:").replace(PODCAST, "podcast:") for tag in item] == [
        "title",
        "itunes:title",
        "link",
        "guid",
        "pubDate",
        "description",
        "podcast:contentLink",
        "enclosure",
        "itunes:episodeType",
        "itunes:explicit",
    ]
    assert item.findtext("title") == item.findtext(f"{ITUNES}title") == "題"
    assert item.findtext("guid") == str(episode.guid)
    # RSS demands a length, and 0 is how an unknown one is written.
    assert item.find("enclosure").attrib == {
        "url": "https://audio.example/a.mp3",
        "length": "0",
        "type": "audio/mpeg",
    }
    assert item.findtext(f"{ITUNES}explicit") == "false"


@pytest.mark.parametrize(
    ("number", "whole", "kind", "display"),
    [
        ("57", "57", "full", None),
        ("19.5", "19", "bonus", "19.5"),
        ("60.75", "60", "bonus", "60.75"),
        # Apple knows no episode 0.
        ("0", None, "full", None),
        ("0.5", None, "bonus", "0.5"),
    ],
)
def test_item_numbers_are_whole_for_apple_and_decimal_for_others(number, whole, kind, display):
    make_plain_episode(number=number)

    item = read_item()

    assert item.findtext(f"{ITUNES}episode") == whole
    assert item.findtext(f"{ITUNES}episodeType") == kind
    assert item.findtext(f"{PODCAST}episode") == number
    assert item.find(f"{PODCAST}episode").get("display") == display


@pytest.mark.parametrize("kind", ["trailer", "bonus"])
def test_item_has_the_type_of_its_episode(kind):
    make_plain_episode(number="3", episode_type=kind)

    assert read_item().findtext(f"{ITUNES}episodeType") == kind


def test_item_of_uploaded_audio_points_to_our_media(settings):
    audio = settings.MEDIA_ROOT / "audio" / "a.m4a"
    audio.parent.mkdir(parents=True)
    audio.write_bytes(b"12345")
    make_plain_episode(audio_url="", audio_file="audio/a.m4a")

    assert read_item().find("enclosure").attrib == {
        "url": "https://show.example/media/audio/a.m4a",
        "length": "5",
        "type": "audio/mp4",
    }


def test_long_title_is_cut_to_what_directories_take():
    make_plain_episode(number="57", title="長" * 300)

    item = read_item()

    assert len(item.findtext("title")) == len(item.findtext(f"{ITUNES}title")) == 255


# The items


def test_items_are_the_newest_first():
    now = datetime(2026, 4, 1, tzinfo=UTC)
    for number, days in (("1", 0), ("3", 2), ("2", 1)):
        make_plain_episode(number=number, publish_at=now + timedelta(days=days))

    numbers = [item.findtext(f"{PODCAST}episode") for item in read_channel().findall("item")]

    assert numbers == ["3", "2", "1"]


def test_episode_without_audio_is_no_item():
    make_plain_episode(audio_url="")

    assert read_channel().findall("item") == []


def test_item_that_cannot_be_written_is_left_out_and_said_so(caplog):
    make_plain_episode(number="1", title="前")
    broken = make_plain_episode(number="2")
    make_plain_episode(number="3", audio_url="", audio_file="audio/gone.mp3")
    make_plain_episode(number="4", title="後")
    Episode.objects.filter(pk=broken.pk).update(title="壊\x0bれた")
    broken.parts.all().delete()

    titles = [item.findtext("title") for item in read_channel().findall("item")]

    assert titles == ["4: 後", "1: 前"]
    assert "/2 cannot be written" in caplog.text
    assert "U+000B" in caplog.text
    assert "/3 cannot be written" in caplog.text


def test_item_follows_an_edit():
    episode = make_full_episode()
    episode.title = "改めた題"

    store(episode, user=None, write_related=lambda: episode.replace_sections("### 0:10 新しい話\n\n本文。\n"))

    item = read_item()
    assert item.findtext(f"{ITUNES}title") == "改めた題"
    assert "新しい話" in item.findtext(f"{CONTENT}encoded")
    assert [c.get("title") for c in item.find(f"{PSC}chapters")] == ["オープニング", "新しい話"]


# What our own rules and other people's parsers say


def test_feed_with_everything_breaks_no_rule():
    make_full_podcast()
    make_full_episode(notes=NOTES + "\n### 10:00 おわりに\n\n本文。\n")

    assert check_whole_feed() == set()


@pytest.mark.xmllint
def test_xmllint_finds_the_feed_well_formed():
    make_full_podcast()
    make_full_episode()
    make_plain_episode()

    judged = subprocess.run(["xmllint", "--noout", "-"], input=feed(), capture_output=True)

    assert (judged.returncode, judged.stderr) == (0, b"")


def test_feedparser_reads_the_feed():
    make_full_podcast()
    make_full_episode()
    make_plain_episode(number="19.5")

    read = feedparser.parse(feed())

    assert not read.bozo
    assert read.version == "rss20"
    assert read.feed.title == "曲がり角の実験室"
    assert read.feed.language == "ja"
    assert read.feed.author_detail == {"name": "代表", "email": "owner@show.example"}
    entry = next(entry for entry in read.entries if entry.id == "a guid of the host before")
    assert entry.enclosures[0].type == "audio/mp4"
    assert entry.published_parsed[:5] == (2026, 4, 1, 12, 0)
    assert not entry.guidislink


def test_podcastparser_reads_the_feed():
    """It knows no `podcast:` tags: it looks for an address that is not that of the namespace."""
    make_full_podcast()
    make_full_episode()

    read = podcastparser.parse(FEED, io.BytesIO(feed()))

    assert read["title"] == "曲がり角の実験室"
    assert read["explicit"] is True
    assert read["type"] == "episodic"
    assert read["cover_url"].startswith("https://show.example/media/pictures/")
    (episode,) = read["episodes"]
    assert episode["title"] == "57: 格子と <電子>"
    assert episode["guid"] == "a guid of the host before"
    assert episode["number"] == 57
    assert episode["type"] == "full"
    assert episode["total_time"] == 3723
    assert episode["enclosures"][0]["file_size"] == 1234567
    assert [(c["start"], c["title"]) for c in episode["chapters"]] == [(0, "はじめに"), (90, "格子 & 電子")]


@pytest.mark.node
def test_partytime_reads_the_feed(partytime):
    podcast = make_full_podcast()
    make_full_episode(number="19.5")
    podcast.hosts.set(Speaker.objects.filter(name="岡"))

    read = partytime(feed().decode())

    assert read["guid"] == podcast_guid(FEED)
    assert read["locked"] is True
    assert read["medium"] == "podcast"
    assert [(each["message"], each["url"]) for each in read["podcastFunding"]] == [
        ("豆を贈る", "https://support.example/%E5%AE%9F%E9%A8%93%E5%AE%A4")
    ]
    assert read["license"] == {"identifier": "cc-by-4.0", "url": "https://spdx.org/licenses/CC-BY-4.0.html"}
    assert [(person["name"], person["role"]) for person in read["podcastPeople"]] == [("岡", "Host")]
    (item,) = read["items"]
    assert item["podcastChapters"]["url"] == "https://show.example/19-5/chapters.json"
    assert item["podcastEpisode"] == {"number": 19.5, "display": "19.5"}
    people = [(person["name"], person["role"]) for person in item["podcastPeople"]]
    assert people == [("岡", "Host"), ("客", "Guest")]
