"""The checks on what real hosts published: a check with false alarms must go."""

import os
from pathlib import Path
from statistics import median

import pytest

from episodes.models import Episode
from interaxion.content.publishing.publishable import kinds
from interaxion.text.problems import Level
from tests.imports import import_all

pytestmark = [pytest.mark.django_db, pytest.mark.corpus]


def test_published_content_has_no_error_and_the_median_episode_at_most_one_warning():
    corpus = Path(os.environ["CORPUS"])
    import_all(*(corpus / name for name in ("interaxion", "show-notes", "courses", "posts")))

    problems = {thing: thing.problems() for kind in kinds() for thing in kind.objects.live()}
    errors = [(thing.path, str(p)) for thing, each in problems.items() for p in each if p.level is Level.ERROR]
    warnings = {thing: len(each) for thing, each in problems.items() if isinstance(thing, Episode)}

    assert errors == []
    assert len(warnings) > 40
    assert median(warnings.values()) <= 1
    assert max(warnings.values()) <= 8, "one for each section whose pictures are gone"
