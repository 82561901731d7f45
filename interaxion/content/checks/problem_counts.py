"""How many problems each thing has: what a list shows without rendering everything in it.

Counted after every save, and again by `check_content` and by the link checks: what others do (another episode that
takes the same player, a page that dies) shows then.
"""

from django.db import models, transaction

from interaxion.content.owned_rows import OwnedRow, owned_by
from interaxion.content.publishing.publishable import Publishable
from interaxion.text.problems import Problem, errors_in


class ProblemCount(OwnedRow):
    errors = models.PositiveSmallIntegerField(default=0)
    warnings = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="content_problemcount_once")]

    def __str__(self) -> str:
        return f"{self.errors}, {self.warnings}"


def count_after_commit(thing: Publishable) -> None:
    """A check that fails must not undo the save: so it runs when that is done, and its failure is only logged."""
    transaction.on_commit(lambda: count_problems(type(thing)._base_manager.get(pk=thing.pk)), robust=True)


def count_problems(thing: Publishable) -> list[Problem]:
    """Write down how many problems `thing` has now, and return them."""
    problems = thing.problems()
    errors = len(errors_in(problems))
    ProblemCount.objects.update_or_create(
        **owned_by(thing),
        defaults={"errors": errors, "warnings": len(problems) - errors},
    )
    return problems
