"""The pages of everything that has an address of its own, and lists, ask prepared queries alone.

What they ask besides these is not built: it is written out, or one row of the site.
"""

import sys

import pytest
from django.db import connection

from episodes.podcast import Podcast
from interaxion.content.prepared import Prepared
from interaxion.content.tags import Tag
from tests.factories import (
    make_category,
    make_chapter,
    make_course,
    make_episode,
    make_page,
    make_post,
    make_speaker,
    make_transcript,
)
from tests.html_pages import html_of

pytestmark = pytest.mark.django_db

NOTES = "### 0:00 論文\n\n- [波の論文](https://arxiv.org/abs/2301.00001) と [前回](/1)\n"
#: The state of the site, and the holder of the address.
WRITTEN_OUT = ("SELECT version, changed_at, boundaries", "SELECT * FROM content_path WHERE path = ")


def queries_built_for(client, path):
    """Return the queries of a page that Django built for it."""
    built = []

    def watch(execute, sql, *rest):
        frame = sys._getframe()
        while frame and frame.f_code is not Prepared.__call__.__code__:
            frame = frame.f_back
        if frame is None and not sql.startswith(WRITTEN_OUT):
            built.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        response = client.get(path)
    assert response.status_code == 200 and html_of(response)
    return built


def make_paths():
    """Make something of each kind, with all that its page may show, and return the addresses."""
    oka, mori = make_speaker(name="岡"), make_speaker(name="森")
    Podcast.current().save()
    Podcast.objects.get().hosts.add(oka)
    shared = {"speakers": (oka, mori), "tags": ("光", "音")}
    episodes = [
        make_episode(notes=NOTES, audio_file="a.mp3", audio_bytes=1000, **shared, live=True) for _each in range(3)
    ]
    make_transcript(episode=episodes[1])
    posts = [make_post(authors=(oka,), tags=("光",), body="[回](/2) https://arxiv.org/abs/2301.00001", live=True)]
    posts += [make_post(path=f"{posts[0].path}-en", language="en", live=True)]
    posts += [make_post(title="光", category="keywords", body="", live=True)]
    course = make_course(slug="waves", front_matter="---\nprerequisites: [tides]\n---\n", live=True)
    others = "[前の章](/courses/tides/one/) [文献](https://arxiv.org/abs/2301.00001)"
    chapters = [make_chapter(course=course, position=n, source=f"# 章\n\n{others}\n", live=True) for n in (1, 2)]
    pages = [make_page(live=True), make_page(path="/how-to-listen/", live=True)]
    rows = [oka, mori, *Tag.objects.all(), make_category(), make_category(slug="keywords")]
    whole = [course.path + part for part in ("exercises/", "references/", "print/")]
    lists = ["/", "/speakers/", "/tags/", "/courses/"]
    return [each.path for each in (*episodes, *posts, course, *chapters, *pages, *rows)] + whole + lists


def test_pages_of_all_that_has_an_address_ask_prepared_queries_alone(client):
    built = {path: queries_built_for(client, path) for path in make_paths()}

    assert len(built) == 24
    assert {path: queries for path, queries in built.items() if queries} == {}
