"""The number of problems of each thing, stored so that a list need not render everything in it.

Counted after every save, and again by `check_content` and by the link checks, which notice changes elsewhere: another
episode that takes the same player, a page that dies.
"""

from django.db import models, transaction
from django.db.models import prefetch_related_objects

from interaxion.content.owned_rows import OwnedRow, owned_by
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.markdown import Rendered
from interaxion.text.problems import Problem, errors_in


class ProblemCount(OwnedRow):
    errors = models.PositiveSmallIntegerField(default=0)
    warnings = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="content_problemcount_once")]

    def __str__(self) -> str:
        return f"{self.errors}, {self.warnings}"


def count_after_commit(thing: Publishable, rendered: Rendered) -> None:
    """Count once the save is done. A check that fails must not undo the save: its failure is only logged.

    `rendered` is used if it is still what the thing shows by then.
    """

    def count() -> None:
        row = type(thing).objects.get(pk=thing.pk)
        count_problems(row, rendered if rendered.html == row.html else None)

    transaction.on_commit(count, robust=True)


def count_problems(thing: Publishable, rendered: Rendered | None = None) -> list[Problem]:
    """Store how many problems `thing` has now, and return them. `rendered`, if given, saves another rendering."""
    prefetch_related_objects([thing], *thing.snapshot_rows)
    problems = thing.problems(rendered)
    errors = len(errors_in(problems))
    ProblemCount.objects.update_or_create(
        **owned_by(thing),
        defaults={"errors": errors, "warnings": len(problems) - errors},
    )
    return problems
