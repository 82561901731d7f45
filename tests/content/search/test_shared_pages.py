"""The cost of a page that all things link. What its rows say is tested in `tests/sitewide/test_derived_rows.py`."""

import pytest
from django.db import connection

from interaxion.content.linking.links import Link
from interaxion.content.search.shared_pages import shared_pages
from tests.factories import make_post

pytestmark = pytest.mark.django_db
#: Instructions of SQLite's machine between two calls of the counter.
STEP = 100


def steps_of(works):
    """Count the instructions of SQLite for one reading, in hundreds."""
    steps = 0

    def count():
        nonlocal steps
        steps += 1

    connection.connection.set_progress_handler(count, STEP)
    try:
        assert shared_pages(works) == []
    finally:
        connection.connection.set_progress_handler(None, STEP)
    return steps


def test_page_that_all_things_link_costs_the_same_however_many_they_are():
    link = Link.objects.get(object_id=make_post(body="[番組のフォーム](https://example.org/form)\n", live=True).pk)

    def add_links(numbers):
        Link.objects.bulk_create(
            Link(**{f.attname: getattr(link, f.attname) for f in Link._meta.fields} | {"id": None, "path": f"/{n}"})
            for n in numbers
        )

    add_links(range(100))
    few = steps_of([link.work_id])
    add_links(range(100, 400))

    assert steps_of([link.work_id]) < 2 * few
