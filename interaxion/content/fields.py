"""Fields that every kind of content may use."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from markdownx.models import MarkdownxField

from interaxion.content.validators import validate_cost, validate_text


class LinesFormField(forms.CharField):
    """A textarea with one value on each line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        text = super().to_python(value)
        return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial or "") != self.to_python(data or "")


class LinesField(models.JSONField):
    """A short list of texts, typed one on a line. `each` is a validator for every line."""

    def __init__(self, *args: Any, each: Any = None, **kwargs: Any) -> None:
        self.each = each  # no part of `deconstruct()`: a validator, not a property of the column
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
            raise ValidationError(_("Write one value on each line."))
        for line in value:
            validate_text(line)
            if self.each:
                self.each(line)

    def formfield(self, **kwargs: Any) -> forms.Field:
        return models.Field.formfield(
            self, form_class=LinesFormField, **{"widget": forms.Textarea(attrs={"rows": 2}), **kwargs}
        )


class MarkdownField(MarkdownxField):
    """Markdown as written: checked for characters that no output can carry, otherwise kept byte for byte."""

    default_validators = [validate_text, validate_cost]

    def formfield(self, **kwargs: Any) -> forms.Field:
        return super().formfield(**{"strip": False, **kwargs})
