from decimal import Decimal

import pytest

from episodes.models import Episode
from interaxion.content.saving.transitions import transition
from interaxion.text.problems import Level
from tests.factories import make_episode, make_speaker

pytestmark = pytest.mark.django_db

TIMED = "### 0:00 一\n\n本文。\n\n### 1:00 二\n\n本文。\n\n### 2:00 三\n\n本文。\n"
PLAYER = {"player_provider": "spotify", "player_id": "episode/4rOoJ6Egrf8K2IrywzwOMk"}


def ready(*, notes=TIMED, **fields):
    """An episode that the checks have nothing to say of, but for what `fields` make of it."""
    return make_episode(notes=notes, speakers=(make_speaker(),), **{"summary": "話しました。", **PLAYER, **fields})


def fields_of(episode, level):
    return [problem.field for problem in episode.problems() if problem.level is level]


def test_ready_episode_has_no_problem():
    assert ready().problems() == []


def test_player_of_another_episode_is_an_error_until_that_is_thrown_away():
    first, second = ready(), ready()

    (problem,) = second.problems()
    assert (problem.level, problem.field) == (Level.ERROR, "player")
    assert str(first) in problem.message

    transition(first, to="trashed", user=None)
    assert second.problems() == []


def test_same_artwork_is_an_error_whatever_storage_called_it():
    picture = "0123456789abcdef01234567"
    ready(artwork=f"pictures/{picture}.png")
    second = ready(artwork=f"pictures/{picture}_k3x9.png", player_provider="", player_id="")

    assert fields_of(second, Level.ERROR) == ["artwork"]


@pytest.mark.parametrize("title", ["57: 量子の話", "57．量子の話", "第57回 量子の話", "Ep. 57 - 量子の話"])
def test_number_typed_into_the_title_is_told_with_the_title_that_is_enough(title):
    (problem,) = ready(number="57", title=title).problems()

    assert (problem.level, problem.field) == (Level.WARNING, "title")
    assert "量子の話" in problem.message and "57" not in problem.message


@pytest.mark.parametrize("title", ["57", "57の約数", "57%の話"])
def test_number_that_is_a_title_of_its_own_is_left_alone(title):
    assert ready(number="57", title=title).problems() == []


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": "Ep. 56 前の回"}, "title"),
        ({"title": "#56 前の回"}, "title"),
        ({"path": "/56"}, "path"),
        ({"distribution_notes": "# Ep. 56 前の回\n\n話しました。\n"}, "distribution_notes"),
        ({"distribution_notes": "# Ep. 57 題\n\n完全版は[こちら](https://show.example/56)。\n"}, "distribution_notes"),
        ({"summary": "完全版は[こちら](https://show.example/56)。"}, "summary"),
        ({"notes": f"完全版は[こちら](https://show.example/56)。\n\n{TIMED}"}, "sections"),
    ],
)
def test_numbers_that_disagree_are_an_error(fields, wrong):
    assert fields_of(ready(number="57", **fields), Level.ERROR) == [wrong]


@pytest.mark.parametrize(
    ("number", "fields"),
    [
        ("57", {"title": "2001: 宇宙の旅"}),
        ("57", {"title": "Ep. 57 題", "path": "/57-draft"}),
        ("57", {"path": "/special/56"}),
        (
            "19.5",
            {"path": "/19-5", "distribution_notes": "# Ep. 19.5 題\n\n完全版は[こちら](https://a.example/19-5)。\n"},
        ),
        ("57", {"notes": f"{TIMED}\n\n[56回](https://show.example/56)の完全版で話した。\n"}),
    ],
)
def test_numbers_that_agree_or_mean_something_else_are_no_error(number, fields):
    assert fields_of(ready(number=number, **fields), Level.ERROR) == []


def test_untimed_sections_are_one_warning_at_the_first_and_announcements_need_no_time():
    episode = ready(notes="### 0:00 一\n\n話。\n\n### 二\n\n話。\n\n### 三\n\n話。\n\n### お知らせ\n\n知らせ。\n")

    (problem,) = episode.problems()

    assert (problem.level, problem.field, problem.row_field) == (Level.WARNING, "sections", "starts_at")
    assert problem.place == episode.sections.get(heading="二").key
    assert "お知らせ" not in problem.message


@pytest.mark.parametrize(
    ("notes", "heading"),
    [
        (TIMED.replace("2:00", "0:30"), "三"),
        (TIMED.replace("2:00", "1:00"), "三"),
        (TIMED.replace("2:00", "9:59:59"), "三"),
        ("### 0:00 一\n\n話。\n\n### 1:00 二\n\n話。\n", "一"),
    ],
)
def test_times_that_fall_or_pass_the_end_and_few_chapters_are_warned_of(notes, heading):
    episode = ready(notes=notes, audio_seconds=3600)

    (problem,) = episode.problems()

    assert problem.level is Level.WARNING
    assert problem.place == episode.sections.get(heading=heading).key


def test_two_chapters_of_an_episode_with_audio_are_said_once():
    notes = "### 0:00 一\n\n話。\n\n### 1:00 二\n\n話。\n"
    audio = {"audio_url": "https://audio.example/1.mp3", "audio_bytes": 9, "audio_seconds": 600}

    assert [problem.rule for problem in ready(notes=notes, **audio).problems()] == ["item-chapters-few"]


def test_problem_in_the_text_names_the_section_it_stands_in():
    notes = "![](/lead.png)\n\n### 0:00 一\n\n話。\n\n### 1:00 二 **開いた\n\n![](/a.png)\n\n### 2:00 三\n\n話。\n"
    episode = ready(notes=notes)

    found = {(problem.heading, problem.row_field) for problem in episode.problems()}

    assert found == {("", "body"), ("二 **開いた", "heading"), ("二 **開いた", "body")}


def test_short_notes_over_the_limit_are_warned_of_with_both_sizes():
    episode = ready(distribution_notes="- " + "長" * 4100 + "\n")

    (problem,) = episode.problems()

    assert (problem.level, problem.field) == (Level.WARNING, "distribution_notes")
    assert "4,000" in problem.message and "4,1" in problem.message


def test_missing_audio_speakers_and_number_are_warned_of():
    episode = make_episode(number=None, notes=TIMED)

    assert fields_of(episode, Level.WARNING) == ["summary", "number", "audio_url", "appearances"]


@pytest.mark.parametrize("notes", ["", "### お知らせ\n", "### お知らせ\n\nおたよりを待っています。\n"])
def test_notes_that_nobody_has_written_are_warned_of(notes):
    ready(number="55", notes="### お知らせ\n\n前の前の知らせ。\n", player_id="a")
    ready(number="56", notes=f"{TIMED}\n### お知らせ\n\nおたよりを待っています。\n", player_id="b")
    ready(number="58", notes=TIMED, player_id="c")

    (problem,) = ready(number="57", notes=notes).problems()

    assert (problem.level, problem.field) == (Level.WARNING, "sections")


@pytest.mark.parametrize(
    "notes", ["### お知らせ\n\n次の録音は公開です。\n", "話した。\n\n### お知らせ\n\nおたより。\n"]
)
def test_announcements_that_somebody_wrote_are_notes(notes):
    first = ready(number="56", notes=notes, player_id="a")
    ready(number="55", notes="### お知らせ\n\nおたより。\n", player_id="b")
    ready(number="57", notes="### お知らせ\n\n次の録音は公開です。\n", player_id="c")

    assert first.problems() == []


def test_announcements_of_the_first_episode_are_notes():
    assert ready(notes="### お知らせ\n\n番組が始まります。\n").problems() == []


def test_picture_that_is_not_there_is_warned_of_at_its_line():
    notes = "前置き\n\n![一](nothing.png)\n\n### 0:00 一\n\n話。\n\n![二](/media/none.png)\n![一](nothing.png)\n"
    episode = ready(notes=notes)

    found = [(problem.place, problem.line) for problem in episode.problems() if ".png" in problem.message]

    lead, first = episode.sections.all()
    assert found == [(lead.key, 3), (first.key, 3)]


def test_audio_without_size_type_and_length_is_warned_of():
    episode = ready(audio_url="https://audio.example/1.mp3")

    assert {"audio_bytes", "audio_seconds"} <= set(fields_of(episode, Level.WARNING))


def test_checks_ask_the_database_as_often_for_many_sections_as_for_few(django_assert_max_num_queries):
    section = "### {}:00 話\n\n- [例](https://a.example/{})\n- ![図](/x.png)\n\n"
    few, many = (ready(notes="".join(section.format(n, n) for n in range(count))) for count in (3, 30))
    Episode.objects.filter(pk=many.pk).update(player_id="episode/" + "x" * 22, number=Decimal(400), path="/400")

    for episode in (few, many):
        loaded = Episode.objects.prefetch_related("sections", "appearances").get(pk=episode.pk)
        with django_assert_max_num_queries(10):
            loaded.problems()
