"""A page of one thing that is made anew asks few queries, however much it shows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interaxion.content.saving.storing import store
from tests.factories import make_chapter, make_course, make_episode, make_page, make_post, make_speaker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TEXT = "[論文](https://doi.org/10.1000/x)、[雪](/courses/snow-1/one/)、[ない](/courses/nowhere/)、[前](/1)。\n"
NAMES_CHAPTER = "---\nprerequisites: [第1章]\n---\n"
NAMES_COURSE = "---\nprerequisites: [snow-1]\nrelated_series: [snow-2]\n---\n"


@pytest.fixture
def site():
    """Each thing shares tags, people and works with others, and names others."""
    who = {"tags": ("光",), "live": True}
    speaker = make_speaker(name="岡")

    def write(chapter):
        store(chapter, user=None, write_related=lambda: chapter.replace_authors([speaker]))

    for n in (1, 2, 3):
        make_episode(number=n, notes=f"### 1:00 一\n\n{TEXT}", speakers=(speaker,), **who)
        make_post(path=f"/blog/post-{n}", body=TEXT, authors=(speaker,), **who)
        course = make_course(slug=f"snow-{n}", front_matter=NAMES_COURSE, source=TEXT, live=True)
        write(course)
        for place, (slug, front_matter) in enumerate(
            [("one", ""), ("two", NAMES_CHAPTER), ("three", NAMES_COURSE)], start=1
        ):
            text = {"slug": slug, "front_matter": front_matter, "source": TEXT}
            write(make_chapter(course=course, position=place, **text, **who))
    make_page(path="/about", body=TEXT, live=True)


def queries_of(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("address", ["/2", "/blog/post-2", "/about", "/courses/snow-3/", "/courses/snow-3/two/"])
def test_page_that_is_not_stored_asks_eleven_queries_at_most(client, site, address):
    assert queries_of(client, address) <= 11


def test_chapter_that_names_another_course_asks_eleven_where_the_frame_is_kept(client, site):
    client.get("/about")

    assert queries_of(client, "/courses/snow-3/three/") == 11
