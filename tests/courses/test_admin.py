"""The forms of courses and chapters: what they keep byte for byte, and what they show beside the source."""

import pytest

from courses.models import Chapter
from interaxion.content.diagrams.kept import find_diagram
from tests.admin_forms import form_of, save_untouched
from tests.factories import make_chapter, make_course, make_editor, make_host, make_lesson

pytestmark = pytest.mark.django_db
CRLF = "---\r\ntitle: 題\r\nlevel: beginner # 注\r\n---\r\n"


@pytest.fixture
def editor(client):
    user = make_editor()
    client.force_login(user)
    return user


def change_url(thing) -> str:
    return f"/en/admin/courses/{thing._meta.model_name}/{thing.pk}/change/"


@pytest.mark.parametrize("front_matter", [CRLF, "\ufeff" + CRLF, CRLF.replace("\r", ""), ""])
@pytest.mark.parametrize("make", [make_chapter, make_course])
def test_untouched_save_keeps_the_file_byte_for_byte(client, editor, make, front_matter):
    thing = make(front_matter=front_matter, source="# 章\r\n\r\n本文\r\n\r\n")
    before = thing.file_text.encode()

    save_untouched(client, thing)

    thing.refresh_from_db()
    assert (thing.file_text.encode(), thing.version) == (before, 1)


def test_front_matter_is_edited_and_read(client, editor):
    chapter = make_chapter(source="# 章\n")
    form = form_of(client.get(change_url(chapter)), "chapter_form")

    client.post(change_url(chapter), form | {"front_matter": "---\nestimated_time: 20分\n---"})

    chapter.refresh_from_db()
    assert chapter.lesson["minutes"] == [20, 20]
    assert chapter.file_text == "---\nestimated_time: 20分\n---\n# 章\n"


@pytest.mark.parametrize(
    "bad",
    [
        "estimated_time: 20",
        "---\na: [\n---\n",
        "---\na: 1\n---\n---\nb: 2\n---\n",
        "---\na: 1\n",
        "---\na: 1\n---\n本文",
    ],
)
def test_front_matter_that_is_none_is_refused(client, editor, bad):
    chapter = make_chapter(source="# 章\n")
    form = form_of(client.get(change_url(chapter)), "chapter_form")

    response = client.post(change_url(chapter), form | {"front_matter": bad})

    assert response.status_code == 200 and "front_matter" in response.context["adminform"].form.errors
    assert Chapter.objects.get().front_matter == ""


def test_what_was_found_stands_beside_the_source(client, editor):
    chapter = make_lesson(course=make_course(slug="ice", live=True))
    chapter_with_dead_link = make_chapter(
        course=chapter.course, position=2, slug="two", source="[次](chapter-9.md)\n\n```mermaid\nfoo\n```\n"
    )

    found = client.get(change_url(chapter)).content.decode().partition('class="lesson-overview"')[2]
    other = client.get(change_url(chapter_with_dead_link)).content.decode().partition('class="lesson-overview"')[2]

    assert "2 answers" in found and "Light in ice" in found and "(not verified)" in found
    assert "chapter-9" in other and find_diagram("foo\n").reason in other


def test_chapters_of_a_course_are_published_at_once(client, editor):
    course = make_course(slug="ice", live=True)
    first, second = (make_chapter(course=course, position=place) for place in (1, 2))
    url = change_url(course) + "publish-chapters/"
    assert url in client.get(change_url(course)).content.decode()

    asked = client.post(url, {"action": "publish_selected"})
    assert Chapter.objects.live().count() == 0
    form = {"action": "publish_selected", "is_confirmed": "1", "_selected_action": [first.pk, second.pk]}
    form |= {f"version-{each.pk}": each.version for each in (first, second)}
    done = client.post(url, form)

    assert asked.status_code == 200 and asked.content.decode().count("version-") == 2
    assert done.status_code == 302 and Chapter.objects.live().count() == 2


def test_host_is_not_offered_to_publish_chapters(client):
    client.force_login(make_host())
    chapter = make_chapter()

    assert "publish-chapters" not in client.get(change_url(chapter.course)).content.decode()


def test_first_published_chapter_offers_to_publish_its_course(client, editor):
    chapter = make_chapter(course=make_course(slug="ice", title="氷"))
    url = change_url(chapter) + "transition/"

    page = client.post(
        url, {"to": "published", "version": chapter.version, "is_confirmed": "1", "note": ""}, follow=True
    )

    assert f"{change_url(chapter.course)}transition/?to=published" in page.content.decode()
    assert not Chapter.objects.live().exists()
