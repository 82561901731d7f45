"""The pages of courses and chapters."""

import re

import pytest

from tests.factories import make_chapter, make_course

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def head_of(client, address: str) -> str:
    html = re.sub("<wbr>|</?span[^>]*>", "", client.get(address).content.decode())
    return html.partition('<header class="page-head"')[2].partition("</header>")[0]


def test_what_begins_the_text_of_a_chapter_is_said_once(client):
    course = make_course(slug="waves", live=True)
    chapter = {"course": course, "subtitle": "海のこと", "summary": "波を数える。", "live": True}
    make_chapter(slug="same", source="# 章1\n\n**海のこと**\n\n波を数える。それから。\n", **chapter)
    make_chapter(slug="other", position=2, source="# 章2\n\n本文です。\n", **chapter)

    same, other = head_of(client, "/courses/waves/same/"), head_of(client, "/courses/waves/other/")

    assert "海のこと" not in same and "波を数える。" not in same
    assert '<p class="subtitle">海のこと</p>' in other and '<p class="summary">波を数える。</p>' in other
