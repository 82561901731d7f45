"""Bad input: a clear report, and a page that is still served."""

import pytest
from django.utils import timezone

from courses.models import Chapter, Exercise
from interaxion.content.diagrams.kept import find_diagram
from interaxion.content.saving.storing import store
from interaxion.text.markdown import Undrawn
from tests.factories import make_chapter, make_course
from tests.imports import import_all, messages, write_file

pytestmark = pytest.mark.django_db
HOSTILE = 'flowchart LR\n a["</text><script>alert(1)</script>"]-->b[<img src=x onerror=alert(1)>]\n'


def served(client, chapter: Chapter) -> str:
    response = client.get(chapter.path)
    assert response.status_code == 200
    return response.content.decode()


def test_second_front_matter_is_text(tmp_path, client):
    write_file(tmp_path, "waves/index.md", "# 波\n")
    write_file(tmp_path, "waves/chapter-1.md", "---\ntitle: 一\n---\n---\ntitle: 二\n---\n\n本文。\n")

    outcomes = import_all(tmp_path, publish_at=timezone.now())

    assert [str(outcome.problem) for outcome in outcomes if outcome.problem] == []
    chapter = Chapter.objects.get()
    assert chapter.title == "一" and "本文。" in served(client, chapter)


def test_two_files_of_one_place_are_told_by_name(tmp_path):
    write_file(tmp_path, "waves/index.md", "# 波\n")
    for name in ("a", "b"):
        write_file(tmp_path, f"waves/{name}.md", f"---\nchapter: 2\ntitle: 題{name}\n---\n本文。\n")

    outcomes = import_all(tmp_path, publish_at=timezone.now())

    assert Chapter.objects.filter(position=2).count() == 2
    assert any("題a" in message for outcome in outcomes for message in messages(outcome))


def test_prerequisites_in_a_circle_are_advice(client):
    course = make_course(slug="waves", live=True)
    first, second = (
        make_chapter(
            course=course,
            position=place,
            front_matter=f'---\nprerequisites: ["第{3 - place}章"]\n---\n',
            live=True,
        )
        for place in (1, 2)
    )

    assert f'href="{second.path}">第2章' in served(client, first)
    assert f'href="{first.path}">第1章' in served(client, second)
    told = "前提知識が堂々巡りになっています：章2 → 章1 → 章2"
    assert told in [problem.message for problem in second.problems()]


def test_courses_that_need_each_other_are_told():
    ice, snow = (
        make_course(slug=slug, title=slug, front_matter=f"---\nprerequisites: [{other} (推奨), 力学]\n---\n", live=True)
        for slug, other in (("ice", "snow-first"), ("snow-first", "ice"))
    )

    assert "前提知識が堂々巡りになっています：ice → snow-first → ice" in [each.message for each in ice.problems()]
    snow.front_matter = ""
    store(snow, user=None)
    assert not any("堂々巡り" in each.message for each in ice.problems())


def test_formula_and_diagram_that_cannot_be_read_are_shown_as_written(client):
    source = f"$\\frac{{a}}$ と $$\\begin{{align}} x$$\n\n```mermaid\n{HOSTILE}```\n"
    chapter = make_chapter(course=make_course(live=True), source=source, live=True)

    html = served(client, chapter).partition('class="prose chapter"')[2].partition("<footer")[0]

    assert "<script" not in html and "<img src=x" not in html
    assert isinstance(find_diagram(HOSTILE), Undrawn) or "/media/diagrams/" in html


def test_exercise_without_an_answer_is_told(client):
    source = "## 演習問題\n\n### 問題1\n\nなぜ？\n\n<details>\n<summary>ヒント</summary>\n\n終わりのない"
    chapter = make_chapter(course=make_course(live=True), source=source, live=True)

    assert Exercise.objects.get().answers == []
    assert any("1" in problem.message and "解答" in problem.message for problem in chapter.problems())
    assert "なぜ？" in served(client, chapter)


def test_wrong_totals_of_an_index_are_told():
    course = make_course(front_matter="---\ntotal_chapters: 3\ntotal_exercises: 1\n---\n", live=True)
    make_chapter(course=course, source="## 演習問題\n\n### 問題1\n\nなぜ？\n", live=True)

    told = [problem.message for problem in course.problems() if "total_" in problem.message]

    assert len(told) == 1 and "total_chapters" in told[0] and "3" in told[0]


def test_addresses_in_code_are_shown_and_not_called_hidden():
    chapter = make_chapter(source="```\nname@host.example\n```\n", course=make_course(live=True), live=True)

    assert "name@host.example" in chapter.html
    assert not any("@" in problem.message for problem in chapter.problems())
