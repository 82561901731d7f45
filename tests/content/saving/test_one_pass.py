"""A write is one pass: how often the save of a form and the import of a file ask, render and parse."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Course
from episodes.models import Episode, Speaker
from episodes.notes import notes
from interaxion.content.saving import rendering
from interaxion.content.saving.storing import store
from interaxion.content.search.rows import SearchRow
from interaxion.text.markdown import render
from interaxion.text.search.folding import fold_letters
from tests.admin_forms import form_of
from tests.call_counts import counted
from tests.factories import make_chapter, make_course, make_editor, make_episode, make_speaker
from tests.imports import import_text

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
ADMIN = "/en/admin/episodes/episode/"
SECTIONS = "".join(
    f"### {n}:00 話{n}\n\n- [文献{n}](https://doi.org/10.1000/{n})\n- [頁{n}](https://example.org/{n})\n\n"
    for n in range(8)
)
FILE = f"""---
layout: podcast
title: "Ep. 5 とても新しい話"
date: 2026-04-01 07:00:00 +0900
starring: [岡, 青木]
tags: [光, 格子]
audio_file_path: https://media.example/5.mp3
---
{SECTIONS}"""


@contextmanager
def one_pass(callbacks: Callable[..., AbstractContextManager[object]]) -> Iterator[tuple[list, Counter[str]]]:
    """Count the queries and the calls of a save, with what it does after its commit."""
    notes._parse_headings.cache_clear()
    rendering._kept.clear()
    with (
        CaptureQueriesContext(connection) as queries,
        counted(render, notes._parse_headings.__wrapped__) as calls,
        callbacks(execute=True),
    ):
        yield queries, calls


def test_save_of_a_form_asks_and_parses_once(client, django_capture_on_commit_callbacks):
    client.force_login(make_editor())
    make_episode(number="1", notes=SECTIONS, tags=("光",), live=True)
    people = (make_speaker(), make_speaker())
    episode = make_episode(number="2", notes=SECTIONS, speakers=people, tags=("光", "格子"), live=True)
    address = f"{ADMIN}{episode.pk}/change/"
    for title in ("別の題", "さらに別の題"):  # the first time content types are asked for
        form = form_of(client.get(address), "episode_form")
        with one_pass(django_capture_on_commit_callbacks) as (queries, calls):
            assert client.post(address, form | {"title": title}).status_code == 302

    assert Episode.objects.get(number=2).title == "さらに別の題"
    assert len(queries) <= 50
    # The notes and the summary are rendered. Sections that nobody changed are not parsed again to validate them.
    assert calls == {"render": 2}


def test_text_of_the_last_preview_or_save_is_not_rendered_again(client):
    client.force_login(make_editor())
    episode = make_episode(number="2", notes=SECTIONS)
    address = f"{ADMIN}{episode.pk}/change/"
    form = form_of(client.get(address), "episode_form") | {"sections-3-body": "- 直した本文\n"}
    with counted(render) as calls:
        client.post(f"{address}preview/", form)
        assert calls == {"render": 2}
        assert client.post(address, form).status_code == 302

    assert calls == {"render": 3}  # the summary alone
    assert "直した本文" in Episode.objects.get().html


def test_import_of_a_file_asks_and_parses_once(tmp_path, django_capture_on_commit_callbacks):
    import_text(tmp_path, FILE.replace("Ep. 5", "Ep. 4"), name="_posts/2026-03-01-ep4.md")

    with one_pass(django_capture_on_commit_callbacks) as (queries, calls):
        outcome = import_text(tmp_path, FILE, name="_posts/2026-04-01-ep5.md")

    assert outcome.action == "created"
    assert Episode.objects.live().count() == 2
    assert len(queries) <= 55
    assert calls == {"render": 2, "_parse_headings": 2}


def test_speaker_of_many_things_is_renamed_with_as_many_queries_as_one_of_few(django_capture_on_commit_callbacks):
    def rename(speaker: Speaker) -> int:
        speaker.name += "さん"
        with CaptureQueriesContext(connection) as queries:
            speaker.save()
        return len(queries)

    busy, rare = make_speaker(), make_speaker()
    make_episode(number=None, speakers=(rare,))
    for _each in range(4):
        make_episode(number=None, speakers=(busy,), tags=("光",))
    rename(rare)

    assert rename(busy) == rename(rare)
    assert SearchRow.objects.filter(folded__contains=fold_letters(busy.name), work=None).count() == 5


def test_window_of_a_course_follows_with_as_many_queries_for_many_chapters_as_for_few():
    def end(course: Course) -> int:
        course.unpublish_at = timezone.now() + timedelta(days=1)
        with CaptureQueriesContext(connection) as queries:
            store(course, user=None)
        return len(queries)

    small, large = make_course(live=True), make_course(live=True)
    make_chapter(course=small, live=True)
    for position in range(4):
        make_chapter(course=large, position=position, slug=f"c{position}", live=True)
    small, large = Course.objects.get(pk=small.pk), Course.objects.get(pk=large.pk)
    end(small)

    assert end(large) == end(small)
    assert set(SearchRow.objects.filter(path__startswith=large.path).values_list("unpublish_at", flat=True)) == {
        large.unpublish_at
    }
