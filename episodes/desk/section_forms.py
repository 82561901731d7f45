"""The sections of an episode as rows of a form, and those rows as one document."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from episodes.desk.form_fields import TimeField
from episodes.models import LinkSection
from episodes.notes import notes
from interaxion.content.validators import validate_cost
from interaxion.desk.editing import one_line_end
from interaxion.desk.rows import RowForm, RowFormSet


class SectionForm(RowForm):
    starts_at = TimeField(required=False, label=_("Starts at"))

    class Meta:
        widgets = {"heading": forms.TextInput(attrs={"class": "vTextField"}), "position": forms.NumberInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.is_checked_with_others = True  # by the formset
        self.fields["position"].required = False
        if not self.instance.pk:
            self.initial["position"] = None

    def has_changed(self) -> bool:
        """Whether there is something to save: a new row with only position and level is empty."""
        return any(name not in {"position", "level"} or self.instance.pk for name in self.changed_data)


class SectionFormSet(RowFormSet):
    def clean(self) -> None:
        super().clean()
        gone = self.deleted_forms  # once: Django asks all forms for it
        rows = [form for form in self.forms if form not in gone and (form.instance.pk or form.has_changed())]
        last = max((form.cleaned_data.get("position") or 0 for form in rows), default=0)
        for form in rows:
            if form.cleaned_data.get("position") is None:
                last += 1
                form.instance.position = last
        if self.errors and any(self.errors):
            return
        rows.sort(key=lambda form: form.instance.position)
        for form in rows:
            form.instance.take(notes.tidy(form.instance.as_note()), form.instance.position)
        for form, problems in zip(rows, find_row_errors([form.instance for form in rows]), strict=True):
            for problem in problems:
                form.add_error(None, problem)
        validate_cost(notes.join([form.instance.as_note() for form in rows]))


def find_row_errors(sections: Sequence[LinkSection]) -> Iterator[list[ValidationError]]:
    """Yield, for each of the sections of a document, the problems that keep it from being stored, with its heading."""
    errors = notes.find_errors([section.as_note() for section in sections])
    for section, sentences in zip(sections, errors, strict=True):
        problems = [gettext(sentence) for sentence in sentences]
        try:
            section.clean_fields(exclude=["episode"])
        except ValidationError as refusal:
            problems += refusal.messages
        name = section.heading or gettext("The text before the first heading")
        yield [ValidationError("%(name)s: %(problem)s", params={"name": name, "problem": p}) for p in problems]


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
