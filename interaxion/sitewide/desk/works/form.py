"""The form of a work: what an editor types, each field beside what a registry states."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from interaxion.content.linking.citing import found_facts, typed_facts
from interaxion.content.linking.works import LONGEST_NAME, Work
from interaxion.content.validators import validate_text, validate_title

LINES = ("container", "volume", "issue", "pages", "publisher")
DETAILS = ("authors", "year", *LINES)
_YEAR = RegexValidator(r"^[12][0-9]{3}$", _("Write the year as four digits."))


class WorkForm(forms.ModelForm):
    """A field that stays empty is shown as the registry states it."""

    authors = forms.CharField(
        label=_("authors"),
        required=False,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        validators=[validate_text],
        help_text=_("One on a line: family name, comma, given name. A group by its name."),
    )
    year = forms.CharField(label=_("year"), required=False, validators=[_YEAR])
    container = forms.CharField(label=_("journal, or book of a chapter"), required=False, max_length=300)
    volume = forms.CharField(label=pgettext_lazy("of a journal", "volume"), required=False, max_length=50)
    issue = forms.CharField(label=_("issue"), required=False, max_length=50)
    pages = forms.CharField(label=_("pages"), required=False, max_length=50)
    publisher = forms.CharField(label=_("publisher"), required=False, max_length=300)

    class Meta:
        model = Work
        fields = ("title",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed, found = typed_facts(self.instance), found_facts(self.instance)
        for name in DETAILS:
            self.initial[name] = _spell(getattr(typed, name))
        for name in LINES:
            self.fields[name].validators.append(validate_title)
            self.fields[name].widget.attrs["class"] = "vTextField"
        for name in ("title", *DETAILS):
            if stated := _spell(getattr(found, name)):
                source = self.instance.found.get("source", "")
                self.fields[name].help_text = gettext("Found at %(source)s: %(text)s") % {
                    "source": source,
                    "text": "; ".join(stated.splitlines()),
                }

    def clean_authors(self) -> str:
        names = [" ".join(line.split()) for line in self.cleaned_data["authors"].splitlines()]
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(gettext("A name has at most %(most)d characters.") % {"most": LONGEST_NAME})
        return "\n".join(filter(None, names))

    def save(self, commit: bool = True) -> Work:
        details = {name: value for name in DETAILS if (value := self.cleaned_data[name])}
        if "authors" in details:
            details["authors"] = details["authors"].splitlines()
        self.instance.details = details
        return super().save(commit)


def _spell(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "\n".join(value)
