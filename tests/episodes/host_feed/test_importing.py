"""`import_feed`: an existing host's feed onto our episodes."""

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from episodes.host_feed.taken_from_feed import OF_AUDIO
from episodes.models import Episode
from episodes.podcast import Podcast
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from tests.factories import make_episode

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

AT = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)


def item(number="57", *, guid="", title="", url="", length="1234", duration="3723"):
    return (
        f"<item><title>{f'{number}: {title}' if title else f'#{number}'}</title><guid>{guid or f'host-{number}'}</guid>"
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


#: The lines about the show itself.
OF_SHOW = ("the show takes", "  the show:", "directories ")


def run(feed, capsys, **options):
    """Return what is said of the episodes."""
    call_command("import_feed", *([feed] if feed else []), **options)
    return [line for line in capsys.readouterr().out.splitlines() if not line.startswith(OF_SHOW)]


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

    assert said[0].startswith("updated: /57 guid")
    assert said[-2] == "host-57\t“#57”\t→ /57 (number in the title)"
    assert said[-1] == "Nothing was written."
    assert Episode.objects.get(pk=episode.pk).version == episode.version
    assert Podcast.current().guid is None


def test_unmatched_items_and_episodes_are_named(feed_of, capsys):
    make_episode(number="1", title="一つ目")

    said = run(feed_of(item("2", title="二つ目")), capsys)

    assert said == ["unmatched: host-2 “2: 二つ目”", "not in the feed: /1-draft"]


def test_item_without_guid_and_audio_fails_and_the_others_stay(feed_of, capsys):
    make_episode(number="1", title="一つ目")
    make_episode(number="2")

    with pytest.raises(SystemExit):
        run(feed_of("<item><title>1: 一つ目</title></item>", item("2")), capsys)

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


def test_empty_fields_are_filled_by_a_later_run(feed_of, capsys):
    make_episode(number="57")
    run(feed_of(item("57", duration="", length="")), capsys)

    said = run(feed_of(item("57")), capsys)

    assert said == ["updated: /57-draft audio_bytes, audio_seconds"]


def test_size_and_length_of_another_file_are_not_taken(feed_of, capsys):
    make_episode(number="57", audio_url="https://old.example/57.mp3", audio_bytes=1, audio_seconds=2)
    run(feed_of(item("57", duration="", length="")), capsys)
    taken = Episode.objects.get()

    said = run(feed_of(item("57", url="https://audio.example/new.mp3")), capsys)

    # Those of the file that the run replaced are forgotten, and those of a file that is not taken stay away.
    assert (taken.audio_url, taken.audio_bytes, taken.audio_seconds) == ("https://audio.example/57.mp3", None, None)
    assert said == [
        "unchanged: /57-draft",
        "  /57-draft: audio_url stays as it is: the feed now says https://audio.example/new.mp3",
    ]


def test_nothing_of_the_audio_is_taken_without_its_address(feed_of, capsys):
    make_episode(number="57")

    said = run(feed_of(item("57", url="ftp://audio.example/57.mp3")), capsys)

    assert said == [
        "updated: /57-draft guid, publish_at",
        "  /57-draft: the audio at “ftp://audio.example/57.mp3” is not taken: that is no address of the web",
    ]


def test_date_ahead_does_not_take_a_live_episode_away(feed_of, capsys):
    episode = make_episode(number="57", live=True)
    ahead = item("57").replace("Apr 2026", "Apr 2126").replace("Wed, ", "")

    said = run(feed_of(ahead), capsys)

    episode.refresh_from_db()
    assert episode.is_live()
    assert "until then nobody would see the episode" in said[1]


def test_refusal_names_the_field_in_the_language_of_the_report(feed_of, capsys):
    make_episode(number="57")

    with pytest.raises(SystemExit):
        run(feed_of(item("57", url="https://audio example/57.mp3")), capsys)

    assert capsys.readouterr().out.splitlines()[2] == "  /57-draft: audio_url: Enter a valid URL."


def test_audio_at_http_is_not_taken_where_https_does_not_answer(feed_of, capsys):
    make_episode(number="57")

    said = run(feed_of(item("57", url="http://127.0.0.1/57.mp3")), capsys)

    assert said[0] == "updated: /57-draft guid, publish_at"
    assert said[1].startswith("  /57-draft: the audio at http://127.0.0.1/57.mp3 is not taken")


def test_date_after_the_end_is_refused_with_the_reason(feed_of, capsys):
    make_episode(number="57", unpublish_at=AT - timedelta(days=1))

    with pytest.raises(SystemExit):
        run(feed_of(item("57")), capsys)

    assert "  /57-draft: The end must be later than the date of publishing." in capsys.readouterr().out.splitlines()


def test_doubt_says_what_each_witness_names(feed_of, capsys):
    make_episode(number="27", title="格子の話", live=True)
    make_episode(number="28", title="泡の話", live=True)

    said = run(feed_of(item("27", title="泡の話")), capsys)

    assert said[0] == "in doubt: host-27 “27: 泡の話”"
    assert "nothing is taken, for it may be either (title: /28, number in the title: /27)" in said[1]
    assert not Episode.objects.exclude(guid_taken_from="").exists()


def test_title_and_number_decide_against_a_date_and_the_report_says_so(feed_of, capsys):
    episode = make_episode(number="27", title="格子の話", live=True, publish_at=AT - timedelta(days=7))
    make_episode(number="28", title="泡の話", live=True, publish_at=AT)

    feed = feed_of(item("27", title="格子の話"))
    said = run(feed, capsys)

    assert said[:2] == [
        "updated: /27 guid, audio_url, audio_bytes, audio_type, audio_seconds",
        "  /27: the date of the item is that of /28 and is not taken; title and number are of this episode",
    ]
    assert facts(episode)[0] == "host-27"
    assert run(feed, capsys)[0] == "unchanged: /27"


def test_weak_witness_against_another_title_and_date_is_in_doubt_with_the_reason(feed_of, capsys):
    episode = make_episode(number="27", title="格子の話", live=True, publish_at=AT - timedelta(days=700))

    said = run(feed_of(item("27", title="泡の話")), capsys)

    assert said[:2] == [
        "in doubt: host-27 “27: 泡の話”",
        "  host-27 “27: 泡の話”: nothing is taken (number in the title: /27),"
        " for the episode is “格子の話” of 2024-05-01."
        " --match GUID=NUMBER decides",
    ]
    assert facts(episode)[-1] == ""


def test_each_change_is_in_the_log(feed_of, capsys):
    episode = make_episode(number="57", guid="ours", live=True)
    feed = feed_of(item("57"))

    run(feed, capsys)
    run(feed, capsys)

    (entry,) = episode.log.filter(note__startswith="import_feed")
    assert (entry.from_state, entry.to_state, entry.user) == ("live", "live", None)
    assert "guid: ours → host-57" in entry.note.splitlines()


# --match


def test_person_names_the_episode_of_an_item(feed_of, capsys):
    make_episode(number="57", title="格子の話")
    make_episode(number="58", title="泡の話")

    said = run(feed_of(item("99", title="別の題")), capsys, match=["host-99=58"])

    assert said[0].startswith("updated: /58-draft guid, audio_url")
    assert said[1] == "not in the feed: /57-draft"


def test_person_names_it_again_and_nothing_changes(feed_of, capsys):
    episode = make_episode(number="58", title="泡の話")
    feed = feed_of(item("99", title="別の題"))
    run(feed, capsys, match=["host-99=58"])
    version = Episode.objects.get(pk=episode.pk).version

    assert run(feed, capsys, match=["host-99=58"]) == ["unchanged: /58-draft"]
    assert Episode.objects.get(pk=episode.pk).version == version


def test_person_moves_a_guid_to_its_episode(feed_of, capsys):
    right, wrong = make_episode(number="1", title="一つ目"), make_episode(number="2", title="二つ目")
    feed = feed_of(item("1", title="あ"), item("2", title="い"))
    run(feed, capsys, match=["host-1=2", "host-2=1"])  # by mistake

    said = run(feed, capsys, match=["host-1=1", "host-2=2"])

    right.refresh_from_db(), wrong.refresh_from_db()
    assert (right.guid, right.audio_url) == ("host-1", "https://audio.example/1.mp3")
    assert (wrong.guid, wrong.audio_url) == ("host-2", "https://audio.example/2.mp3")
    assert said[1].startswith("  /1-draft: /2-draft had this GUID and has a new one now")
    assert run(feed, capsys) == ["unchanged: /1-draft", "unchanged: /2-draft"]


@pytest.mark.parametrize(
    ("match", "message"),
    [
        (["host-57"], "write GUID=NUMBER"),
        (["host-57=x"], "no episode number"),
        (["host-58=57"], "0 items of the feed"),
        (["host-57=58"], "there is no episode 58"),
        (["host-57=57", "host-57=57"], "named twice"),
    ],
)
def test_match_that_names_nothing_is_refused(feed_of, match, message):
    make_episode(number="57")

    with pytest.raises(CommandError, match=message):
        call_command("import_feed", feed_of(item("57")), match=match)

    assert Episode.objects.get().guid_taken_from == ""


# --forget


def facts(episode):
    return Episode.objects.filter(pk=episode.pk).values_list("guid", *OF_AUDIO, "publish_at", "guid_taken_from").get()


def test_forget_gives_back_what_every_run_replaced(feed_of, capsys):
    episode = make_episode(
        number="57", live=True, audio_url="https://old.example/57.m4a", audio_type="audio/mp4", audio_bytes=7
    )
    before = facts(episode)
    run(feed_of(item("57")), capsys)
    run(feed_of(item("57", length="9")), capsys, overwrite=True)

    said = run(None, capsys, forget=[])

    assert said == ["given back: /57 guid, audio_url, audio_bytes, audio_type, audio_seconds, publish_at"]
    assert facts(episode) == before
    assert f"guid: host-57 → {before[0]}" in episode.log.first().note
    assert run(None, capsys, forget=[]) == ["No episode has taken anything."]


def test_forget_of_one_number_leaves_the_others(feed_of, capsys):
    one, two = make_episode(number="1", guid="a"), make_episode(number="2", guid="b")
    run(feed_of(item("1"), item("2")), capsys)

    call_command("import_feed", "--forget", "1")

    assert (facts(one)[0], facts(two)[0]) == ("a", "host-2")


def test_forget_of_a_feed_leaves_what_another_gave(feed_of, capsys):
    one, two = make_episode(number="1", guid="a"), make_episode(number="2", guid="b")
    run(feed_of(item("1")), capsys)
    Episode.objects.filter(pk=one.pk).update(guid_taken_from="https://other.example/rss")
    feed = feed_of(item("2"))
    run(feed, capsys)

    run(feed, capsys, forget=[])

    assert (facts(one)[0], facts(two)[0]) == ("host-1", "b")


def test_forget_gives_back_guids_that_were_exchanged(feed_of, capsys):
    one, two = make_episode(number="1", guid="a"), make_episode(number="2", guid="b")
    run(feed_of(item("1", guid="b", title="あ"), item("2", guid="a", title="い")), capsys, match=["b=1", "a=2"])
    exchanged = facts(one)[0], facts(two)[0]

    run(None, capsys, forget=[])

    assert exchanged == ("b", "a")
    assert (facts(one)[0], facts(two)[0]) == ("a", "b")


def test_forget_gives_back_nothing_where_one_guid_is_another_ones(feed_of, capsys):
    one, two = make_episode(number="1", guid="a"), make_episode(number="2", guid="b")
    run(feed_of(item("1"), item("2")), capsys)
    make_episode(number="3", guid="b")

    with pytest.raises(CommandError, match="Nothing is given back: the GUID “b” is that of /3-draft"):
        run(None, capsys, forget=[])

    assert (facts(one)[0], facts(two)[0]) == ("host-1", "host-2")


def test_forget_leaves_what_somebody_changed_since(feed_of, capsys):
    episode = make_episode(number="57", guid="a")
    run(feed_of(item("57")), capsys)
    episode.refresh_from_db()
    episode.audio_url = "https://audio.example/better.mp3"
    store(episode, user=None)

    said = run(None, capsys, forget=["57"])

    assert said[0] == "given back: /57-draft guid, publish_at"
    assert said[1].startswith("  /57-draft: audio_url stays as it is")
    assert facts(episode)[:2] == ("a", "https://audio.example/better.mp3")


def test_forget_keeps_the_date_of_what_was_published_since(feed_of, capsys):
    episode = make_episode(number="57")
    run(feed_of(item("57")), capsys)
    transition(Episode.objects.get(), to="published", user=None)

    run(None, capsys, forget=[])

    episode.refresh_from_db()
    assert (episode.publish_at, episode.is_live()) == (AT, True)


def test_forget_does_not_reschedule_what_the_feed_has_published(feed_of, capsys):
    episode = make_episode(number="57", live=True, publish_at=timezone.now() + timedelta(days=9))
    run(feed_of(item("57")), capsys)

    said = run(None, capsys, forget=[])

    episode.refresh_from_db()
    assert episode.is_live()
    assert said[1].startswith("  /57: publish_at stays as it is")


def test_forget_as_a_trial_writes_nothing(feed_of, capsys):
    episode = make_episode(number="57")
    run(feed_of(item("57")), capsys)
    before = facts(episode)

    said = run(None, capsys, forget=[], dry_run=True)

    assert said[-1] == "Nothing was written."
    assert facts(episode) == before


def test_forget_reports_what_an_older_release_took_without_keeping_old_values(capsys):
    make_episode(number="57", guid_taken_from="host.xml")

    with pytest.raises(SystemExit):
        run(None, capsys, forget=[])

    assert "an older release kept nothing" in capsys.readouterr().out


def test_forget_of_a_number_that_took_nothing_is_refused():
    make_episode(number="57")

    with pytest.raises(CommandError, match="Episode 57 has taken nothing"):
        call_command("import_feed", "--forget", "57")


def test_command_without_a_feed_asks_for_one():
    with pytest.raises(CommandError, match="Name the feed"):
        call_command("import_feed")


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
