"""Tables with exactly one row (singleton rows): settings and state of the site."""

from typing import Self

from django.db import models


class OneRow(models.Model):
    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="%(app_label)s_%(class)s_one_row")]

    @classmethod
    def current(cls) -> Self:
        """Return the row, or one with the defaults that is not stored yet."""
        # Written out: every page and save asks for one, and building the query would take longer than to run it.
        rows = cls.objects.raw(f"SELECT * FROM {cls._meta.db_table} WHERE id = 1")  # noqa: S608  # nosec B608
        return next(iter(rows), None) or cls.unstored()

    @classmethod
    def unstored(cls) -> Self:
        return cls(pk=1)
