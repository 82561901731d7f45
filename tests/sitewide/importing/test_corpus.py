"""The real files that CORPUS names, imported once for all of these tests: none fails, nothing is lost, little told."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from django.db import transaction
from django.test import override_settings

from courses.models import Chapter, Course, Exercise
from episodes.models import Episode
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.importing.outcome import Outcome
from interaxion.content.paths import find_path
from interaxion.content.publishing.publishable import kinds
from interaxion.content.tags import Tag
from interaxion.text.problems import Level
from posts.models import Category
from tests.admin_forms import save_untouched
from tests.factories import make_editor
from tests.imports import everything, import_all, messages
from tests.sitewide.test_derived_rows import assert_nothing_is_left_to_rebuild

pytestmark = [pytest.mark.django_db, pytest.mark.corpus]
CORPUS = Path(os.environ.get("CORPUS", ""))


@pytest.fixture(scope="module")
def imported(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[list[Outcome], Path]]:
    """Import all of them, and forget them when the module ends; the outcomes, and the folder of the media."""
    media = tmp_path_factory.mktemp("media")
    around = transaction.atomic()
    around._from_testcase = True  # as in the tests: what must be a transaction of its own may be one within
    with override_settings(MEDIA_ROOT=media, VAR_DIR=media), django_db_blocker.unblock(), around:
        yield import_all(CORPUS), media
        transaction.set_rollback(True)


@pytest.fixture
def outcomes(imported, settings) -> list[Outcome]:
    settings.MEDIA_ROOT = imported[1]
    return imported[0]


def test_corpus_is_imported_whole_and_then_unchanged(outcomes):
    before = everything()

    second = import_all(CORPUS)

    assert [str(outcome.problem) for outcome in outcomes if outcome.problem] == []
    assert {outcome.action for outcome in second} == {"unchanged", "skipped"}
    assert everything() == before
    assert Tag.objects.count() > 100
    assert Category.objects.filter(slug="courrier").exists()


def test_import_of_the_corpus_leaves_nothing_to_rebuild(outcomes):
    assert_nothing_is_left_to_rebuild()


def test_corpus_site_answers_with_every_title(outcomes, client):
    site = CORPUS / "interaxion"
    posts = sorted((site / "_posts").rglob("*.md"))
    assert len(posts) == 59
    for post in posts:
        text = post.read_text()
        path = re.search(r"^permalink: *(\S+)", text, re.MULTILINE)[1]
        title = re.search(r'^title: *"(?:[0-9.]+: )?(.*)"', text, re.MULTILINE)[1]
        response = client.get(path)
        thing = find_path(path).target
        assert (response.status_code, thing.title) == (200, title), path
        assert response.content.decode().count("<h1") == 1, path
    for draft in sorted((site / "_drafts").glob("*.md")):
        path = re.search(r"^permalink: *(\S+)", draft.read_text(), re.MULTILINE)[1]
        assert client.get(path).status_code == 404, path


def test_published_content_has_no_error_and_the_median_episode_at_most_one_warning(outcomes):
    """A check with false alarms must go."""
    problems = {thing: thing.problems() for kind in kinds() for thing in kind.objects.live()}
    errors = [(thing.path, str(p)) for thing, each in problems.items() for p in each if p.level is Level.ERROR]
    warnings = {thing: len(each) for thing, each in problems.items() if isinstance(thing, Episode)}

    assert errors == []
    assert len(warnings) > 40
    assert median(warnings.values()) <= 1
    assert max(warnings.values()) <= 8, "one for each section whose pictures are gone"


def test_courses_keep_their_bytes_also_in_the_admin_and_give_what_was_counted(outcomes, client):
    client.force_login(make_editor())
    files = ImportedFile.objects.filter(content_type__app_label="courses")
    things = {CORPUS / file.name: file.target for file in files}

    assert Counter(map(type, things.values())) == {Chapter: 25, Course: 6}
    for file, thing in things.items():
        assert thing.file_text.encode() == file.read_bytes(), file
        save_untouched(client, thing)
        thing.refresh_from_db()
        assert (thing.file_text.encode(), thing.version) == (file.read_bytes(), 1), file
    exercises = Exercise.objects.all()
    assert abs(exercises.count() - 67) <= 1
    assert all(exercise.answers for exercise in exercises)
    assert sum(bool(exercise.hints) for exercise in exercises) == 37
    written = sum(thing.lesson["diagrams"] for thing in things.values())
    drawn = sum(thing.html.count('<div class="drawing"') for thing in things.values())
    told = sum("cannot be drawn" in message for outcome in outcomes for message in messages(outcome))
    assert written and drawn + told >= written
