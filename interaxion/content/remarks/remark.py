"""Remarks about a draft: one thread for each, by staff and by guests who have its link. Never public."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interaxion.content.owned_rows import OwnedQuerySet, OwnedRow, owned_by
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import SEEN, Status
from interaxion.content.validators import validate_text, validate_title


class RemarkQuerySet(OwnedQuerySet):
    def present(self, thing: Publishable) -> Self:
        """The thread of a draft, the oldest first: what was said since it was public, nothing while it is."""
        if thing.status == Status.PUBLISHED:
            return self.none()
        seen = LogEntry.objects.of(thing).filter(from_state__in=SEEN).aggregate(last=Max("logged_at"))["last"]
        since = Q(said_at__gt=seen) if seen else Q()
        return self.of(thing).filter(since).select_related("user").order_by("said_at", "pk")

    def unanswered(self) -> Self:
        """The last remark of each thread that nobody has answered or settled."""
        same = Remark.objects.filter(content_type=OuterRef("content_type"), object_id=OuterRef("object_id"))
        newest = Subquery(same.order_by("-said_at", "-pk").values("pk")[:1])
        return self.filter(settled_at=None).annotate(newest=newest).filter(pk=F("newest"))


class Remark(OwnedRow):
    #: Null for a guest, who typed a name.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(_("your name"), max_length=80, blank=True, validators=[validate_title])
    text = models.TextField(_("remark"), max_length=4000, validators=[validate_text])
    #: The heading that it is about; "" for the whole.
    section = models.CharField(_("section"), max_length=300, blank=True, validators=[validate_title])
    said_at = models.DateTimeField(default=timezone.now, editable=False)
    #: When somebody said that nothing is left to do.
    settled_at = models.DateTimeField(null=True, editable=False)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        default_permissions = ()
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def who(self) -> str:
        return str(self.user) if self.user else self.name


def say(thing: Publishable, text: str, *, user: Any = None, name: str = "", section: str = "") -> Remark:
    """Add a remark to the thread of a draft. Raises ValidationError."""
    remark = Remark(**owned_by(thing), text=text.strip(), user=user, name=name.strip(), section=section[:300])
    remark.full_clean(exclude=["content_type", "object_id", "user"])
    remark.save()
    return remark


def settle(thing: Publishable) -> None:
    """Mark that nothing said about it so far is left to do."""
    Remark.objects.of(thing).filter(settled_at=None).update(settled_at=timezone.now())
