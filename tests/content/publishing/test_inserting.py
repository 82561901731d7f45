import pytest

from interaxion.content.linking.works import Work
from interaxion.content.parts.part import Part
from interaxion.content.publishing.inserting import insert_rows
from interaxion.content.search.rows import SearchRow
from tests.factories import make_post

pytestmark = pytest.mark.django_db


def test_rows_are_as_bulk_create_makes_them():
    post = make_post()
    known = SearchRow.objects.of_pages().of(post).get()
    columns = {name: value for name, value in vars(known).items() if name not in {"_state", "id"}}
    SearchRow.objects.of(post).delete()
    insert_rows(SearchRow, [columns | {"title": f"“{number}”"} for number in range(120)])  # several statements
    made = list(SearchRow.objects.of(post).order_by("pk"))
    assert [row.title for row in made] == [f"“{number}”" for number in range(120)]
    same = ("publish_at", "dated_at", "named", "places", "work_id", "owner", "tokenizer_version")
    assert {name: getattr(made[-1], name) for name in same} == {name: getattr(known, name) for name in same}


def test_a_column_that_is_left_out_has_its_default():
    insert_rows(Work, [{"kind": "url", "key": "url:a", "url": "https://a.example/"}])
    work = Work.objects.get()
    assert (work.details, work.title, work.looked_up_at, work.link_count) == ({}, "", None, 0)


def test_a_row_that_is_known_is_passed_over():
    rows = [{"kind": "url", "key": f"url:{name}", "url": "https://a.example/"} for name in "ab"]
    insert_rows(Work, rows[:1])
    insert_rows(Work, [rows[0] | {"title": "another"}, rows[1]], leave_known=True)
    assert list(Work.objects.order_by("pk").values_list("key", "title")) == [("url:a", ""), ("url:b", "")]


def test_no_rows_are_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows(Part, [])
