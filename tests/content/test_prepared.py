"""Prepared queries give what the same query would give, with the values of each call."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from episodes.models import Episode
from interaxion.content.paths import Path
from interaxion.content.prepared import Prepared, stand_ins_for
from tests.factories import make_episode

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@Prepared
def live_before(number: int, at: datetime) -> QuerySet[Episode]:
    return Episode.objects.live(at).filter(number__lt=number).order_by("number")


@Prepared
def with_path(path: str) -> QuerySet[Path]:
    return Path.objects.filter(path=path)


@Prepared
def with_any_path(paths: list[str], at: datetime) -> QuerySet[Episode]:
    return Episode.objects.live(at).filter(path__in=paths).order_by("path")


@Prepared
def titles_and_versions(title: str) -> QuerySet[Episode, tuple[str, int]]:
    return Episode.objects.filter(title=title).values_list("title", "version")


@Prepared
def numbers_among(pks: list[int], start: int, count: int) -> QuerySet[Episode, tuple[int]]:
    return Episode.objects.filter(pk__in=pks).order_by("number").values_list("number")[start : start + count]


@Prepared
def in_order_of_json(pks: list[int]) -> QuerySet[Episode, tuple[Decimal]]:
    return Episode.objects.filter(pk__in=pks).order_by("outline__0__title", "number").values_list("number")


@Prepared
def facts(at: datetime) -> QuerySet[Episode, tuple[Any, ...]]:
    return Episode.objects.live(at).values_list("publish_at", "outline", "number")


def test_each_call_has_its_own_values():
    first, second, third = (make_episode(number=str(number), live=True) for number in (1, 2, 3))
    now = timezone.now()

    assert live_before(3, now) == [first, second]
    assert live_before(9, now) == [first, second, third]
    assert live_before(9, now - timedelta(days=9000)) == []
    assert with_path.first("/2").object_id == second.pk
    assert with_path.first("/4") is None
    assert with_any_path(["/3", "/1", "/4"], now) == [first, third]
    assert with_any_path([], now) == []


def test_rows_are_as_the_query_itself_reads_them():
    make_episode(number="1", notes="### 1:00 話", live=True)

    [prepared], [asked] = live_before(3, timezone.now()), Episode.objects.all()

    values = [[getattr(row, field.attname) for field in Episode._meta.concrete_fields] for row in (prepared, asked)]
    assert values[0] == values[1]


def test_values_are_tuples():
    make_episode(number="1", title="光と'影%s")

    assert titles_and_versions("光と'影%s") == [("光と'影%s", 1)]
    assert titles_and_versions("影") == []


def test_instant_of_the_first_call_does_not_stay():
    @Prepared
    def live_now(number: int) -> QuerySet[Episode]:
        return Episode.objects.live().filter(number=number)

    with pytest.raises(ValueError, match="live_now must take its instant as an argument"):
        live_now(1)


def test_part_of_the_rows_and_keys_are_those_of_each_call():
    episodes = [make_episode(number=str(number), live=True) for number in range(1, 6)]
    pks = [episode.pk for episode in episodes]

    assert numbers_among(pks, 1, 2) == [(2,), (3,)]
    assert numbers_among(pks[3:], 0, 9) == [(4,), (5,)]
    assert numbers_among([], 0, 9) == []


def test_path_into_json_is_no_list_of_keys():
    pks = [make_episode(number=str(number)).pk for number in (1, 2, 3)]

    assert in_order_of_json(pks[1:]) == [(Decimal(2),), (Decimal(3),)]
    assert in_order_of_json(pks) == [(Decimal(1),), (Decimal(2),), (Decimal(3),)]


def test_tuples_hold_values_as_the_query_itself_reads_them():
    make_episode(number="1", notes="### 1:00 話", live=True)

    assert facts(timezone.now()) == list(Episode.objects.values_list("publish_at", "outline", "number"))


def test_arguments_may_be_of_a_class_that_stands_for_theirs():
    class StoppedClock(datetime):
        pass

    number, at, keys = stand_ins_for([int, StoppedClock, list[int]])

    assert (type(number), type(at), type(keys)) == (int, datetime, list)


def test_query_is_built_anew_after_migrations():
    built = []

    @Prepared
    def numbered(pk: int) -> QuerySet[Episode]:
        built.append(pk)
        return Episode.objects.filter(pk=pk)

    numbered(1)
    numbered(2)
    assert len(built) == 1
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    numbered(1)
    assert len(built) == 2


def test_postgresql_keeps_the_plan():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans each query anew, in no time; `make test` runs this on PostgreSQL")
    make_episode(number="1")
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
        for title in "abcd":
            titles_and_versions(title)
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        plans = [statement for (statement,) in cursor.fetchall()]

    assert len([plan for plan in plans if "episodes_episode" in plan and "$1" in plan]) == 1
