"""The report of an import: each sentence once, the serious first, and the totals."""

from typing import Any

import pytest
from django.utils.translation import override

from interaxion.content.importing.outcome import Action, Outcome
from interaxion.sitewide.importing.report.summary import sentences_of, spell_totals, totals_of
from interaxion.text.jekyll.telling_keys import meaning_of, note_on_key
from interaxion.text.source_errors import Note, Option, SourceError, Subject
from tests.imports import import_all, write_file

CHECK = Note(1, "%(problem)s", {"problem": "There is no summary."}, Subject.CHECK)


def make_outcome(file: str, *notes: Note, action: Action = Action.CREATED, **facts: Any) -> Outcome:
    return Outcome(file, action, "", notes, **facts)


def test_each_sentence_is_there_once_with_its_count_and_the_serious_first():
    failed = SourceError("c.md", 4, "bad", "mend it")
    outcomes = [
        make_outcome("a.md", CHECK, note_on_key("mood", "x", 2)),
        make_outcome("b.md", CHECK, note_on_key("mood", "y", 3), note_on_key("klang", "x.mp3", 5)),
        make_outcome("c.md", action=Action.FAILED, problem=failed),
        make_outcome("d.md", note_on_key("colour", "x", 2)),
    ]

    with override("en"):
        found = [(each.count, f"{each.file}:{each.line}", each.spell()) for each in sentences_of(outcomes)]

    assert found == [
        (1, "c.md:4", "bad; mend it"),
        (1, "b.md:5", "klang may be the sound of an episode: --map klang=audio takes it as that"),
        (2, "a.md:2", "unknown key, kept: mood"),
        (1, "d.md:2", "unknown key, kept: colour"),
        (2, "a.md:1", "There is no summary."),
    ]


def test_one_check_about_different_things_is_one_sentence():
    problems = ["3 sections have no time: a, b, c.", "5 sections have no time: d.", "There is no summary."]
    notes = [Note(1, "%(problem)s", {"problem": problem}, Subject.CHECK) for problem in problems]

    assert [each.count for each in sentences_of([make_outcome("a.md", *notes)])] == [2, 1]


def test_page_names_no_option_of_the_command():
    [sentence] = sentences_of([make_outcome("a.md", Note(1, "use %(option)s", {"option": Option.PUBLISH_AT}))])

    with override("en"):
        spelled = (sentence.spell(), sentence.spell_for_page())
    assert spelled == ("use --publish-at", "use the field “date of what has none”")


@pytest.mark.parametrize(
    ("key", "value", "meaning"),
    [
        ("audioUrl", "x", "audio"),
        ("klang", "https://a.example/1.mp3?x=1", "audio"),
        ("running_length", "3:04", "length"),
        ("co_hosts", ["a"], "people"),
        ("forecast", "rain", ""),
        ("audio", "", ""),
    ],
)
def test_keys_that_look_like_sound_length_or_people_are_told_apart(key, value, meaning):
    assert meaning_of(key, value) == meaning


@pytest.mark.django_db
def test_totals_say_what_was_made_and_which_old_addresses_answer(tmp_path):
    write_file(tmp_path, "_config.yml", "title: 波\n")
    write_file(
        tmp_path, "_posts/2024-01-01-a.md", "---\ntitle: 'Episode 7: 潮'\nlayout: post\n---\n![x](/assets/a.png)\n"
    )
    write_file(tmp_path, "_posts/2024-01-02-b.md", "---\nlayout: post\ntitle: [1]\n---\nx\n")
    write_file(
        tmp_path, "episodes/c.md", "---\nklang: https://a.example/c.mp3\ntitle: '8. 波'\ndate: 2024-01-03\n---\nx\n"
    )

    outcomes = import_all(tmp_path, episodes_in="episodes", key_map={"klang": "audio"})

    with override("en"):
        assert list(spell_totals(totals_of(outcomes))) == [
            "created or updated: 1 episode, 1 post, 0 pages, 0 courses, 0 chapters",
            "2 old addresses answer, 1 does not (/2024/01/02/b.html)",
            "1 picture is not shown",
            "1 remark on sound that was not taken",
        ]
    [hint] = [each for each in sentences_of(outcomes) if "--episodes" in str(each.params.get("option", ""))]
    assert (hint.file, hint.line) == ("_posts/2024-01-01-a.md", 2)
