"""Letters from listeners, and what became of each. Nothing of a letter is ever public."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

LONGEST_NAME = 80
LONGEST_LETTER = 4_000
#: Letters that were put aside are deleted after this time.
KEPT_ASIDE_FOR = timedelta(days=90)


class LetterQuerySet(models.QuerySet):
    def new(self) -> Self:
        return self.filter(state=Letter.State.NEW)

    def newest_first(self) -> Self:
        return self.order_by("-received_at", "-pk")

    def long_aside(self, now: datetime) -> Self:
        return self.filter(state=Letter.State.ASIDE, handled_at__lt=now - KEPT_ASIDE_FOR)

    def move(self, to: str, *, user: "AbstractBaseUser", **fields: Any) -> int:
        """Set the state of these letters and who has set it. Returns how many there are."""
        return self.update(state=to, handled_by=user, handled_at=timezone.now(), **fields)


class Letter(models.Model):
    class State(models.TextChoices):
        NEW = "new", _("new")
        KEPT = "kept", _("kept for an episode")
        READ = "read", _("read in an episode")
        ASIDE = "aside", _("put aside")

    name = models.CharField(_("name"), max_length=LONGEST_NAME, blank=True)
    body = models.TextField(_("letter"), max_length=LONGEST_LETTER)
    about = models.ForeignKey(
        "episodes.Episode",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="letters_about_it",
        verbose_name=_("about"),
    )
    received_at = models.DateTimeField(_("received at"), default=timezone.now, editable=False)
    #: The id of its form. It makes posting idempotent: one form sends one letter, however often it is posted.
    token = models.CharField(max_length=32, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    read_in = models.ForeignKey(
        "episodes.Episode",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("read in"),
        help_text=_("The episode that it was read in, or is kept for."),
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("handled by"),
    )
    handled_at = models.DateTimeField(_("handled at"), null=True, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        default_permissions = ("view", "change", "delete")  # only the form on the site adds one
        indexes = [models.Index(fields=["state", "-received_at"], name="episodes_letter_inbox")]

    def __str__(self) -> str:
        return Truncator(" ".join(self.body.split())).chars(40)

    def clean(self) -> None:
        if self.state == self.State.READ and self.read_in is None:
            raise ValidationError({"read_in": _("Say in which episode it was read.")})


class AnotherLetter(Exception):
    """The form that sends this letter has sent a different one."""


def receive_letter(form_id: str, *, name: str, body: str, about: models.Model | None, is_odd: bool) -> bool:
    """Store a letter, once for each form (idempotent). Returns False if it is stored already. Raises AnotherLetter.

    A letter that looks like spam (`is_odd`) is stored too, but put aside, so it is deleted after `KEPT_ASIDE_FOR`.
    """
    outcome = {"state": Letter.State.ASIDE, "handled_at": timezone.now()} if is_odd else {}
    letter, is_new = Letter.objects.get_or_create(
        token=form_id, defaults={"name": name, "body": body, "about": about, **outcome}
    )
    if (letter.name, letter.body) != (name, body):
        raise AnotherLetter
    return is_new
