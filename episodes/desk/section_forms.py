"""The sections of an episode as rows of a form, and those rows as one document."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from episodes.desk.form_fields import TimeField
from episodes.models import LinkSection
from episodes.notes import notes
from interaxion.desk.editing import one_line_end


class SectionForm(forms.ModelForm):
    starts_at = TimeField(required=False, label=_("Starts at"))

    class Meta:
        widgets = {"heading": forms.TextInput(attrs={"class": "vTextField"}), "position": forms.NumberInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].required = False
        if not self.instance.pk:
            self.initial["position"] = None

    def has_changed(self) -> bool:
        """Whether there is something to save: a new row with only position and level is empty."""
        return any(name not in {"position", "level"} or self.instance.pk for name in self.changed_data)


class SectionFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        rows = [
            form for form in self.forms if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]
        last = max((form.cleaned_data.get("position") or 0 for form in rows), default=0)
        for form in rows:
            if form.cleaned_data.get("position") is None:
                last += 1
                form.instance.position = last
        if self.errors and any(self.errors):
            return
        for place, form in enumerate(sorted(rows, key=lambda form: form.instance.position)):
            section = form.instance
            section.take(notes.tidy(section.as_note()), section.position)
            for problem in find_row_errors(section, is_first=place == 0):
                form.add_error(None, problem)


def find_row_errors(section: LinkSection, *, is_first: bool) -> list[ValidationError]:
    """Return the problems that keep a section from being stored, each with its heading."""
    problems = [gettext(sentence) for sentence in notes.find_section_errors(section.as_note(), is_first)]
    try:
        section.clean_fields(exclude=["episode"])
    except ValidationError as refusal:
        problems += refusal.messages
    name = section.heading or gettext("The text before the first heading")
    return [ValidationError("%(name)s: %(problem)s", params={"name": name, "problem": p}) for p in problems]


def rows_as_document(data: QueryDict, prefix: str = "sections") -> str:
    """Return posted rows as one document, word for word, even if they are invalid."""
    blocks: list[tuple[float, str]] = []
    total = data.get(f"{prefix}-TOTAL_FORMS", "")
    for index in range(int(total[:4]) if total.isdecimal() else 0):
        row = {
            name: one_line_end(data.get(f"{prefix}-{index}-{name}", ""))
            for name in ("position", "level", "starts_at", "heading", "body", "DELETE")
        }
        line = " ".join(filter(None, (row["starts_at"].strip(), row["heading"].strip())))
        level = int(row["level"]) if re.fullmatch("[2-6]", row["level"]) else 3
        text = "\n\n".join(filter(None, (f"{'#' * level} {line}" if line else "", row["body"].strip("\n"))))
        if text and not row["DELETE"]:
            position = row["position"].strip()
            blocks.append((float(position) if position.isdecimal() else float("inf"), text))
    return "".join(f"{text}\n\n" for _position, text in sorted(blocks, key=lambda block: block[0])).rstrip("\n") + "\n"
