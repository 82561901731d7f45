"""The order of the chapters of a course, put right below its form."""

import pytest
from django.test import Client

from courses.models import Chapter
from interaxion.content.publishing.desk_settings import DeskSettings
from interaxion.content.publishing.revisions import Revision
from interaxion.content.publishing.site_state import SiteState
from tests.admin_forms import form_of
from tests.factories import make_chapter, make_course, make_host

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NEW = "/en/admin/courses/chapter/add/"


@pytest.fixture
def course():
    return make_course(slug="waves", live=True)


@pytest.fixture
def host():
    return make_host(name="host")


@pytest.fixture
def desk(client, host) -> Client:
    client.force_login(host)
    return client


def url_of(course) -> str:
    return f"/en/admin/courses/course/{course.pk}/change/chapters/"


def order(course) -> list[tuple[str, int]]:
    return list(Chapter.objects.filter(course=course).in_order().values_list("slug", "position"))


def test_chapter_moves_up_by_its_button(desk, course, host):
    chapters = [make_chapter(course=course, slug=slug, position=2 * n, live=True) for n, slug in enumerate("abc")]
    state = SiteState.current().version
    keys = [chapter.pk for chapter in chapters]

    assert desk.post(url_of(course), {"chapter": keys, "up": keys[2]}).status_code == 302

    assert order(course) == [("a", 1), ("c", 2), ("b", 3)]
    newest = Revision.objects.order_by("-pk")[:3]
    assert {(each.target.slug, each.user, each.number) for each in newest} == {(slug, host, 2) for slug in "abc"}
    assert SiteState.current().version > state
    assert desk.get(url_of(course)).status_code == 405


def test_two_chapters_at_one_place_are_counted_anew_each_language_for_itself(desk, course):
    twins = [make_chapter(course=course, slug=slug, position=3) for slug in "ab"]
    make_chapter(course=course, slug="e", position=7, language="en")

    desk.post(url_of(course), {"chapter": [twin.pk for twin in reversed(twins)]})

    assert dict(order(course)) == {"b": 1, "a": 2, "e": 1}


def test_order_of_a_published_course_is_not_a_hosts_where_hosts_suggest(desk, course):
    chapters = [make_chapter(course=course, slug=slug, position=n) for n, slug in enumerate("ab")]
    DeskSettings(pk=1, hosts_may_edit_published=False).save()

    answer = desk.post(url_of(course), {"chapter": [chapter.pk for chapter in reversed(chapters)]})

    assert answer.status_code == 403
    assert order(course) == [("a", 0), ("b", 1)]


def test_new_chapter_comes_last_and_gets_a_free_slug(desk, course):
    make_chapter(course=course, slug="波", position=4, title="波")
    typed = form_of(desk.get(NEW), "chapter_form") | {"title": "波", "source": "本文です。"}
    assert typed["course"] == str(course.pk), "the course that was worked on last is proposed"

    assert desk.post(NEW, typed).status_code == 302

    assert order(course) == [("波", 4), ("波-2", 5)]


def test_chapter_that_goes_to_another_course_comes_last_there(desk, course):
    chapter, other = make_chapter(course=course, slug="a", position=1), make_course(slug="other")
    make_chapter(course=other, slug="b", position=6)
    url = f"/en/admin/courses/chapter/{chapter.pk}/change/"

    desk.post(url, form_of(desk.get(url), "chapter_form") | {"course": str(other.pk)})

    assert order(other) == [("b", 6), ("a", 7)]


def test_course_lists_its_chapters_below_its_form(desk, course):
    make_chapter(course=course, slug="a", title="波を数える")

    page = desk.get(f"/en/admin/courses/course/{course.pk}/change/").content.decode()

    assert "波を数える" in page.partition('id="chapters"')[2]
    assert f"{NEW}?course={course.pk}" in page
