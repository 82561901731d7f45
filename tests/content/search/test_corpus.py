"""The index over the real files: whatever stands in them is found, and nothing else."""

import os
import random
import re
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from interaxion.content.search.finding import find
from interaxion.content.search.folding import fold
from interaxion.content.search.query import parse_query
from interaxion.content.search.rows import SearchRow, build_row
from posts.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.corpus]

MOST_FILES = 60
QUERIES = 150


def test_every_piece_of_japanese_is_found_wherever_it_stands():
    files = sorted(Path(os.environ["CORPUS"]).rglob("*.md"))
    files = files[:: max(1, len(files) // MOST_FILES)]
    texts = {number: fold(file.read_text(errors="replace")) for number, file in enumerate(files, 1)}
    facts = {
        "content_type": ContentType.objects.get_for_model(Post),
        "language": "ja",
        "path": "/x",
        "title": "",
        "status": "published",
        "publish_at": timezone.now(),
    }
    SearchRow.objects.bulk_create(
        build_row(facts | {"object_id": number}, text=text, shelf="content") for number, text in texts.items()
    )
    dice = random.Random(20240623)  # noqa: S311 (no secret)
    runs = [run for text in texts.values() for run in re.findall("[ぁ-ゖァ-ヺー一-鿿]{2,}", text)]
    wrong = []
    for _ in range(QUERIES):
        run = dice.choice(runs)
        start = dice.randrange(len(run))
        typed = run[start : start + dice.choice([1, 2, 2, 3, 4, 6])]
        found = {match.pk for match in find(parse_query(typed), most=10_000).matches}
        if found != {number for number, text in texts.items() if fold(typed) in text}:
            wrong.append(typed)

    assert len(runs) > QUERIES
    assert wrong == []
