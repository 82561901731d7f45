"""Link health: whether the addresses that content links to are fine, moved, dead or unknown.

An address counts as dead only after it was gone twice, a day apart. A host that refuses robots, answers with a rate
limit or does not answer at all says nothing about the page: unknown.
"""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from interaxion.web.answers import LONGEST, Answer, has_moved

#: The least time between the first failure and the one that makes an address count as dead.
GRACE = timedelta(days=1)
FAILURES = 2


class LinkState(models.TextChoices):
    OK = "ok", _("Fine")
    MOVED = "moved", _("Moved")
    DEAD = "dead", _("Dead")
    UNKNOWN = "unknown", _("Unknown")


class LinkStatusQuerySet(models.QuerySet):
    def dead(self) -> Self:
        return self.filter(state=LinkState.DEAD)


class LinkStatus(models.Model):
    url = models.CharField(_("address"), max_length=LONGEST, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=LinkState, default=LinkState.UNKNOWN)
    code = models.PositiveSmallIntegerField(_("code"), default=0)
    #: Where it led when it last led anywhere, also if that page was not shown to us.
    final_url = models.TextField(_("leads to"), blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, db_index=True)
    #: How often in a row the page was gone, and since when.
    failures = models.PositiveSmallIntegerField(default=0)
    gone_since = models.DateTimeField(null=True)

    objects = LinkStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("state of a link")
        verbose_name_plural = _("states of links")

    def __str__(self) -> str:
        return f"{self.url}: {self.state}"

    def take(self, answer: Answer, at: datetime) -> None:
        """Update the fields by an answer received at `at`. Does not save."""
        self.code, self.checked_at = answer.code, at
        if answer.final_url and not answer.is_gone:  # where it led stays known when the shortener dies
            self.final_url = answer.final_url
        if answer.is_gone:
            self.failures += 1
            self.gone_since = self.gone_since or at
            is_certain = self.failures >= FAILURES and at - self.gone_since >= GRACE
            self.state = LinkState.DEAD if is_certain else LinkState.UNKNOWN
            return
        self.state = LinkState.UNKNOWN
        if answer.is_fine:
            self.failures, self.gone_since = 0, None
            self.state = LinkState.MOVED if has_moved(self.url, answer.final_url) else LinkState.OK
