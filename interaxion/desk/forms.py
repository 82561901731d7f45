"""The forms behind the admin: what they ask beside the fields of the model."""

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from interaxion.content import paths
from interaxion.content.checks.text_checks import TAKES_OVER
from interaxion.content.publishing.window import Status
from interaxion.content.tags import find_tags, validate_tag
from interaxion.desk.editing import one_line_end
from interaxion.desk.saving.dates import CONFIRMED_DATES, DatesForm

#: In a POST: draw the form with what was typed, and save nothing.
ONLY_SHOW = "_only_show"
#: In a POST: the consequences that were shown and are confirmed, as `PublishableForm.confirmation` spells them.
CONFIRMED = "_confirmed"


class PublishableForm(DatesForm):
    #: The version that the browser shows: a save on top of any other is refused.
    loaded_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        widgets = {"summary": AdminTextareaWidget(attrs={"rows": 3})}

    #: Whether somebody else saved since.
    is_stale = False

    #: Whose form it is; the admin says so.
    user: AbstractBaseUser | None = None
    #: What saving it would change for those who know the thing, in sentences.
    consequences: Sequence[str] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["loaded_version"] = self.instance.version
        if "tags" in self.fields:  # the library's own words know no Japanese
            self.fields["tags"].help_text = _(
                "Separated by commas, such as “optics, superconductivity”."
                ' A name that has a comma in it stands in quotes: "Newton, Isaac".'
            )

    @property
    def is_only_shown(self) -> bool:
        """Posted to be drawn anew (the same notes in another form), not to be saved."""
        return ONLY_SHOW in self.data

    def clean_path(self) -> str:
        path = unicodedata.normalize("NFC", self.cleaned_data["path"]).strip()
        if not path:
            return ""
        # Somebody may have published it since the form was opened: it does not go back to its draft's address.
        if self.instance.status == Status.PUBLISHED:
            path = path.removesuffix(self.instance.draft_suffix)
        return "/" + path.lstrip("/")

    def clean_tags(self) -> list[Any]:
        tags = find_tags(self.cleaned_data["tags"])
        for name in tags:
            if isinstance(name, str):
                validate_tag(name)
        return tags

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._keep_untouched(cleaned)
        if self.is_only_shown:
            self.add_error(None, ValidationError(_("This is not saved yet."), code="only_shown"))
        elif self.instance.pk and not self.is_preview:
            self._check_version(cleaned)
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors:
            self.instance.settle_path()
            self.consequences = [*self._of_address(), *self._of_identity()]
        if not self.errors and self.is_asked and not self.is_preview:
            text = _("This changes what visitors and apps know it by. It is not saved yet.")
            self.add_error(None, ValidationError(text, code="asked"))

    def _of_address(self) -> Iterator[str]:
        """What the address takes from something else, where an editor may decide that."""
        try:
            paths.validate_path(self.instance.path, self.instance)
        except ValidationError as problem:
            if problem.code == paths.OLD_ADDRESS and self._may_take_over():
                yield _(TAKES_OVER) % problem.params
            else:
                self.add_error("path", problem)

    def _may_take_over(self) -> bool:
        """Old addresses are the editor's; only those of drafts, which visitors never knew, anybody's who writes."""
        thing = self.instance
        is_editor = self.user is not None and self.user.has_perm(thing.publish_permission)
        return is_editor or thing.path.endswith(thing.draft_suffix)

    def _of_identity(self) -> list[str]:
        if self.is_preview or not self.instance.pk:
            return []
        return self.instance.what_follows(type(self.instance).objects.get(pk=self.instance.pk))

    @property
    def confirmation(self) -> str:
        """What the button sends that says yes to these consequences and to no others."""
        return hashlib.sha256("\n".join(self.consequences).encode()).hexdigest()[:32]

    @property
    def is_asked(self) -> bool:
        """Whether there is something to confirm that nobody has confirmed."""
        return bool(self.consequences) and self.data.get(CONFIRMED) != self.confirmation

    @property
    def answers(self) -> list[tuple[str, str]]:
        """Questions that were answered before this one was asked: the next button sends these answers again."""
        return [(name, self.data[name]) for name in (*CONFIRMED_DATES, CONFIRMED) if name in self.data]

    def _keep_untouched(self, cleaned: dict[str, Any]) -> None:
        """A text that nobody touched stays byte for byte, whatever a browser or a field makes of it."""
        for name in set(cleaned) & set(self.fields):
            bound, stored = self[name], self.initial.get(name)
            if not isinstance(stored, str) or not isinstance(bound.data, str):
                continue
            shown = bound.field.widget.format_value(bound.field.prepare_value(stored)) or ""
            if isinstance(shown, str) and one_line_end(bound.data) == one_line_end(shown):
                cleaned[name] = stored

    def _check_version(self, cleaned: dict[str, Any]) -> None:
        """The row is locked by the view, which has put together what could be: nobody saves before store() does."""
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
