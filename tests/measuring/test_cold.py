"""Pages made anew are made anew: nothing of the last one is left."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interaxion.text.search.folding import fold
from tests.benchmarks.speed import emptying
from tests.factories import make_episode

pytestmark = pytest.mark.django_db


def test_emptied_caches_hold_nothing_of_a_page(client):
    path = make_episode(live=True).path

    def count_queries():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries)

    count_queries()  # content types are asked for once in a process
    emptying.empty_caches()
    cold = count_queries()
    kept = count_queries()
    emptying.empty_caches()

    assert kept < cold
    assert count_queries() == cold


def test_functions_that_remember_content_forget_it():
    fold("ｽﾋﾟﾝ")

    emptying.empty_caches()

    remembering = {function.__name__: function.cache_info().currsize for function in emptying._functions}
    assert {"_kept_frame", "_fold_cluster"} <= set(remembering)
    assert not any(remembering.values())
