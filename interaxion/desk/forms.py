"""The form of published content: optimistic locking by version, and consequences that need a confirmation."""

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from interaxion.content import paths
from interaxion.content.checks.text_checks import TAKES_OVER
from interaxion.content.publishing.window import Status
from interaxion.content.tags import find_tags, validate_tag
from interaxion.desk.editing import one_line_end
from interaxion.desk.saving.dates import CONFIRMED_DATES, THEN, DatesForm

#: A POST field: show the form with the typed values, and save nothing.
ONLY_SHOW = "_only_show"
#: A POST field: the confirmed consequences, as the hash that `PublishableForm.confirmation` makes.
CONFIRMED = "_confirmed"


class PublishableForm(DatesForm):
    #: Optimistic locking: the version that the browser shows. A save on top of another version is refused.
    loaded_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        widgets = {"summary": AdminTextareaWidget(attrs={"rows": 3})}

    #: Whether somebody else has saved since the form was opened.
    is_stale = False

    #: The user of the form; the admin sets it on the class of each request.
    user: AbstractBaseUser | None = None
    #: Sentences: what a save would change for visitors and apps that know the thing.
    consequences: Sequence[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["loaded_version"] = self.instance.version
        if "publish_at" in self.fields and self.user and not self.user.has_perm(self.instance.publish_permission):
            self.fields["publish_at"].help_text = _("A proposal: an editor publishes it.")
        if "tags" in self.fields:  # the text of the library has no Japanese translation
            self.fields["tags"].help_text = _(
                "Separated by commas, such as “optics, superconductivity”."
                ' A name that has a comma in it stands in quotes: "Newton, Isaac".'
            )

    @property
    def is_only_shown(self) -> bool:
        """Whether it is posted only to be shown again (the same notes in another form), not to be saved."""
        return ONLY_SHOW in self.data

    def clean_path(self) -> str:
        path = unicodedata.normalize("NFC", self.cleaned_data["path"]).strip()
        if not path:
            return ""
        # Somebody may have published it since the form was opened: it does not go back to the address of its draft.
        if self.instance.status == Status.PUBLISHED:
            path = path.removesuffix(self.instance.draft_suffix)
        return "/" + path.lstrip("/")

    def clean_tags(self) -> list[Any]:
        if "tags" not in self.changed_data:
            return list(self.initial.get("tags") or ())
        tags = find_tags(self.cleaned_data["tags"])
        for name in tags:
            if isinstance(name, str):
                validate_tag(name)
        return tags

    def _save_m2m(self) -> None:
        """Write the tags if somebody changed them."""
        if "tags" not in self.changed_data:
            self.cleaned_data.pop("tags", None)
        super()._save_m2m()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._keep_untouched(cleaned)
        if self.is_only_shown:
            self.add_error(None, ValidationError(_("This is not saved yet."), code="only_shown"))
        elif self.instance.pk and not self.is_preview:
            self._check_version(cleaned)
        return cleaned

    def validate_unique(self) -> None:
        """Ask only for values that differ from the stored ones: these are unique."""
        names = [field.name for field in self._meta.model._meta.concrete_fields if field.unique and self.stored]
        same = {name for name in names if getattr(self.instance, name) == getattr(self.stored, name)}
        try:
            self.instance.validate_unique(exclude=self._get_validation_exclusions() | same)
        except ValidationError as problem:
            self._update_errors(problem)

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            self._validate_change()
        if not self.errors:
            self.instance.settle_path()
            self.consequences = [*self._address_consequences(), *self._identity_consequences()]
        if not self.errors and self.is_asked and not self.is_preview:
            text = _("This changes what visitors and apps know it by. It is not saved yet.")
            self.add_error(None, ValidationError(text, code="asked"))

    def _validate_change(self) -> None:
        if self.stored:
            try:
                self.instance.validate_change(self.stored)
            except ValidationError as refusal:
                self._update_errors(refusal)

    def _address_consequences(self) -> Iterator[str]:
        """Yield the consequence if the address is an old one of something else, and the user may take it over."""
        if self.stored and self.instance.path == self.stored.path:
            return
        try:
            paths.validate_path(self.instance.path, self.instance)
        except ValidationError as problem:
            if problem.code == paths.OLD_ADDRESS and self._may_take_over():
                yield _(TAKES_OVER) % problem.params
            else:
                self.add_error("path", problem)

    def _may_take_over(self) -> bool:
        """Editors take over old addresses. Anybody who writes may take that of a draft: visitors never knew it."""
        thing = self.instance
        is_editor = self.user is not None and self.user.has_perm(thing.publish_permission)
        return is_editor or thing.path.endswith(thing.draft_suffix)

    def _identity_consequences(self) -> list[str]:
        if self.is_preview or not self.instance.pk:
            return []
        return self.instance.what_follows(self.stored)

    @property
    def confirmation(self) -> str:
        """The value of the button that confirms exactly these consequences: a hash of them."""
        return hashlib.sha256("\n".join(self.consequences).encode()).hexdigest()[:32]

    @property
    def is_asked(self) -> bool:
        """Whether a consequence is not confirmed yet."""
        return bool(self.consequences) and self.data.get(CONFIRMED) != self.confirmation

    @property
    def question(self) -> ErrorList | None:
        """The question among the errors, which is none; None if nothing is asked."""
        return self.non_field_errors() if self.asks or self.is_asked else None

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Return (name, value) of earlier answers and of the step that follows: the next button sends them again."""
        return [(name, self.data[name]) for name in (*CONFIRMED_DATES, CONFIRMED, THEN) if name in self.data]

    def _keep_untouched(self, cleaned: dict[str, Any]) -> None:
        """Keep every text that nobody changed byte for byte, whatever browser or field did to it."""
        for name in set(cleaned) & set(self.fields):
            bound, stored = self[name], self.initial.get(name)
            if not isinstance(stored, str) or not isinstance(bound.data, str):
                continue
            shown = bound.field.widget.format_value(bound.field.prepare_value(stored)) or ""
            if isinstance(shown, str) and one_line_end(bound.data) == one_line_end(shown):
                cleaned[name] = stored

    def _check_version(self, cleaned: dict[str, Any]) -> None:
        """Refuse a stale version. The view has locked the row and merged what it could: no race with store()."""
        stored = self.instance.version
        if stored == cleaned.get("loaded_version"):
            return
        self.is_stale = True
        newest = self.instance.revisions.select_related("user").first()
        who = newest.user if newest and newest.user else _("A command")
        at = timezone.localtime(self.instance.stored_at)
        self.add_error(
            None,
            ValidationError(
                _(
                    "%(who)s saved version %(version)s at %(time)s, while you were writing."
                    " What you wrote is still here, and not saved yet."
                ),
                code="stale",
                params={"who": who, "version": stored, "time": date_format(at, "Y-m-d H:i")},
            ),
        )
