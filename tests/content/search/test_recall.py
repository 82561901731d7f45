"""The index against a look at every text, over 2,000 pages of generated text, or as many as `SIZE=` says."""

import os

import pytest

from interaxion.content.search.finding import find
from interaxion.content.search.results import read
from interaxion.content.search.rows import SearchRow
from interaxion.text.search.folding import fold_letters
from interaxion.text.search.query import parse_query
from tests.content.search.generated import QUERIES, store_rows

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

SIZE = int(os.environ.get("SIZE", "2000"))


@pytest.fixture(scope="module")
def generated(django_db_setup, django_db_blocker):
    """Gone with the module."""
    with django_db_blocker.unblock():
        store_rows(SIZE)
        pages = [
            (number, fold_letters(f"{title}\n{text}"))
            for number, title, text in SearchRow.objects.values_list("object_id", "title", "text")
        ]
        yield pages
        SearchRow.objects.all().delete()


def scan(pages, typed: str) -> set[int]:
    """What a look at every text finds: the truth. What a text holds is said by `Term.stands_in` alone."""
    query = parse_query(typed)
    return {
        number
        for number, text in pages
        if all(term.stands_in(text) for term in query.terms) and not any(term.stands_in(text) for term in query.without)
    }


@pytest.mark.parametrize("typed", QUERIES)
def test_recall_and_precision_are_those_of_a_scan_of_everything(generated, typed):
    found = {match.pk for match in find(parse_query(typed), most=SIZE).matches}

    assert found == scan(generated, typed)


def test_a_search_for_a_common_word_looks_at_a_part_and_says_so(generated):
    common = find(parse_query("超伝導"))

    assert common.is_capped
    assert "超伝導" in read(common.matches[:1], parse_query("超伝導"))[0].row.title
    assert not find(parse_query("ありえない語")).is_capped
