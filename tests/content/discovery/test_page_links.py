"""What a page says around its text: each thing once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from interaxion.content.discovery.page_links import find_surroundings
from tests.factories import make_chapter, make_episode
from tests.html_pages import html_of

pytestmark = pytest.mark.django_db

PAPER, OTHER = "https://doi.org/10.1000/paper", "https://doi.org/10.1000/other"


def days_ago(days: int):
    return timezone.now() - timedelta(days=days)


def test_work_that_is_discussed_elsewhere_is_told_in_its_section_alone(client):
    make_episode(number="1", notes=f"[波の論文]({PAPER})", publish_at=days_ago(9))
    notes = f"### 0:00 波\n\n[波の論文]({PAPER})\n\n### 1:00 また\n\n[波の論文]({PAPER})\n"
    episode = make_episode(number="2", notes=notes, publish_at=days_ago(1))

    around = find_surroundings(episode)
    html = html_of(client.get("/2"))

    assert [each.work_title for each in around.seen] == ["波の論文"]
    assert (around.unnamed, around.related) == ([], [])
    work = around.works[0][0]
    assert html.count(f'href="{work.get_absolute_url()}"') == 1
    assert html.count('href="/1"') >= 1
    assert "works-heading" not in html


def test_related_thing_keeps_the_reasons_that_the_text_does_not_tell():
    make_episode(number="1", notes=f"[波の論文]({PAPER})", tags=("波",), publish_at=days_ago(9))
    episode = make_episode(number="2", notes=f"[波の論文]({PAPER})", tags=("波",), publish_at=days_ago(1))

    [related] = find_surroundings(episode).related

    assert [(reason.kind, reason.label) for reason in related.reasons] == [("tag", "波")]


def test_list_of_works_holds_what_the_text_does_not_name():
    episode = make_episode(notes=f"- [波の論文]({PAPER})\n- [10.1000/other]({OTHER})\n", live=True)

    assert [name for _work, name in find_surroundings(episode).unnamed] == ["doi:10.1000/other"]


def test_list_of_references_of_a_chapter_is_not_repeated():
    chapter = make_chapter(source=f"## 参考文献\n\n1. 南 (2021). DOI: [10.1000/paper]({PAPER})\n", live=True)

    around = find_surroundings(chapter)

    assert len(around.works) == 1
    assert around.unnamed == []
