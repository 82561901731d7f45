"""Working copies: what somebody is typing. Never a revision, never public; each page of a form has its own."""

import secrets
from datetime import timedelta
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

#: An open form says so every half minute; who was not heard of for longer has closed it.
HEARD_WITHIN = timedelta(seconds=75)
#: What nobody came back for is thrown away.
KEPT_FOR = timedelta(days=90)


def make_key() -> str:
    return secrets.token_urlsafe(12)


class WorkingCopyQuerySet(OwnedQuerySet):
    def unsaved_by(self, user: "AbstractBaseUser") -> Self:
        """What `user` typed and neither saved nor handed in."""
        return self.filter(user=user, submitted_at=None, closed_at=None).exclude(data="").order_by("-saved_at")

    def submitted(self) -> Self:
        """Suggestions that wait for an editor."""
        return self.filter(submitted_at__isnull=False, closed_at=None).order_by("submitted_at")

    def open_now(self) -> Self:
        return self.filter(seen_at__gt=timezone.now() - HEARD_WITHIN, closed_at=None, submitted_at=None)


class WorkingCopy(OwnedRow):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: Null for something new.
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    #: Of one page of a form: two tabs, and two new things, do not mix.
    key = models.CharField(max_length=64, default=make_key)
    #: The form as the browser would send it, without files; "" while nothing was typed.
    data = models.TextField(blank=True)
    #: The version that the form was loaded with.
    base_version = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(null=True, blank=True)
    #: Saved for good, or thrown away: what arrives late for this key is no longer wanted.
    closed_at = models.DateTimeField(null=True, blank=True)
    #: Handed to an editor as a suggestion.
    submitted_at = models.DateTimeField(_("suggested at"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
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

    def typed(self, name: str) -> str:
        """What stands in a field of the form."""
        return QueryDict(self.data).get(name, "")

    def close(self) -> None:
        """It is saved or not wanted any more; its text goes, its key stays known."""
        self.data, self.closed_at = "", timezone.now()
        self.save(update_fields=["data", "closed_at"])


def keep(user: "AbstractBaseUser", model: type[Publishable], pk: int | None, key: str, **values: Any) -> WorkingCopy:
    """Write what was typed (`data`, `base_version`), or only that the form is open. A closed copy stays as it is."""
    now = timezone.now()
    target = {"content_type": ContentType.objects.get_for_model(model), "object_id": pk}
    copy, is_new = WorkingCopy.objects.get_or_create(
        user=user, key=key, defaults={**target, **values, "saved_at": now if "data" in values else None}
    )
    if is_new or copy.closed_at or copy.owner != (target["content_type"].pk, pk):
        return copy
    copy.seen_at = now
    if "data" in values:
        copy.data, copy.base_version, copy.saved_at = values["data"], values["base_version"], now
    # Only where it is still open: a save may have closed it between the two lines.
    columns = {name: getattr(copy, name) for name in ("seen_at", "data", "base_version", "saved_at")}
    if not WorkingCopy.objects.filter(pk=copy.pk, closed_at=None).update(**columns):
        copy.refresh_from_db()
    return copy


def forget(user: "AbstractBaseUser", model: type[Publishable], pk: int | None, key: str) -> None:
    """Close what this page of a form held: it is saved, or handed in. What the page may still send is not wanted."""
    closed = {"data": "", "closed_at": timezone.now()}
    target = {"content_type": ContentType.objects.get_for_model(model), "object_id": pk}
    WorkingCopy.objects.update_or_create(user=user, key=key, defaults=closed, create_defaults=closed | target)


def sweep() -> int:
    """Throw away what nobody came back for; returns how many."""
    long_ago = WorkingCopy.objects.filter(seen_at__lt=timezone.now() - KEPT_FOR)
    untouched = WorkingCopy.objects.filter(data="", closed_at=None, seen_at__lt=timezone.now() - timedelta(days=1))
    return long_ago.filter(submitted_at=None).delete()[0] + untouched.delete()[0]
