"""Which mails a person wants. Without a row: all that concern what they may do."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MailChoiceQuerySet(models.QuerySet):
    def of(self, user: Any) -> "MailChoice":
        return self.filter(user=user).first() or MailChoice(user=user)


class MailChoice(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choice")
    handed_over = models.BooleanField(_("something waits for review"), default=True)
    sent_back = models.BooleanField(_("something of mine was sent back"), default=True)
    suggested = models.BooleanField(_("a change was suggested, or mine was decided"), default=True)
    letters = models.BooleanField(_("one line a day, if letters came"), default=True)
    #: The language of the mails: that of the interface when the person chose last.
    language = models.CharField(max_length=10, default="ja", editable=False)
    #: Up to when this person was told of letters.
    letters_told_at = models.DateTimeField(null=True, editable=False)

    objects = MailChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)


def who_want(name: str) -> Any:
    """Return the active staff with a mail address who want this kind of mail: the name of a field."""
    wanted = Q(mail_choice=None) | Q(**{f"mail_choice__{name}": True})
    staff = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")
    return staff.filter(wanted).select_related("mail_choice").order_by("pk")
