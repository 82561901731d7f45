"""The dates of a form, and the questions before a save that takes something down or empties a date."""

from copy import copy
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import State, Status
from interaxion.content.saving.taking_down import what_goes
from interaxion.content.saving.transitions import To, transition
from interaxion.desk.human_time import spell_moment
from interaxion.desk.pages.undoing import tell
from interaxion.desk.protocol import DeskAdmin

#: POST fields of the answers: save although visitors lose the page; the meaning of an emptied date (now, draft, keep).
TAKE_DOWN, EMPTIED = CONFIRMED_DATES = ("_takes_down", "_emptied_date")
#: A POST field: the step whose button was pressed on an unsaved form. It follows the save.
THEN = "_then"


class DatesForm(forms.ModelForm):
    #: Whether it is bound for a preview, which asks nothing.
    is_preview = False
    was_scheduled = was_live = False
    #: Whether the date of something published was emptied.
    is_date_emptied = False
    #: The questions: what visitors would lose, and the date of something scheduled that was emptied.
    goes: list[str] = []
    emptied: str = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: The thing as it is stored, into which the form does not write; None if it is new.
        self.stored = copy(self.instance) if self.instance.pk else None
        if self.is_bound and self.instance.pk:  # before the form writes into it
            self.was_scheduled = self.instance.state() is State.SCHEDULED
            self.was_live = self.instance.is_live()

    @property
    def is_only_shown(self) -> bool:
        """Whether it is posted only to be shown: then nothing is asked."""
        return False

    @property
    def asks(self) -> bool:
        return bool(self.goes or self.emptied)

    def clean_publish_at(self) -> datetime | None:
        typed = self._same_instant("publish_at")
        # Published content has a date, but the form may have been opened before it had one.
        self.is_date_emptied = typed is None and self.instance.status == Status.PUBLISHED
        return self.instance.publish_at if self.is_date_emptied else typed

    def clean_unpublish_at(self) -> datetime | None:
        return self._same_instant("unpublish_at")

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or self.is_preview or self.is_only_shown:
            return
        is_answered = EMPTIED in self.data or THEN in self.data
        if self.was_scheduled and self.is_date_emptied and not is_answered:
            self.emptied = spell_moment(self.instance.publish_at)
            self.add_error(None, ValidationError(_("The date is empty now."), code="date_emptied"))
        elif self.stored and self.was_live and not self.instance.is_live() and TAKE_DOWN not in self.data:
            self.goes = what_goes(self.stored)
            self.add_error(None, ValidationError(" ".join(self.goes), code="takes_down"))

    @property
    def back_at(self) -> str:
        """When it would be public again; "" for never."""
        is_ahead = self.instance.state() is State.SCHEDULED
        return spell_moment(self.instance.publish_at) if is_ahead else ""

    def _same_instant(self, name: str) -> datetime | None:
        """Return the typed instant; the stored one if they differ only in microseconds, which the field cannot show."""
        typed, stored = self.cleaned_data[name], self.initial.get(name)
        return stored if typed and stored and typed == stored.replace(microsecond=0) else typed


def follow_dates(
    model_admin: DeskAdmin, request: HttpRequest, thing: Publishable, form: DatesForm, entry: LogEntry | None
) -> None:
    """After a save: move back to draft if that was the answer, and tell what became of the dates."""
    if entry:
        tell(model_admin, request, [(thing, entry)])
    if not form.is_date_emptied:
        return
    if thing.state() is not State.SCHEDULED:
        text = _("The date stays %(moment)s: what is published has one.")
        messages.warning(request, text % {"moment": spell_moment(thing.publish_at)})
    elif To.DRAFT in {request.POST.get(EMPTIED), request.POST.get(THEN)}:
        moved = transition(thing, to=To.DRAFT, user=request.user, keeps_date=False, is_confirmed=True)
        tell(model_admin, request, [(thing, moved.entry)])
