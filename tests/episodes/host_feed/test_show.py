"""What a feed says of the show and beside the audio, and feeds that are no good XML."""

import pytest

from episodes.host_feed.details import HostChapter
from episodes.host_feed.mending import mend
from episodes.host_feed.reading import distinct, read_host_feed
from episodes.host_feed.show import HostPerson, HostShow
from interaxion.web.xml_reading import XmlRefused
from tests.episodes.host_feed.test_reading import FEED, read


def show_of(channel):
    return read(channel=channel).show


def test_channel_that_says_nothing_is_an_empty_show():
    assert show_of("") == HostShow(title="番組")


@pytest.mark.parametrize(
    ("channel", "categories"),
    [
        ('<itunes:category text="Science"><itunes:category text="Physics"/></itunes:category>', ("Science > Physics",)),
        ('<itunes:category text="Arts"/><itunes:category text="Arts"/>', ("Arts",)),
        ('<itunes:category text="Society &amp;amp; Culture"/>', ("Society & Culture",)),
    ],
)
def test_categories_are_spelled_as_in_the_list_of_apple(channel, categories):
    assert show_of(channel).categories == categories


def test_people_have_the_role_that_the_specification_gives_them():
    people = show_of(
        '<podcast:person>岡</podcast:person><podcast:person role="Guest">客</podcast:person>'
        '<podcast:person role="Editor">編</podcast:person>'
    ).people

    assert people == (HostPerson("岡", "host"), HostPerson("客", "guest"), HostPerson("編", ""))


def test_addresses_that_are_none_of_the_web_are_left():
    show = show_of(
        '<itunes:image href="file:///etc/passwd"/><podcast:funding url="javascript:alert(1)">x</podcast:funding>'
    )

    assert (show.artwork_url, show.funding_url) == ("", "")


def test_details_of_an_item_are_read():
    (item,) = read(
        "<item><title>a</title><description>short</description><itunes:summary>a longer one</itunes:summary>"
        "<itunes:episodeType>Bonus</itunes:episodeType><itunes:explicit>Yes</itunes:explicit>"
        '<psc:chapters xmlns:psc="http://podlove.org/simple-chapters"><psc:chapter start="00:01:30.500" title="b"/>'
        '<psc:chapter start="soon" title="c"/></psc:chapters></item>'
    ).items

    details = item.details
    assert (details.notes, details.episode_type, details.is_explicit) == ("a longer one", "bonus", True)
    assert details.chapters == (HostChapter(90, "b"),)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("a & b", "a & b"),
        ("a&nbsp;b", "a\xa0b"),
        ("a\x08b", "ab"),
        ("<![CDATA[a & b\x1b]]> &copy;", "a & b ©"),
        ("R&D;", "R&D;"),
    ],
)
def test_xml_that_hosts_write_wrongly_is_mended_with_a_note(written, read_as):
    feed = read_host_feed(FEED.format(channel="", items=f"<item><title>{written}</title></item>").encode())

    assert feed.items[0].title == read_as
    assert "正しい XML ではありません" in str(feed.notes[0])


def test_good_xml_is_not_mended():
    data = FEED.format(channel="", items="<item><title>&amp; &#38; <![CDATA[& &nbsp;]]></title></item>").encode()

    assert mend(data) == data
    assert read_host_feed(data).notes == ()


def test_what_cannot_be_mended_is_refused():
    with pytest.raises(XmlRefused, match="not well-formed"):
        read_host_feed(FEED.format(channel="", items="<item><title>a</item>").encode())


def test_oldest_item_keeps_a_guid_that_several_have():
    old, new = "<pubDate>Wed, 01 Apr 2026 12:00:00 GMT</pubDate>", "<pubDate>Wed, 08 Apr 2026 12:00:00 GMT</pubDate>"
    audio = '<enclosure url="https://a.example/{}.mp3"/>'
    feed = read(
        f"<item><title>new</title><guid>x</guid>{new}{audio.format(2)}</item>"
        f"<item><title>old</title><guid>x</guid>{old}{audio.format(1)}</item>"
        f"<item><title>old</title><guid>x</guid>{old}{audio.format(1)}</item>"
    )

    items = distinct(feed.items)

    assert [(item.title, item.guid) for item in items] == [("new", "https://a.example/2.mp3"), ("old", "x")]
    assert "“old”" in str(items[0].notes[-1])
