"""Templates are reviewed line by line; what a browser must not see as white space is broken inside a tag."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted(path for path in (settings.BASE_DIR / "templates").rglob("*") if path.is_file())
URL = re.compile(r"https?://[^\s\"'<>]+")
MOST_CHARACTERS = 120


def name_of(path: Path) -> str:
    return str(path.relative_to(settings.BASE_DIR / "templates"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_lines_are_short_enough_to_review(path):
    lines = path.read_text().splitlines()

    assert [line for line in lines if len(URL.sub("", line)) > MOST_CHARACTERS] == []
