"""Working copies (autosave): what somebody is typing. Never a revision, never public; each open form has its own."""

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interaxion.content.owned_rows import OwnedQuerySet, OwnedRow
from interaxion.content.publishing.publishable import Publishable

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

#: An open form sends a heartbeat every 30 seconds; without one for this long it counts as closed.
HEARD_WITHIN = timedelta(seconds=75)
#: Abandoned copies are deleted after this time.
KEPT_FOR = timedelta(days=90)


def make_key() -> str:
    return secrets.token_urlsafe(12)


class WorkingCopyQuerySet(OwnedQuerySet):
    def unsaved_by(self, user: "AbstractBaseUser") -> Self:
        """The copies that `user` has neither saved nor submitted."""
        return self.filter(user=user, submitted_at=None, closed_at=None).exclude(data="").order_by("-saved_at")

    def submitted(self) -> Self:
        """The suggestions that wait for an editor."""
        return self.filter(submitted_at__isnull=False, closed_at=None).order_by("submitted_at")

    def due(self, at: datetime) -> Self:
        """The suggestions that an editor took and whose time has come."""
        return self.submitted().filter(taken_by__isnull=False, due_at__lte=at)

    def open_now(self) -> Self:
        return self.filter(seen_at__gt=timezone.now() - HEARD_WITHIN, closed_at=None, submitted_at=None)


class WorkingCopy(OwnedRow):
    #: Null for the suggestion of an import.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    #: Null for something new.
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    #: Identifies one open form, so that two tabs, or two new things, do not mix.
    key = models.CharField(max_length=64, default=make_key)
    #: The form as the browser would send it, without files; "" while nothing was typed.
    data = models.TextField(blank=True)
    #: What an import suggests: a snapshot, since nobody had a form.
    snapshot = models.JSONField(null=True)
    #: The version that the form was loaded with.
    base_version = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(null=True, blank=True)
    #: Saved for good, or discarded: what arrives late for this key is ignored.
    closed_at = models.DateTimeField(null=True, blank=True)
    #: Submitted to an editor as a suggestion.
    submitted_at = models.DateTimeField(_("suggested at"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    #: When a suggestion is to become public; null for as soon as it is taken.
    due_at = models.DateTimeField(_("goes live at"), null=True, blank=True)
    #: The editor who took a suggestion that is not due yet, and the snapshot that was taken.
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken = models.JSONField(null=True, blank=True)
    #: Why an editor did not take the suggestion.
    answer = models.TextField(_("answer"), blank=True)

    objects = WorkingCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("working copy")
        verbose_name_plural = _("working copies")
        default_permissions = ()
        ordering = ["-seen_at"]
        indexes = [models.Index(fields=["content_type", "object_id"])]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="content_workingcopy_key_unique")]

    def __str__(self) -> str:
        return self.typed("title") or str(_("without a title"))

    @property
    def who(self) -> str:
        return str(self.user or _("the import"))

    def typed(self, name: str) -> str:
        """Return the value of a field of the form."""
        return QueryDict(self.data).get(name, "")

    @property
    def handed_in(self) -> str:
        """When it was handed in, for a form that shows it: another hand-in has another time."""
        return self.submitted_at.isoformat() if self.submitted_at else ""

    def withdraw(self, answer: str = "") -> None:
        """Give a suggestion back to its user, as unsaved text; `answer` says why an editor did not take it."""
        self.submitted_at, self.answer = None, answer
        self.taken_by = self.taken = self.due_at = None
        self.save(update_fields=["submitted_at", "answer", "taken_by", "taken", "due_at"])

    @property
    def is_ahead(self) -> bool:
        """Whether it is to become public at a time to come."""
        return self.due_at is not None and self.due_at > timezone.now()

    def close(self) -> None:
        """Delete the text, because it is saved or no longer wanted. The key stays known."""
        self.data, self.snapshot, self.closed_at = "", None, timezone.now()
        self.save(update_fields=["data", "snapshot", "closed_at"])


def keep(user: "AbstractBaseUser", model: type[Publishable], pk: int | None, key: str, **values: Any) -> WorkingCopy:
    """Store what was typed (`data`, `base_version`), or only that the form is open. A closed copy stays as it is."""
    now = timezone.now()
    target = _target(model, pk)
    copy, is_new = WorkingCopy.objects.get_or_create(
        user=user, key=key, defaults={**target, **values, "saved_at": now if "data" in values else None}
    )
    if is_new or copy.closed_at or copy.owner != (target["content_type"].pk, pk):
        return copy
    copy.seen_at = now
    if "data" in values:
        copy.data, copy.base_version, copy.saved_at = values["data"], values["base_version"], now
    # Only if it is still open: a save may have closed it since it was read (a race).
    columns = {name: getattr(copy, name) for name in ("seen_at", "data", "base_version", "saved_at")}
    if not WorkingCopy.objects.filter(pk=copy.pk, closed_at=None).update(**columns):
        copy.refresh_from_db()
    return copy


def forget(user: "AbstractBaseUser", model: type[Publishable], pk: int | None, key: str) -> None:
    """Close the copy of this form, which is saved or submitted. What the form may still send is ignored."""
    closed = WorkingCopy(user=user, key=key, data="", closed_at=timezone.now(), **_target(model, pk))
    WorkingCopy.objects.bulk_create(
        [closed], update_conflicts=True, unique_fields=["user", "key"], update_fields=["data", "closed_at"]
    )


def _target(model: type[Publishable], pk: int | None) -> dict[str, Any]:
    """Return the fields that say what a form is for; `pk` is None for something new."""
    return {"content_type": ContentType.objects.get_for_model(model), "object_id": pk}


def sweep() -> int:
    """Delete abandoned copies; return how many."""
    long_ago = WorkingCopy.objects.filter(seen_at__lt=timezone.now() - KEPT_FOR)
    untouched = WorkingCopy.objects.filter(
        data="", closed_at=None, submitted_at=None, seen_at__lt=timezone.now() - timedelta(days=1)
    )
    return long_ago.filter(submitted_at=None).delete()[0] + untouched.delete()[0]
