"""Each rule finds what breaks it, in feeds that nobody here wrote, and nothing in a feed that keeps to all."""

import pytest

from episodes.feed.rules import CHANNEL_RULES, ITEM_RULES, find_violations
from interaxion.text.problems import Level
from interaxion.web.xml_reading import XmlRefused

GOOD_ITEM = """<item><title>57: 格子</title><link>https://show.example/57</link><guid>g57</guid>
<pubDate>Wed, 01 Apr 2026 12:00:00 +0000</pubDate><description>&lt;p&gt;話&lt;/p&gt;</description>
<enclosure url="https://audio.example/57.mp3" length="10" type="audio/mpeg"/>
<itunes:duration>60</itunes:duration><itunes:episode>57</itunes:episode><itunes:episodeType>full</itunes:episodeType>
<itunes:explicit>false</itunes:explicit><podcast:episode>57</podcast:episode>
<podcast:person role="host" href="https://show.example/speakers/oka/">岡</podcast:person>
<psc:chapters version="1.2"><psc:chapter start="00:00:00.000" title="一"/><psc:chapter start="00:00:10.000" title="二"/>
<psc:chapter start="00:00:20.000" title="三"/></psc:chapters></item>"""
GOOD = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters">
<channel><title>番組</title><link>https://show.example/</link><description>話</description><language>ja</language>
<itunes:image href="https://show.example/a.png"/>
<podcast:image href="https://show.example/b.png" purpose="artwork" aspect-ratio="1/1" width="1400"/>
<itunes:category text="Science"><itunes:category text="Physics"/></itunes:category>
<itunes:explicit>false</itunes:explicit><itunes:author>岡</itunes:author><itunes:type>episodic</itunes:type>
<itunes:owner><itunes:email>a@show.example</itunes:email></itunes:owner>
<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>
<podcast:person>岡</podcast:person>{GOOD_ITEM}</channel></rss>"""
#: What to change in the good feed, and which rule it then breaks.
BROKEN = [
    ("<title>番組</title>", "", "channel-required"),
    ("<language>ja</language>", "<language> </language>", "channel-required"),
    ('<itunes:image href="https://show.example/a.png"/>', "", "channel-required"),
    ("<link>https://show.example/</link>", "", "channel-recommended"),
    ("<itunes:owner><itunes:email>a@show.example</itunes:email></itunes:owner>", "", "channel-owner"),
    ("<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>", "", "channel-guid"),
    ("<description>話</description>", f"<description>{'話' * 1334}</description>", "channel-description-bytes"),
    ("<title>番組</title>", f"<title>{'長' * 256}</title>", "channel-title-length"),
    ("<itunes:explicit>false</itunes:explicit><itunes:author>", "<itunes:explicit>no</itunes:explicit><itunes:author>",
     "channel-explicit"),
    ('text="Physics"', 'text="physics"', "channel-category"),
    ("episodic", "weekly", "channel-type"),
    ("<podcast:person>岡</podcast:person>", f"<podcast:person>{'岡' * 129}</podcast:person>", "channel-person"),
    ("https://show.example/a.png", "https://show.example/表紙.png", "channel-ascii"),
    ('width="1400"', 'width="1399"', "channel-artwork"),
    ('aspect-ratio="1/1"', 'aspect-ratio="16/9"', "channel-artwork"),
    ("</item>", "</item>" + GOOD_ITEM.replace("57.mp3", "58.mp3"), "items-guid-unique"),
    ("</item>", "</item>" + GOOD_ITEM.replace("g57", "g58"), "items-audio-unique"),
    ("<title>57: 格子</title>", "", "item-title"),
    ('<enclosure url="https://audio.example/57.mp3" length="10" type="audio/mpeg"/>', "", "item-enclosure"),
    ("<guid>g57</guid>", "", "item-guid"),
    ("<pubDate>Wed, 01 Apr 2026 12:00:00 +0000</pubDate>", "", "item-recommended"),
    ("<itunes:duration>60</itunes:duration>", "", "item-duration"),
    ('length="10"', 'length="0"', "item-enclosure-length"),
    ('length="10"', 'length="ten"', "item-enclosure-length"),
    ("audio/mpeg", "text/html", "item-enclosure-type"),
    ("audio/mpeg", "audio/ogg", "item-enclosure-apple"),
    ("https://audio.example/57.mp3", "http://audio.example/57.mp3", "item-enclosure-https"),
    ("Wed, 01 Apr 2026 12:00:00 +0000", "2026-04-01", "item-date"),
    ("57: 格子", "長" * 255, "item-title-length"),
    ("&lt;p&gt;話&lt;/p&gt;", "話" * 1334, "item-description-bytes"),
    ("&lt;p&gt;話&lt;/p&gt;", "&lt;b&gt;話&lt;/b&gt;", "item-description-tags"),
    ("<itunes:episode>57</itunes:episode>", "<itunes:episode>19.5</itunes:episode>", "item-episode-whole"),
    ("<itunes:episode>57</itunes:episode>", "<itunes:episode>0</itunes:episode>", "item-episode-whole"),
    (">full<", ">special<", "item-type"),
    ("<itunes:explicit>false</itunes:explicit><podcast", "<itunes:explicit>clean</itunes:explicit><podcast",
     "item-explicit"),
    ("<podcast:episode>57</podcast:episode>", "<podcast:episode>LVII</podcast:episode>", "item-podcast-episode"),
    ('oka/">岡</podcast:person>', f'oka/">{"岡" * 129}</podcast:person>', "item-person"),
    ('start="00:00:00.000"', 'start="00:00:05.000"', "item-chapters-first"),
    ('<psc:chapter start="00:00:20.000" title="三"/>', "", "item-chapters-few"),
    ('title="三"', f'title="{"三" * 41}"', "item-chapters-title"),
    ("https://audio.example/57.mp3", "https://audio.example/回.mp3", "item-ascii"),
]  # fmt: skip


def test_good_feed_breaks_no_rule():
    assert list(find_violations(GOOD.encode())) == []


@pytest.mark.parametrize(("old", "new", "rule"), BROKEN, ids=[f"{n}-{case[2]}" for n, case in enumerate(BROKEN)])
def test_rule_finds_what_breaks_it(old, new, rule):
    assert old in GOOD

    found = {finding.rule.id for finding in find_violations(GOOD.replace(old, new).encode())}

    assert found == {rule}


def test_every_rule_is_broken_by_some_case():
    assert {case[2] for case in BROKEN} == {rule.id for rule in (*CHANNEL_RULES, *ITEM_RULES)}


def test_every_rule_says_where_it_stands():
    rules = (*CHANNEL_RULES, *ITEM_RULES)

    assert len({rule.id for rule in rules}) == len(rules)
    assert all(rule.spec.startswith("https://") and rule.message and rule.level in Level for rule in rules)


def test_finding_names_its_item():
    (finding,) = find_violations(GOOD.replace('length="10"', 'length="0"').encode())

    assert (finding.place, finding.quote, finding.rule.field) == ("g57", "0", "audio_bytes")


def test_feed_that_is_blocked_may_lack_audio():
    blocked = GOOD.replace("<itunes:type>", "<itunes:block>Yes</itunes:block><itunes:type>")
    without = blocked.replace('<enclosure url="https://audio.example/57.mp3" length="10" type="audio/mpeg"/>', "")

    assert list(find_violations(without.encode())) == []


def test_namespace_with_a_slash_at_its_end_is_another_namespace():
    """Parsers that read namespaces ignore every tag of it: so do the rules, and miss the GUID."""
    wrong = GOOD.replace("https://podcastindex.org/namespace/1.0", "https://podcastindex.org/namespace/1.0/")

    assert {finding.rule.id for finding in find_violations(wrong.encode())} == {"channel-guid"}


@pytest.mark.parametrize("document", [b"<html/>", b"<rss/>", b"<rss>", b"<!DOCTYPE rss><rss/>"])
def test_what_is_no_feed_is_refused(document):
    with pytest.raises(XmlRefused):
        list(find_violations(document))
