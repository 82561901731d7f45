"""Files of courses as rows: with all their front matter or none, each byte kept."""

import os
import re
import shutil
from pathlib import Path

import pytest
from django.utils import timezone

from courses.models import Chapter, Course, Exercise, Reference
from interaxion.content.importing.imported import ImportedFile
from tests.admin_forms import save_untouched
from tests.factories import make_chapter, make_course, make_editor, make_speaker
from tests.html_pages import html_of
from tests.imports import DATA, import_all, import_text, messages, write_file

pytestmark = pytest.mark.django_db


def bytes_of(chapter: Chapter) -> bytes:
    """The file as it was."""
    return chapter.file_text.encode()


def test_course_of_a_folder_is_read_whole():
    import_all(DATA / "course/ja/waves")

    course = Course.objects.get()
    assert (course.slug, course.title, course.version_label) == ("waves", "波のはじめの一歩 v1.2", "1.2")
    assert course.is_live()
    first, second = Chapter.objects.in_order()
    assert (first.title, first.position, first.slug) == ("第1章：縄をゆらす", 1, "chapter-1")
    assert [str(author) for author in first.authors.all()] == ["みなも"]
    assert (second.title, second.position, second.status) == ("第2章：重ね合わせ", 2, "draft")


def test_files_are_kept_byte_for_byte_also_by_an_untouched_save(tmp_path, client):
    client.force_login(make_editor())
    folder = tmp_path / "waves"
    shutil.copytree(DATA / "course/ja/waves", folder)
    (folder / "chapter-3.md").write_bytes("\ufeff---\r\ntitle: 三 # 注\r\n---\r\n\r\n# 三\r\n\r\n終わり".encode())

    import_all(folder)

    for file in ImportedFile.objects.all():
        save_untouched(client, file.target)
        assert bytes_of(file.target) == (folder / file.name).read_bytes(), file.name
    assert ImportedFile.objects.count() == 4


def test_chapter_with_other_line_ends_is_kept_too(tmp_path):
    data = "---\r\ntitle: 題\r\nseries: 波\r\nchapter: 1\r\n---\r\n# 題\r\n\r\n本文".encode()

    import_text(tmp_path, data)

    assert bytes_of(Chapter.objects.get()) == data


def test_chapter_alone_belongs_to_the_course_of_its_series(tmp_path):
    text = (DATA / "course/ja/waves/chapter-1.md").read_text()

    import_text(tmp_path, text, name="anything.txt")

    chapter = Chapter.objects.get()
    assert (chapter.course.slug, chapter.course.title) == ("波のはじめの一歩", "波のはじめの一歩")
    assert chapter.slug == "chapter-1"
    assert chapter.is_live()


def test_course_can_be_named(tmp_path):
    import_text(tmp_path, "# 第3章\n\n本文です。\n", course="ropes")

    chapter = Chapter.objects.get()
    assert (chapter.course.slug, chapter.position) == ("ropes", 3)


def test_chapter_without_any_course_is_refused(tmp_path):
    outcome = import_text(tmp_path, "---\ntitle: 題\nchapter: 1\n---\n本文です。\n")

    assert "--course" in str(outcome.problem)
    assert not Course.objects.exists()


def test_chapter_is_matched_by_course_and_place(tmp_path):
    import_all(DATA / "course/ja/waves")
    text = (DATA / "course/ja/waves/chapter-1.md").read_text() + "\n追記。\n"

    outcome = import_text(tmp_path, text, course="waves", name="copy.txt")

    assert (outcome.action, outcome.path) == ("updated", "/courses/waves/chapter-1/")
    assert Chapter.objects.count() == 2


def test_two_files_of_one_place_are_two_chapters(tmp_path):
    for name in ("index", "chapter-1", "chapter-1-appendix"):
        write_file(tmp_path, f"waves/{name}.md", f"---\ntitle: {name}\nseries: waves\n---\n本文です。\n")

    import_all(tmp_path)

    assert Chapter.objects.count() == 2


@pytest.mark.parametrize(("written", "position"), [("10", 10), ("Chapter 10", 10), ("第10章", 10), ("2.5", None)])
def test_chapter_number_may_stand_in_words(tmp_path, written, position):
    text = f"---\ntitle: 題\nseries: waves\nchapter_number: {written}\n---\n本文です。\n"

    outcome = import_text(tmp_path, text)

    assert [chapter.position for chapter in Chapter.objects.all()] == ([position] if position else [])
    assert (outcome.problem is None) is bool(position)


def test_index_after_its_chapters_completes_the_course(tmp_path):
    import_all(DATA / "course/ja/waves/chapter-1.md", course="waves")

    (outcome,) = import_all(DATA / "course/ja/waves/index.md")

    assert outcome.action == "updated"
    assert Course.objects.get().subtitle == "縄とびから始める"


def test_front_matter_is_kept_and_read():
    outcomes = {outcome.file: outcome for outcome in import_all(DATA / "course/ja/waves")}

    assert not any("learning_objectives" in message for message in messages(outcomes["chapter-1.md"]))
    chapter = Chapter.objects.get(slug="chapter-1")
    assert chapter.lesson["objectives"] == ["山と谷を見分けられる"]
    assert "# --- 基本情報 ---" in chapter.front_matter


def test_backup_is_ignored():
    files = [outcome.file for outcome in import_all(DATA / "course/ja/waves")]

    assert files == ["index.md", "chapter-1.md", "chapter-2.md"]


def test_authors_and_audience_of_a_course_are_read_without_addresses(tmp_path, client):
    head = (
        "---\ntitle: 波\ntarget_audience: 学部生, 大学院生\nauthors:\n  - name: 岡 <oka@lab.example>\n"
        "    email: oka@lab.example\n  - 汀 (migiwa@lab.example)\n---\n"
    )
    write_file(tmp_path, "waves/index.md", f"{head}本文です。\n")
    write_file(tmp_path, "waves/chapter-1.md", "# 第1章\n\n本文。\n")

    import_all(tmp_path, publish_at=timezone.now())

    course = Course.objects.get()
    assert ([speaker.name for speaker in course.authors.all()], course.audience) == (["岡", "汀"], "学部生, 大学院生")
    html = html_of(client.get("/courses/waves/"))
    assert "岡</a>" in html and '<dd lang="ja">大学院生</dd>' in html and "lab.example" not in html
    assert "/courses/waves/" in client.get("/speakers/岡/").content.decode()


def test_courses_stand_in_the_order_of_the_page_that_lists_them(tmp_path):
    listed = "[雪](./snow/) と [氷](ice/index.md)。[雪の章](snow/chapter-1.md)"
    write_file(tmp_path, "ja/index.md", f"---\nlayout: page\ntitle: 講座\npermalink: /all/\n---\n{listed}です。\n")
    for name in ("hail", "ice", "snow"):
        write_file(tmp_path, f"ja/{name}/index.md", f"# {name} のコース\n")

    import_all(tmp_path)

    assert [(course.slug, course.position) for course in Course.objects.in_order()] == [
        ("snow", 1),
        ("ice", 2),
        ("hail", None),
    ]


def test_link_to_a_course_that_is_not_there_is_told(tmp_path):
    make_course(slug="snow", title="雪")
    write_file(tmp_path, "ice/index.md", "# 氷のコース\n")
    write_file(tmp_path, "waves/index.md", "# 波のコース\n\n[氷](../ice/) [雪](../snow/index.md)\n\n[雹](../hail/)\n")

    outcomes = import_all(tmp_path)

    told = [message for outcome in outcomes for message in messages(outcome) if "../" in message]
    assert [message.partition(" is missing")[0] for message in told] == ["5: the page ../hail/"]


def test_authors_of_a_course_are_in_its_structured_data(client):
    course = make_course(slug="ice", live=True)
    course.replace_authors([make_speaker(name="岡")])
    make_chapter(course=course, live=True)

    authors = re.search(r'"author": ?\[([^]]*)\]', client.get("/courses/ice/").content.decode())
    assert authors and '"岡"' in authors[1]


@pytest.mark.corpus
def test_seed_chapter_keeps_all_that_was_counted_in_it():
    (outcome,) = import_all(Path(os.environ["CORPUS"]).parent / "seeds/004_8d508ec5e4ba6552.txt")

    chapter = Chapter.objects.get()
    prose = re.sub("<pre.*?</pre>", "", chapter.html, flags=re.DOTALL)
    assert outcome.action == "created" and "**" not in prose
    assert len(re.findall(r"\$\d", chapter.text)) == 23 and "<math" not in chapter.html
    assert (chapter.html.count("<table>"), chapter.html.count("<details")) == (3, 6)
    assert [(each.label, each.difficulty, len(each.hints), len(each.answers)) for each in Exercise.objects.all()] == [
        ("1", "medium", 1, 1),
        ("2", "hard", 1, 1),
        ("3", "hard", 1, 1),
    ]
    references = Reference.objects.all()
    assert [each.number for each in references] == [*range(1, 16)]
    assert sum(each.is_unverified for each in references) == 4 and sum(bool(each.arxiv) for each in references) == 1
    assert chapter.html.count('class="citation"') == chapter.html.count('class="citation-back"') == 15
    # The marks of adsorbed molecules are no emphasis; no other asterisk is left of the emphasis in its text.
    assert len(re.findall(r"\*(?=[CO])", chapter.text)) == len(re.findall(r"(?<!\*)\*(?=(?:CO|CH|OC))", chapter.source))
