"""What became of the addresses that content links to: fine, moved, dead, or nobody knows.

Dead is a strong word. A page is called so when it was gone twice, a day apart; a host that refuses robots, asks for
patience or does not answer says nothing of its page.
"""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from interaxion.web.answers import LONGEST, Answer, has_moved

#: Between the first time that a page was gone and the time when it counts as dead.
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
    final_url = models.TextField(_("leads to"), blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, db_index=True)
    #: How often in a row it was gone, and since when.
    failures = models.PositiveSmallIntegerField(default=0)
    gone_since = models.DateTimeField(null=True)

    objects = LinkStatusQuerySet.as_manager()

    class Meta:
        verbose_name = _("state of a link")
        verbose_name_plural = _("states of links")

    def __str__(self) -> str:
        return f"{self.url}: {self.state}"

    def take(self, answer: Answer, at: datetime) -> None:
        """Let the answer of now be known. Saves nothing."""
        self.code, self.final_url, self.checked_at = answer.code, answer.final_url, at
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
