"""Links between the files of courses."""

import pytest

from courses.folders import address_of_file, links_to_missing_files
from interaxion.content.linking.links import Link
from tests.factories import make_chapter, make_course


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("chapter-2.md", "/courses/waves/chapter-2/"),
        ("./Chapter_2.html#深さ", "/courses/waves/chapter_2/#深さ"),
        ("index.md", "/courses/waves/"),
        ("./", "/courses/waves/"),
        ("../", None),
        ("../ice/index.md", "/courses/ice/"),
        ("../ice/", "/courses/ice/"),
        ("../ice/chapter-1.md", "/courses/ice/chapter-1/"),
        ("../../en/waves/chapter-2.md", "/courses/waves-en/chapter-2/"),
        ("../../jp/waves/chapter-2.md", "/courses/waves/chapter-2/"),
        ("../../CONTRIBUTING.md", None),
        ("../../../../secret.md", None),
        ("https://waves.example/chapter-2.md", None),
        ("//waves.example/chapter-2.md", None),
        ("/courses/waves/chapter-2.md", None),
        ("http://[", None),
        ("O", None),
        ("#top", None),
        ("data.csv", None),
    ],
)
def test_file_beside_is_the_page_that_it_became(href, address):
    assert address_of_file(href, course_slug="waves", home="/courses/waves/", language="ja") == address


def test_file_of_another_language_is_in_the_course_of_that_language():
    def address(href: str) -> str | None:
        return address_of_file(href, course_slug="waves-en", home="/learn/waves/", language="en")

    assert address("chapter-2.md") == "/learn/waves/chapter-2/"
    assert address("../ice/") == "/courses/ice-en/"
    assert address("../../jp/ice/") == "/courses/ice/"


@pytest.mark.django_db
def test_next_chapter_is_one_step_away(client):
    course = make_course(slug="waves", live=True, source="[第2章](chapter-2.md)\n")
    first = make_chapter(course=course, slug="chapter-1", live=True, source="[次](./chapter-2.html) [目次](index.md)\n")
    second = make_chapter(course=course, slug="chapter-2", live=True)

    assert f'href="{second.path}"' in course.html
    assert f'href="{second.path}"' in first.html
    assert f'href="{course.path}"' in first.html
    assert {link.own_path for link in Link.objects.all()} == {"/courses/waves", "/courses/waves/chapter-2"}


def test_links_to_documents_that_are_not_there_are_found():
    text = (
        "[a](chapter-1.md)\n[b](./chapter-2.html#x) [c](../ice/x.md) [d](https://x.example/y.md) [e](index.md)\n"
        "[f](../ice/) [g](../ice/one.html) ![h](../hail/x.png) [i](#x)\n[j](../hail/) [k](../hail/index.md) [l]()\n"
    )
    folders = {"waves": ["chapter-1.md"], "ice": ["index.md", "one.md"]}

    assert list(links_to_missing_files(text, "waves", folders)) == [
        (2, "./chapter-2.html"),
        (2, "../ice/x.md"),
        (4, "../hail/"),
        (4, "../hail/index.md"),
    ]
