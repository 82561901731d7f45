"""The publish rule, written once: what is live, that is, visible to everybody.

Status, dates and trash are stored in the row; *scheduled*, *live* and *ended* are computed from them and the clock.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: Instants near the ends of the calendar cannot be shown in every time zone, nor read back from PostgreSQL.
YEARS = range(1900, 9001)
#: The fields that the rule reads.
WINDOW_FIELDS = ("status", "publish_at", "unpublish_at", "deleted_at")

NEEDS_A_DATE = _("Something published needs a date.")
ENDS_TOO_EARLY = _("The end must be later than the date of publishing.")


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("Waiting for review")
    PUBLISHED = "published", _("Published")


class State(StrEnum):
    """The state that people see: the status, refined by the clock and the trash."""

    DRAFT = "draft"
    REVIEW = "review"
    SCHEDULED = "scheduled"
    LIVE = "live"
    ENDED = "ended"
    TRASHED = "trashed"

    @property
    def label(self) -> str:
        return str(STATE_LABELS[self])


#: The states in which visitors see the thing, or have seen it.
SEEN = (State.LIVE, State.ENDED)

STATE_LABELS = {
    State.DRAFT: _("Draft"),
    State.REVIEW: _("Waiting for review"),
    State.SCHEDULED: _("Scheduled"),
    State.LIVE: _("Published"),
    State.ENDED: _("Ended"),
    State.TRASHED: _("In the trash"),
}


def live_condition(at: datetime | None = None, prefix: str = "", *, status: str = "status") -> Q:
    """Return the rule as a query condition; `prefix` applies it to a relation (`"episode__"`).

    `status`: the name of an expression for the status.
    """
    at = at or timezone.now()
    return Q(
        Q(**{f"{prefix}unpublish_at__isnull": True}) | Q(**{f"{prefix}unpublish_at__gt": at}),
        **{
            f"{prefix}{status}": Status.PUBLISHED,
            f"{prefix}publish_at__lte": at,
            f"{prefix}deleted_at__isnull": True,
        },
    )


class PublishWindowQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None, *, among_few: bool = False) -> Self:
        """`among_few`: whether the query also names a few things, such as those of a tag, and should begin with them.

        SQLite keeps no statistics, and would begin with all that is live: but it has no index of an expression.
        """
        if not among_few:
            return self.filter(live_condition(at))
        return self.alias(any_status=Coalesce("status", Value(""))).filter(live_condition(at, status="any_status"))

    def hidden(self, at: datetime | None = None) -> Self:
        """Return what is not live: as a rule few, so that "all but these" is counted sooner than what is live."""
        return self.exclude(live_condition(at))

    def newest_first(self) -> Self:
        return self.order_by(F("publish_at").desc(nulls_first=True), "-pk")

    def beside(self, publish_at: datetime, pk: int) -> Self:
        """Return those of these things that were published just before and just after one with this date and id.

        In any order, and with all columns: a query that named the other conditions again would look at all of them.
        """
        # Of two bounds SQLite enters the index by the one that it reads first: this date, not the present.
        things = self.model._default_manager
        before = things.filter(publish_at__lte=publish_at) & self.filter(Q(publish_at__lt=publish_at) | Q(pk__lt=pk))
        after = things.filter(publish_at__gte=publish_at) & self.filter(Q(publish_at__gt=publish_at) | Q(pk__gt=pk))
        before, after = before.newest_first(), after.order_by("publish_at", "pk")
        either = Q(pk=before.values("pk")[:1]) | Q(pk=after.values("pk")[:1])
        return things.filter(either)

    def untrashed(self) -> Self:
        return self.filter(deleted_at__isnull=True)


class PublishWindow(models.Model):
    # Without an index: nearly all is published, so it finds nothing, but SQLite would use it rather than a better one.
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    publish_at = models.DateTimeField(
        _("publish at"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_("In the time zone of the site. Empty: the moment of publishing."),
    )
    unpublish_at = models.DateTimeField(
        _("unpublish at"), null=True, blank=True, help_text=_("From then on the page is gone. Usually empty.")
    )
    deleted_at = models.DateTimeField(_("moved to the trash at"), null=True, blank=True, editable=False)

    objects = PublishWindowQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(publish_at__isnull=False),
                name="%(app_label)s_%(class)s_published_has_date",
                violation_error_message=NEEDS_A_DATE,
            ),
            models.CheckConstraint(
                condition=Q(unpublish_at__isnull=True) | Q(unpublish_at__gt=F("publish_at")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message=ENDS_TOO_EARLY,
            ),
        ]

    def clean(self) -> None:
        super().clean()
        self.validate_dates()

    def get_constraints(self) -> list[tuple[type[models.Model], list[models.BaseConstraint]]]:
        """Leave out check constraints: `clean()` says the same without a query, and the database has the last word."""
        return [
            (model, [each for each in constraints if not isinstance(each, models.CheckConstraint)])
            for model, constraints in super().get_constraints()
        ]

    def validate_dates(self) -> None:
        """Raise ValidationError for a year outside of YEARS, and for what the constraints refuse."""
        dates = {name: getattr(self, name) for name in ("publish_at", "unpublish_at")}
        message = _("Write a year between %(first)d and %(last)d.")
        params = {"first": YEARS[0], "last": YEARS[-1]}
        errors = {
            name: ValidationError(message, code="year", params=params)
            for name, at in dates.items()
            if at and at.year not in YEARS
        }
        if errors:
            raise ValidationError(errors)
        if self.status == Status.PUBLISHED and not self.publish_at:
            raise ValidationError(NEEDS_A_DATE)
        if self.unpublish_at and self.publish_at and self.unpublish_at <= self.publish_at:
            raise ValidationError(ENDS_TOO_EARLY)

    def state(self, at: datetime | None = None) -> State:
        at = at or timezone.now()
        if self.deleted_at:
            return State.TRASHED
        if self.status != Status.PUBLISHED:
            return State(self.status)
        if self.publish_at > at:
            return State.SCHEDULED
        if self.unpublish_at and self.unpublish_at <= at:
            return State.ENDED
        return State.LIVE

    def is_live(self, at: datetime | None = None) -> bool:
        return self.state(at) is State.LIVE


def older_and_newer(
    thing: PublishWindow, beside: Iterable[PublishWindow]
) -> tuple[PublishWindow | None, PublishWindow | None]:
    """Sort what `beside()` found of `thing`: None at either end, and on both sides of what has no date."""
    is_newer = {(other.publish_at, other.pk) > (thing.publish_at, thing.pk): other for other in beside}
    return is_newer.get(False), is_newer.get(True)
