"""SiteState: one row that rises with every change visitors could see. It is the key of every cached page."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F
from django.utils import timezone


class SiteState(models.Model):
    version = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    #: ISO instants at which something will begin or end to be live by the clock alone, soonest first.
    boundaries = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="content_sitestate_one_row")]

    def __str__(self) -> str:
        return f"version {self.version}"

    @classmethod
    def current(cls) -> Self:
        return cls.objects.get_or_create(pk=1)[0]

    @classmethod
    def rise(cls) -> None:
        """Make every stored copy of a public page old. Called inside the transaction that changes something."""
        cls.objects.get_or_create(pk=1)
        cls.objects.filter(pk=1).update(version=F("version") + 1, changed_at=timezone.now())

    @classmethod
    def schedule(cls, boundaries: list[datetime]) -> None:
        """Write down the future instants at which the clock alone changes what is live."""
        cls.current()
        cls.objects.filter(pk=1).update(boundaries=[at.isoformat() for at in sorted(boundaries)])

    def etag(self, *parts: object, at: datetime | None = None) -> str:
        """Changes when a store, a transition or a passed boundary could change a page."""
        passed = self.passed(at)
        return '"' + "-".join(str(part) for part in (self.version, len(passed), *parts)) + '"'

    def last_change(self, at: datetime | None = None) -> datetime:
        return max([self.changed_at, *self.passed(at)])

    def passed(self, at: datetime | None = None) -> list[datetime]:
        at = at or timezone.now()
        return [moment for moment in map(datetime.fromisoformat, self.boundaries) if moment <= at]
