import pytest
from django.core.management import call_command
from django.utils.translation import override

from episodes.models import Episode
from episodes.podcast import Podcast
from tests.factories import make_episode

pytestmark = pytest.mark.django_db

NOTES = "### 0:00 一\n\n本文。\n\n### 1:00 二\n\n本文。\n\n### 2:00 三\n\n本文。\n"
AUDIO = {"audio_url": "https://audio.example/57.mp3", "audio_bytes": 10, "audio_seconds": 600, "notes": NOTES}


@pytest.fixture(autouse=True)
def podcast(settings):
    settings.SITE_URL = "https://show.example"
    podcast = Podcast(
        pk=1, title="番組", description="話", author="岡", owner_email="a@show.example", artwork="pictures/a.png",
        categories=["Science"],
    )  # fmt: skip
    podcast.save()
    return podcast


def run(capsys):
    call_command("check_content")
    return capsys.readouterr().out


def test_feed_that_keeps_to_every_rule_is_not_mentioned(capsys):
    make_episode(number="57", live=True, **AUDIO)

    assert "feed.xml" not in run(capsys)


def test_error_of_the_feed_is_said_with_its_rule_and_fails(capsys):
    make_episode(number="57", live=True, **AUDIO)
    make_episode(number="58", live=True, **AUDIO)

    with pytest.raises(SystemExit):
        run(capsys)

    (line,) = [line for line in capsys.readouterr().out.splitlines() if "/feed.xml" in line]
    assert line.startswith("https://show.example/feed.xml: error: ")
    assert "https://audio.example/57.mp3 (items-audio-unique, https://podcasters.apple.com/" in line


def test_warning_of_the_feed_does_not_fail(capsys, podcast):
    podcast.owner_email = ""
    podcast.save()
    make_episode(number="57", live=True, **AUDIO)

    assert "(channel-owner, https://" in run(capsys)


def test_problems_are_said_in_the_language_of_all_commands(capsys):
    make_episode(number="57", notes="### 0:00 一\n\n文\n\n### 二\n\n文")

    with override("ja"):
        assert "/57-draft: warning: One section has no time: 二" in run(capsys)


def test_feed_of_notes_only_may_lack_audio(capsys, podcast):
    podcast.is_notes_only = True
    podcast.save()
    make_episode(number="57", player_provider="spotify", player_id="episode/abc", notes=NOTES, live=True)

    assert "feed.xml" not in run(capsys)


def test_episode_that_cannot_be_written_is_an_error_and_the_others_stay(capsys, client):
    make_episode(number="57", live=True, **AUDIO)
    broken = make_episode(number="58", live=True, **AUDIO | {"audio_url": "https://audio.example/58.mp3"})
    Episode.objects.filter(pk=broken.pk).update(title="壊\x0bれた")
    broken.parts.all().delete()

    with pytest.raises(SystemExit):
        run(capsys)

    assert "/58: error: " in capsys.readouterr().out
    assert client.get("/feed.xml").content.count(b"<item>") == 1


def test_feed_without_items_is_not_judged(capsys):
    Podcast(pk=1, title="番組").save()
    make_episode(number="57")

    assert "feed.xml" not in run(capsys)
