"""The index over the real files: whatever stands in them is found, and nothing else."""

import os
import random
import re
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from interaxion.content.search.contents import row_contents
from interaxion.content.search.finding import find
from interaxion.content.search.rows import SearchRow
from interaxion.text.search.folding import fold_letters
from interaxion.text.search.query import Query, parse_query
from posts.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.corpus]

MOST_FILES = 60
QUERIES = 150


def holds(text: str, query: Query) -> bool:
    """Whether the text has all that was asked for, if anything was: ー alone says nothing."""
    return bool(query.terms) and all(term.stands_in(text) for term in query.terms)


def test_every_piece_of_japanese_is_found_wherever_it_stands():
    files = sorted(Path(os.environ["CORPUS"]).rglob("*.md"))
    files = files[:: max(1, len(files) // MOST_FILES)]
    texts = {number: file.read_text(errors="replace") for number, file in enumerate(files, 1)}
    facts = {
        "content_type": ContentType.objects.get_for_model(Post),
        "language": "ja",
        "path": "/x",
        "title": "",
        "status": "published",
        "publish_at": timezone.now(),
    }
    SearchRow.objects.bulk_create(
        SearchRow(**row_contents(facts | {"object_id": number}, text=text, shelf="content"))
        for number, text in texts.items()
    )
    folded = {number: fold_letters(text) for number, text in texts.items()}
    dice = random.Random(20240623)  # noqa: S311 (no secret)
    runs = [run for text in texts.values() for run in re.findall("[ぁ-ゖァ-ヺー一-鿿]{2,}", text)]
    wrong = []
    for _ in range(QUERIES):
        run = dice.choice(runs)
        start = dice.randrange(len(run))
        typed = run[start : start + dice.choice([1, 2, 2, 3, 4, 6])]
        query = parse_query(typed)
        found = {match.pk for match in find(query, most=10_000).matches}
        if found != {number for number, text in folded.items() if holds(text, query)}:
            wrong.append(typed)

    assert len(runs) > QUERIES
    assert wrong == []
