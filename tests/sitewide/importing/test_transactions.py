"""The transactions of an import: short, since others wait for them, and few, since each makes every page stale."""

from collections import deque

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from episodes.models import Episode
from interaxion.content.changes.recording import Recording
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.search.rows import SearchRow
from interaxion.sitewide.importing import plan
from interaxion.sitewide.importing.plan import import_paths
from interaxion.sitewide.importing.steps import Step
from tests.factories import make_episode
from tests.imports import copy_site, import_all, write_file

pytestmark = pytest.mark.django_db


def write_posts(folder, *, count: int) -> None:
    for number in range(count):
        text = f"---\nlayout: podcast\ntitle: 題\nnumber: {number}\n---\n### 話\n\n本文\n"
        write_file(folder, f"_posts/2026-01-01-ep{number}.md", text)


def test_import_of_a_site_makes_pages_stale_once(tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "LONGEST_TRANSACTION", 60)  # also where other programs use the processor
    before = SiteState.current().version

    outcomes = import_all(copy_site(tmp_path))

    assert len([outcome for outcome in outcomes if outcome.action == Action.CREATED]) > 5
    assert SiteState.current().version == before + 1


def test_unchanged_import_leaves_pages_fresh(tmp_path):
    site = copy_site(tmp_path)
    import_all(site)
    before = SiteState.current().version

    import_all(site)

    assert SiteState.current().version == before


def test_other_writers_have_their_turn_between_many_files(tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "MOST_STEPS", 2)
    monkeypatch.setattr(plan, "PAUSE", 0)
    write_posts(tmp_path, count=5)

    with CaptureQueriesContext(connection) as queries:
        import_all(tmp_path)

    raised = [query for query in queries if query["sql"].startswith('UPDATE "content_sitestate"')]
    assert len(raised) == 3
    assert Episode.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_file_that_the_database_refuses_at_the_end_of_a_transaction_fails_alone():
    inputs = ImportInputs()

    def make() -> Outcome:
        make_episode(number="1")
        return Outcome("good.md", Action.CREATED)

    def break_a_reference() -> Outcome:
        Work.objects.create(kind="url", key="url:x", url="https://x.example/", merged_into_id=999)
        return Outcome("bad.md", Action.CREATED)

    steps = [Step("good.md", (), inputs, make), Step("bad.md", (), inputs, break_a_reference)]
    outcomes: list[Outcome] = []

    plan._run_some(deque(steps), outcomes, outcomes.append, Recording())

    assert [outcome.action for outcome in outcomes] == [Action.CREATED, Action.FAILED]
    assert outcomes[1].problem.file == "bad.md"
    assert Episode.objects.count() == 1
    assert not Work.objects.filter(key="url:x").exists()


def test_what_is_derived_from_a_file_that_fails_is_not_written(tmp_path):
    write_posts(tmp_path, count=2)
    broken = "---\nlayout: podcast\ntitle: 題\nnumber: 2\nredirect_from: [/old]\ndate: 2026-13-99\n---\n[頁](https://x.example/)\n"
    write_file(tmp_path, "_posts/2026-01-01-ep2.md", broken)

    outcomes = import_all(tmp_path)

    assert [outcome.action for outcome in outcomes] == [Action.CREATED, Action.CREATED, Action.FAILED]
    assert SearchRow.objects.filter(work=None).count() == 2
    assert not Link.objects.exists()


def test_things_of_one_transaction_are_derived_with_as_many_queries_as_one(tmp_path):
    def count_writes(count: int) -> int:
        folder = tmp_path / str(count)
        for number in range(count):
            text = f"---\nlayout: podcast\ntitle: 題\nnumber: {count}{number}\n---\n[頁](https://x.example/{count}/{number})\n"
            write_file(folder, f"_posts/2026-01-01-ep{count}{number}.md", text)
        with CaptureQueriesContext(connection) as queries:
            import_all(folder)
        tables = ("content_searchrow", "content_link", "content_work", "content_part")
        return len([query for query in queries if any(f'"{table}"' in query["sql"] for table in tables)])

    assert count_writes(1) == count_writes(6)
    assert Link.objects.count() == 7


def test_import_that_is_asked_to_stop_keeps_what_it_has_listed(tmp_path):
    write_posts(tmp_path, count=3)
    told = []

    def stop(outcome: Outcome) -> None:
        told.append(outcome.file)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_paths([tmp_path], ImportInputs(), tell=stop)

    assert len(told) == Episode.objects.count() == 1
