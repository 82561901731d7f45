"""Settling: what is derived from things that one transaction writes is written together, at its end.

Each save notes the thing; the outermost `settling()` block writes the rows of all of them, with a few queries for each
table. A save by itself is a block of its own. So an import of 25 files asks for the works, links and search rows once,
and a thing that is stored and published in one block is derived once, as it is in the end.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy

from django.db import transaction

from interaxion.content.owned_rows import Owner, owner_of
from interaxion.content.prefetching import share_prefetched
from interaxion.content.publishing.derived_rows import Rewrite, derived_models
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.markdown import Outline

Due = dict[Owner, Rewrite]
_due: ContextVar[Due | None] = ContextVar("due", default=None)


@contextmanager
def settling() -> Iterator[Due]:
    """Write the derived rows of all things inside at the end. For the inside of a transaction.

    Blocks may be nested, as savepoints are: one that fails, or is rolled back, leaves nothing to be written.
    """
    around, due = _due.get(), dict(_due.get() or {})
    token = _due.set(due)
    try:
        yield due
    finally:
        _due.reset(token)
    if transaction.get_rollback():
        return
    if around is not None:
        around.update(due)
    else:
        _write(list(due.values()))


def rewrite_derived_rows(thing: Publishable, outline: Outline, *, is_new: bool = False, is_anew: bool = False) -> None:
    """Write the rows that are derived from `thing`, which nobody changes until the end of the block.

    Those that are right already may stay, unless all are to be written anew.
    """
    is_alone = _due.get() is None
    with settling() as due:
        owner = owner_of(thing)
        had_no_rows = owner in due and due[owner].is_new
        due[owner] = Rewrite(thing, outline, is_new=is_new or had_no_rows, is_anew=is_anew, is_alone=is_alone)


def settled(thing: Publishable) -> Publishable | None:
    """Return a copy of the row of `thing`, with its relations, as a save in this block has left it.

    None if nothing in this block has saved this version: then it must be read. Whoever saves holds the lock of the
    site, so nobody else has written it since.
    """
    rewrite = (_due.get() or {}).get(owner_of(thing))
    return copy(rewrite.thing) if rewrite and rewrite.thing.version == thing.version else None


def follow_window(thing: Publishable) -> None:
    """Update the window and address in the derived rows of `thing`, and of what is visible only together with it."""
    follow_windows([thing, *thing.dependants()])


def follow_windows(things: Iterable[Publishable]) -> None:
    """Update the rows of all these things with one query for each model of derived rows.

    The rows of a thing that is still to be settled are written as it is now.
    """
    due = _due.get() or {}
    written = []
    for thing in things:
        if rewrite := due.get(owner_of(thing)):
            share_prefetched(rewrite.thing, thing)
            rewrite.thing = thing
        else:
            written.append(thing)
    if written:
        for model in derived_models():
            model.follow_windows(written)


def _write(rewrites: Sequence[Rewrite]) -> None:
    if rewrites:
        for model in derived_models():
            model.rewrite_all(rewrites)
