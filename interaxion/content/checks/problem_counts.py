"""The number of problems of each thing, stored so that a list need not render everything in it.

Counted after every save, and again by `check_content` and by the link checks, which notice changes elsewhere: another
episode that takes the same player, a page that dies.
"""

from django.db import models, transaction
from django.db.models import prefetch_related_objects

from interaxion.content.owned_rows import OwnedRow, owned_by
from interaxion.content.publishing.log import MOVED
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.problems import Problem, errors_in


class ProblemCount(OwnedRow):
    errors = models.PositiveSmallIntegerField(default=0)
    warnings = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="content_problemcount_once")]

    def __str__(self) -> str:
        return f"{self.errors}, {self.warnings}"


def count_after_commit(thing: Publishable, row: Publishable) -> None:
    """Count once the save is done. A check that fails must not undo the save: its failure is only logged.

    `row` is `thing` as it was read back after the save, with its relations. If the checks of a transition have counted
    meanwhile, or another save will, nothing is counted.
    """
    thing.is_count_due = True

    def count() -> None:
        if not thing.is_count_due:
            return
        version = row.version
        row.refresh_from_db(fields=["version", *MOVED])
        if row.version == version:
            thing.is_count_due = False
            keep_count(row, row.problems(thing.rendered))

    transaction.on_commit(count, robust=True)


def count_problems(thing: Publishable) -> list[Problem]:
    """Store how many problems `thing` has now, and return them."""
    prefetch_related_objects([thing], *thing.snapshot_rows)
    problems = thing.problems(thing.rendered)
    keep_count(thing, problems)
    return problems


def keep_count(thing: Publishable, problems: list[Problem]) -> None:
    errors = len(errors_in(problems))
    ProblemCount.objects.bulk_create(
        [ProblemCount(**owned_by(thing), errors=errors, warnings=len(problems) - errors)],
        update_conflicts=True,
        unique_fields=["content_type", "object_id"],
        update_fields=["errors", "warnings"],
    )
