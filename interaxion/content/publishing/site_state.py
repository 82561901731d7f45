"""SiteState: one row that rises with every change visitors could see. It is the key of every cached page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F
from django.utils import timezone

from interaxion.content.one_row import OneRow


class SiteState(OneRow):
    version = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    #: ISO instants at which something will begin or end to be live by the clock alone, soonest first.
    boundaries = models.JSONField(default=list, blank=True)

    class Meta(OneRow.Meta):
        pass

    def __str__(self) -> str:
        return f"version {self.version}"

    @classmethod
    def current(cls) -> Self:
        """Return the row, stored if it was not: `changed_at` must not be another one at every request."""
        return cls.objects.get_or_create(pk=1)[0]

    @classmethod
    def lock(cls) -> None:
        """Let nobody else change what visitors see until the transaction ends. Its first act, before all other locks.

        The order of locks: this row, then any others. Whoever will raise the version takes it before writing, or even
        locking, anything. So no two of them hold what the other waits for, and what one reads after this (the dates
        of all things, the course of a chapter, who holds an address) is as the one before left it. Readers do not
        wait. SQLite has one writer at a time by itself.
        """
        cls.objects.select_for_update().get_or_create(pk=1)

    @classmethod
    def rise(cls, boundaries: Iterable[datetime] | None = None) -> None:
        """Make every stored copy of a public page old. Called inside the transaction that changes something.

        `boundaries`: the future instants at which the clock alone changes what is live, where these may be others now.
        """
        cls.current()
        known = {} if boundaries is None else {"boundaries": [at.isoformat() for at in sorted(boundaries)]}
        cls.objects.filter(pk=1).update(version=F("version") + 1, changed_at=timezone.now(), **known)

    def etag(self, *parts: object, at: datetime | None = None) -> str:
        """Changes when a store, a transition or a passed boundary could change a page."""
        passed = self.passed(at)
        return '"' + "-".join(str(part) for part in (self.version, len(passed), *parts)) + '"'

    def last_change(self, at: datetime | None = None) -> datetime:
        return max([self.changed_at, *self.passed(at)])

    def passed(self, at: datetime | None = None) -> list[datetime]:
        at = at or timezone.now()
        return [moment for moment in map(datetime.fromisoformat, self.boundaries) if moment <= at]
