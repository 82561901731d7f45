"""Prefetched rows of a thing: replaced by typed rows for a preview, or dropped when they are stale."""

from collections.abc import Iterable
from typing import Any

from django.db import models


def forget_prefetched(thing: models.Model) -> None:
    """Let every relation of `thing` be read again: its rows were just written."""
    vars(thing)["_prefetched_objects_cache"] = {}
    for relation in thing._meta.related_objects:
        if relation.one_to_one and relation.is_cached(thing):
            relation.delete_cached_value(thing)


def share_prefetched(thing: models.Model, copy: models.Model) -> None:
    """Let `copy`, the same row read again, have the relations of `thing` that are read already."""
    vars(copy)["_prefetched_objects_cache"] = dict(vars(thing).get("_prefetched_objects_cache", {}))


def is_prefetched(thing: models.Model, relation: str) -> bool:
    return relation in vars(thing).get("_prefetched_objects_cache", {})


def set_prefetched(thing: models.Model, relation: str, rows: Iterable[models.Model]) -> None:
    """Let `thing.relation.all()` return `rows`, stored or not, as if they had been prefetched.

    Django has no public way to do this; `prefetch_related()` fills the same cache.
    """
    queryset = getattr(thing, relation).get_queryset()
    if is_prefetched(thing, relation):  # then it is the one of before, which somebody may hold
        queryset = queryset._chain()
    fill(queryset, rows)
    vars(thing).setdefault("_prefetched_objects_cache", {})[relation] = queryset


def fill(queryset: models.QuerySet[Any], rows: Iterable[models.Model]) -> None:
    """Let `queryset` have these rows, as if it had asked for them."""
    queryset._result_cache = list(rows)
    queryset._prefetch_done = True
