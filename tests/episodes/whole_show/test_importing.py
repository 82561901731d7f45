"""`import_feed --all`: feeds in the shapes of hosts, written by us, with the oddities that theirs have."""

import io
import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from PIL import Image

from episodes.host_feed.reading import read_host_feed
from episodes.models import Episode
from episodes.podcast import Podcast
from episodes.whole_show.fetching import ShowFiles
from episodes.whole_show.importing import ShowImport
from interaxion.content.changes.changes import Change
from interaxion.content.changes.recording import Recording
from interaxion.content.changes.taking_back import take_back
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from tests.factories import make_episode
from tests.file_server import serve_files
from tests.web_server import HERE

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

FEEDS = Path(__file__).parents[2] / "data" / "feeds"
HOSTS = sorted(file.stem for file in FEEDS.glob("*.xml"))
#: Hosts of the feeds whose files are served here.
_SERVED = re.compile(r"https?://(?:pictures|share\.transistor)\.example")
CHAPTERS = {"chapters": [{"startTime": 0, "title": "Drum"}, {"startTime": 65.5, "title": "Moss", "url": "https://m.example/"},
                         {"startTime": 90, "title": "hidden", "toc": False}]}  # fmt: skip


def picture(side, colour="navy"):
    stream = io.BytesIO()
    Image.new("RGB", (side, side), colour).save(stream, "PNG")
    return stream.getvalue()


@pytest.fixture(scope="module")
def host():
    shows = ("slope", "tide", "quiet", "paper", "sable", "ekimae", "kettle", "lantern")
    files = {f"/{name}.png": picture(1400) for name in shows}
    files |= {"/neap.png": picture(8, "teal"), "/dune.png": picture(9, "gold"), "/s2e1/chapters.json": b""}
    files["/s2e1/chapters.json"] = json.dumps(CHAPTERS).encode()
    with serve_files(files) as address:
        yield address


@pytest.fixture
def bring(host, tmp_path, capsys):
    """Imports a feed of tests/data, whose pictures are served here, and returns the lines of the report."""

    def run(name, *arguments, edit=lambda text: text, encoding="utf-8", **options):
        file = tmp_path / f"{name}.xml"
        text = _SERVED.sub(host, (FEEDS / f"{name}.xml").read_text()).replace("LONG", "x" * 560)
        file.write_bytes(edit(text).encode(encoding))
        call_command("import_feed", str(file), "--all", *arguments, allowed_networks=HERE, **options)
        return capsys.readouterr().out.splitlines()

    return run


def told(episode):
    return [(s.starts_at, s.heading, s.body) for s in episode.sections.all()]


@pytest.mark.parametrize("name", HOSTS)
def test_feed_makes_the_whole_show_and_again_nothing(bring, name):
    first = bring(name)
    versions = dict(Episode.objects.values_list("pk", "version"))
    podcast = Podcast.objects.values().get()

    second = bring(name)

    assert Podcast.current().artwork
    assert Podcast.current().categories and Podcast.current().author
    assert all(episode.is_live() for episode in Episode.objects.all())
    assert not [line for line in first if line.startswith(("failed", "in doubt", "directories demand"))]
    assert not [line for line in second if line.startswith(("created", "updated", "failed", "the show takes"))]
    assert dict(Episode.objects.values_list("pk", "version")) == versions
    assert Podcast.objects.values().get() == podcast


def test_anchor_counts_its_own_numbers_and_the_titles_say_them(bring, client):
    bring("anchor")

    podcast = Podcast.current()
    assert (podcast.title, podcast.owner_email) == ("坂道の観測室", "owner@slope.example")
    assert podcast.description == "坂の上から、空と街を測る番組です。\n毎週。"
    assert podcast.categories == ["Science > Astronomy"]
    assert list(Episode.objects.order_by("number").values_list("path", "title", "episode_type", "audio_seconds")) == [
        ("/2", "風の向き", "full", 3723),
        ("/2-5", "おまけの話", "bonus", 3723),
        ("/3", "雲の高さを測る", "full", 1880),
    ]
    newest = Episode.objects.get(number=3)
    assert (newest.guid, newest.audio_type) == ("0a1b2c3d-0003-4000-8000-00000000aaaa", "audio/mp4")
    assert told(newest) == [
        (None, "", "雲までの距離を、影の長さから出します。\n\nおたよりは [こちら](https://mail.example/)。"),
        (0, "はじめに", ""),
        (90, "[影の地図](https://cloud.example/map)", ""),
        (725, "Q&A", ""),
    ]
    assert not newest.artwork  # it is that of the show
    assert client.get("/3").status_code == 200


def test_libsyn_begins_with_a_blank_line_and_its_old_categories_are_told(bring):
    said = bring("libsyn")

    podcast = Podcast.current()
    assert podcast.categories == ["Society & Culture"]
    assert (podcast.is_serial, podcast.is_explicit, podcast.language) == (True, True, "en")
    assert any("“Science & Medicine > Natural Sciences” is not in Apple's list" in line for line in said)
    assert any("it has moved to https://feeds.tide.example/rss" in line for line in said)
    assert any("the place of http://tide.example" in line for line in said)
    neap, spring = Episode.objects.get(number=2), Episode.objects.get(number=1)
    assert (neap.title, neap.summary) == ("Neap", "When sun and moon disagree.")
    assert neap.artwork and told(neap)[2] == (310, "Why neap", "- [a note](https://neap.example/)")
    assert told(spring)[:2] == [(None, "", "Plain words, no tags.\n\nhttps://fundy.example/"), (0, "Opening", "")]
    assert spring.publish_at.isoformat() == "2026-03-27T10:00:00+00:00"
    # Nobody answers at https: the address is told and not taken.
    assert neap.audio_url == "" and any(
        "dts.podtrac.example" in line and "https does not answer" in line for line in said
    )


def test_transistor_has_two_trailers_two_seasons_and_people(bring):
    said = bring("transistor")

    assert [host.name for host in Podcast.current().hosts.order_by("pk")] == ["梅田 静", "Mori Oto"]
    assert (Podcast.current().funding_url, Podcast.current().funding_label) == (
        "https://support.example/quiet",
        "Buy us a kettle",
    )
    assert str(Podcast.current().guid) == "5c2dc6a4-9c6b-5e0c-8f3e-0d4b1a2c3d4e"
    assert Episode.objects.filter(episode_type="trailer", number=None).count() == 2
    first, moss = Episode.objects.get(number=1), Episode.objects.get(title="Moss on a drum")
    assert (first.title, first.season, moss.number, moss.season) == ("A cup in a cupboard", 1, None, 2)
    assert any("number 1 is that of another episode" in line for line in said)
    assert [(a.speaker.name, a.role) for a in moss.appearances.all()] == [
        ("Guest of Moss", "guest"),
        ("梅田 静", "host"),
    ]
    assert [a.speaker.name for a in first.appearances.all()] == ["梅田 静", "Mori Oto"]
    assert moss.transcripts_elsewhere == []  # those of this test are at http
    assert [section[:2] for section in told(moss)][1:] == [(0, "Drum"), (65, "[Moss](<https://m.example/>)")]
    assert "| thin | 3 |" in re.sub(" +", " ", told(moss)[0][2])


def test_art19_gives_one_guid_and_one_number_to_two_items(bring):
    said = bring("art19")

    assert dict(Episode.objects.values_list("title", "guid")) == {
        "Bridge of one sheet": "gid://art19-episode-locator/V0/same",
        "Bridge of two sheets": "https://rss.art19.example/episodes/13.mp3",
    }
    assert any(
        "its GUID “gid://art19-episode-locator/V0/same” is that of “Bridge of one sheet”, too" in s for s in said
    )
    assert Podcast.current().description == "How to fold a bridge.\nWeekly."


def test_castopod_brings_chapters_opus_and_the_post_for_comments(bring):
    bring("castopod")

    podcast, dune = Podcast.current(), Episode.objects.get()
    assert (podcast.language, podcast.license, podcast.update_rule) == ("fr", "notre-licence", "FREQ=WEEKLY;BYDAY=TU")
    assert podcast.txt_records == ["verify: grain-1"]
    assert (dune.audio_type, dune.language) == ("audio/opus", "fr")
    assert [section[:2] for section in told(dune)] == [
        (None, ""), (0, "Début"), (330, "[Le vent](<https://vent.example/>)"), (1200, "Fin"),
    ]  # fmt: skip
    assert dune.social_posts == ["https://pod.example/@sable/posts/1"]
    assert dune.transcripts_elsewhere == ["https://pod.example/t/dune.srt"]


def test_podbean_has_video_and_an_item_without_a_guid(bring):
    bring("podbean", edit=lambda text: text.replace('encoding="UTF-8"', 'encoding="Shift_JIS"'), encoding="shift_jis")

    first, second = Episode.objects.get(number=1), Episode.objects.get(number=2)
    assert (first.title, first.guid) == ("朝の駅前", "https://mcdn.podbean.example/mf/web/1.mp3")
    assert (first.audio_seconds, first.publish_at.hour) == (3720, 23)
    assert second.audio_type == "video/mp4"
    assert told(second)[0] == (None, "", "夜は三度下がる。\n\n[表](https://table.example/)")


def test_buzzsprout_names_files_that_are_gone_and_a_long_address(bring):
    said = bring("buzzsprout")

    seven, six = Episode.objects.get(number=7), Episode.objects.get(number=6)
    assert (seven.title, len(six.audio_url)) == ("Whistles", 608)
    assert any("/7: the picture is not taken" in line and "404" in line for line in said)
    assert any("/7: the chapters are not taken" in line for line in said)
    assert any("/6: the length “about an hour” is not taken" in line for line in said)
    assert seven.is_live() and six.is_live()


def test_acast_writes_xml_that_is_none_and_an_item_without_audio(bring):
    said = bring("acast")

    assert said[0].startswith("the feed is read although it is not well-formed XML")
    assert (Podcast.current().title, Podcast.current().copyright) == ("Lantern & Moth", "Lantern Society")
    second = Episode.objects.get(number=2)
    assert (second.title, second.season, second.summary) == ("Second light", 1, "Moths by another lamp")
    assert any("/1: the item has no audio" in line for line in said)


def test_what_exists_keeps_what_it_has_and_gets_what_it_lacks(bring):
    Podcast(pk=1, title="私の番組", author="私").save()
    mine = make_episode(number="3", title="雲の高さを測る", notes="### 0:00 自分のノート\n\n書いた。\n", live=True)

    said = bring("anchor")

    mine.refresh_from_db()
    assert (Podcast.current().title, Podcast.current().author) == ("私の番組", "私")
    assert Podcast.current().owner_email == "owner@slope.example"
    assert "  the show: title stays as it is: the feed says 坂道の観測室" in said
    assert told(mine) == [(0, "自分のノート", "書いた。")]
    assert (mine.guid, mine.season) == ("0a1b2c3d-0003-4000-8000-00000000aaaa", 1)


def test_dry_run_says_the_same_and_writes_nothing(bring):
    rehearsed = bring("castopod", dry_run=True)

    assert not Episode.objects.exists() and not Podcast.objects.exists()
    assert "created: /1" in rehearsed and rehearsed[-1] == "Nothing was written."


def test_what_is_in_the_trash_is_not_made_again(bring):
    bring("castopod")
    transition(Episode.objects.get(), to="trashed", user=None, is_confirmed=True)

    said = bring("castopod")

    assert Episode.objects.count() == 1
    assert any("it is in the trash" in line for line in said)


def test_person_calls_an_item_in_doubt_new(bring):
    make_episode(number="3", title="泡の話", live=True)  # another show's 3

    doubt = bring("anchor")
    bring("anchor", match=["0a1b2c3d-0003-4000-8000-00000000aaaa=new"])

    assert any(line.startswith("in doubt: 0a1b2c3d-0003") for line in doubt)
    assert Episode.objects.get(title="3: 雲の高さを測る").number is None


def test_import_of_a_show_is_taken_back_as_one(bring):
    bring("anchor")

    take_back(Change.objects.get(), user=None)

    assert not Episode.objects.exists() and not Podcast.objects.exists()


def test_artwork_comes_where_the_demo_leaves_that_had_one(host):
    Podcast(pk=1, title="見本", artwork="pictures/demo.png").save()
    feed = read_host_feed(_SERVED.sub(host, (FEEDS / "castopod.xml").read_text()).encode())
    show = ShowImport(feed, "castopod.xml", Recording(), ShowFiles(HERE))

    taken = show.take_show(make_room=Podcast.objects.all().delete)

    assert {"title", "artwork"} <= {*taken} and Podcast.current().artwork.name != "pictures/demo.png"


def test_rehearsal_does_not_miss_the_artwork_that_will_come(bring):
    assert not [line for line in bring("castopod", dry_run=True) if "itunes:image" in line]


def test_later_run_does_not_touch_what_a_person_wrote_since(bring):
    bring("castopod")
    dune = Episode.objects.get()
    dune.title = "砂丘"
    store(dune, user=None, write_related=lambda: dune.replace_sections("### 0:00 新しい\n"))

    bring("castopod")

    dune = Episode.objects.get()
    assert (dune.title, told(dune)) == ("砂丘", [(0, "新しい", "")])


def test_forget_leaves_what_the_feed_made(bring, capsys):
    bring("castopod")

    call_command("import_feed", forget=[])

    assert "the feed made it" in capsys.readouterr().out
    assert Episode.objects.get().guid_taken_from
