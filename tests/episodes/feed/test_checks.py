import pytest

from episodes.models import Episode
from interaxion.text.problems import Level
from tests.factories import make_episode

pytestmark = pytest.mark.django_db

AUDIO = {"audio_url": "https://audio.example/57.mp3", "audio_bytes": 10, "audio_seconds": 600}
NOTES = "### 0:00 一\n\n本文。\n\n### 1:00 二\n\n本文。\n\n### 2:00 三\n\n本文。\n"


def rules_broken_by(episode):
    return {problem.rule: problem for problem in episode.problems() if problem.rule}


def test_draft_that_is_ready_breaks_no_rule_of_feeds():
    assert rules_broken_by(make_episode(notes=NOTES, **AUDIO)) == {}


def test_draft_without_audio_is_no_item_yet():
    assert rules_broken_by(make_episode(notes="")) == {}


def test_problem_of_a_draft_names_rule_field_and_specification():
    episode = make_episode(notes=NOTES, audio_url="https://audio.example/57.mp3")

    problems = rules_broken_by(episode)

    assert set(problems) == {"item-duration", "item-enclosure-length"}
    duration = problems["item-duration"]
    assert (duration.level, duration.field) == (Level.WARNING, "audio_seconds")
    assert duration.spec.startswith("https://podcasters.apple.com/")


def test_absurd_title_is_warned_of():
    assert set(rules_broken_by(make_episode(title="長" * 300, notes=NOTES, **AUDIO))) == {"item-title-length"}


def test_long_headings_and_few_are_warned_of():
    notes = f"### 0:00 {'長' * 41}\n\n本文。\n\n### 1:00 二\n\n本文。\n"

    assert set(rules_broken_by(make_episode(notes=notes, **AUDIO))) == {"item-chapters-few", "item-chapters-title"}


def test_control_character_is_an_error_with_its_number():
    episode = make_episode(notes=NOTES, **AUDIO)
    Episode.objects.filter(pk=episode.pk).update(title="壊\x0bれた")
    episode.refresh_from_db()

    (problem,) = [problem for problem in episode.problems() if problem.level is Level.ERROR]

    assert "U+000B" in problem.message


def test_uploaded_file_that_is_gone_is_an_error():
    episode = make_episode(notes=NOTES, audio_file="audio/gone.mp3")

    assert [problem for problem in episode.problems() if problem.level is Level.ERROR]
