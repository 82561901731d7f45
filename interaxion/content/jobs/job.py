"""A job: one row beside the result of the tasks library, with all that people want to know about it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.jobs.kinds import JobKind, find_kind

#: Lines of the log that are kept, the newest ones.
MOST_LINES = 50
#: After this time, waiting means that no worker runs, or that all are busy.
SOON = timedelta(seconds=20)
#: Ended jobs are deleted after this time.
KEPT_FOR = timedelta(days=30)


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")


UNFINISHED = (JobState.QUEUED, JobState.RUNNING)


class JobQuerySet(models.QuerySet["Job"]):
    def unfinished(self) -> Self:
        return self.filter(state__in=UNFINISHED)

    def find_lately_failed(self, kind: str, within: timedelta) -> "Job | None":
        """Return the newest job of the kind if it failed or was stopped, and was queued within this time."""
        last = self.filter(kind=kind).order_by("-pk").first()
        if last is None or last.state not in {JobState.FAILED, JobState.STOPPED}:
            return None
        return last if last.queued_at > timezone.now() - within else None

    def newest_first(self) -> Self:
        """The jobs without what may be long."""
        return self.defer("report", "log").order_by("-queued_at", "-pk")

    def of_interest_to(self, user: Any) -> Self:
        """The jobs that this user has queued and that are not over, or ended within a day."""
        recent = Q(state__in=UNFINISHED) | Q(ended_at__gt=timezone.now() - timedelta(days=1))
        return self.filter(recent, user=user).newest_first()


class Job(models.Model):
    kind = models.CharField(max_length=40)
    #: What it works on: one job of a kind and subject is queued or running at a time (idempotency key).
    subject = models.CharField(max_length=200)
    #: What it works on, in words for people, such as the name of a file.
    about = models.CharField(max_length=300, blank=True)
    inputs = models.JSONField(default=dict)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=10)  # of its user: messages of the work are in it
    state = models.CharField(max_length=8, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    #: (message, parameters) each, newest last: messages are translated where they are shown.
    log = models.JSONField(default=list)
    report = models.JSONField(null=True)
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    stop_asked_at = models.DateTimeField(null=True)
    #: The id of the library's result, which holds the traceback of a failure; "" if no task is queued for it.
    task_id = models.CharField(max_length=64, blank=True)
    #: The lease of the worker that runs it (leases.py), and when that was last heard of.
    lease = models.CharField(max_length=32, blank=True)
    heard_at = models.DateTimeField(null=True)
    #: How often a worker died while it ran it.
    losses = models.PositiveSmallIntegerField(default=0)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(state__in=UNFINISHED), name="content_job_one_unfinished"
            )
        ]
        indexes = [models.Index(fields=["user", "-queued_at"])]

    def __str__(self) -> str:
        kind = find_kind(self.kind)
        return str(kind.title) % {"about": self.about} if kind else self.kind

    @property
    def is_over(self) -> bool:
        return self.state not in UNFINISHED

    @property
    def is_stopping(self) -> bool:
        return not self.is_over and self.stop_asked_at is not None

    @property
    def waits_long(self) -> bool:
        return self.state == JobState.QUEUED and self.queued_at < timezone.now() - SOON

    @property
    def may_be_tried_again(self) -> bool:
        return self.state in {JobState.FAILED, JobState.STOPPED} and find_kind(self.kind) is not None

    def may_be_seen_by(self, user: Any) -> bool:
        """Whether the user queued it, or may do such work."""
        kind: JobKind | None = find_kind(self.kind)
        return self.user_id == user.pk or (kind is not None and kind.allows(user, self.inputs))

    def log_lines(self) -> list[str]:
        return [gettext(message) % params for message, params in self.log]


def add_line(log: list[Any], message: str, params: Mapping[str, Any]) -> list[Any]:
    """Return the log with one line more; `message` is a template that gettext knows."""
    return [*log, [message, dict(params)]][-MOST_LINES:]
