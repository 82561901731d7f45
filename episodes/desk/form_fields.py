"""Form fields for times and players, as hosts type them."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from episodes.models import Episode
from interaxion.content.languages import in_a_row
from interaxion.text.markdown.html.embeds import page_url, parse_embed
from interaxion.text.times import parse_time, spell_time


class TimeField(forms.CharField):
    """Accepts `1:30`, `62:03` or `1:02:03`, full-width too. Its value is in seconds; None if empty."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"size": 8, "placeholder": "1:02:03", "autocomplete": "off"}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return spell_time(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        text = super().to_python(value)
        if not text:
            return None
        seconds = parse_time(text)
        if seconds is None:
            raise ValidationError(_("“%(text)s” is no time. Write it such as 1:30 or 1:02:03."), params={"text": text})
        return seconds

    def run_validators(self, value: Any) -> None:
        """Run none: the validators of a text do not apply to seconds."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return initial != self.to_python(data)
        except ValidationError:
            return True


@dataclass(frozen=True)
class NamedFile:
    url: str
    name: str

    def __str__(self) -> str:
        return self.name


class AudioInput(AdminFileWidget):
    """Shows the name that the file had before its upload."""

    own_name = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown and self.own_name:
            context["widget"]["value"] = NamedFile(shown.url, self.own_name)
        return context


class PlayerField(forms.CharField):
    """Accepts an address or the embed code of a player. Its value is (provider, id); two empty texts if empty."""

    def to_python(self, value: Any) -> tuple[str, str]:
        text = super().to_python(value)
        if not text:
            return "", ""
        embed = parse_embed(text)
        if embed is None or embed.provider not in Episode.Player.values:
            raise ValidationError(
                _("This is no player that we know. Paste the address or the embed code of an episode at %(sites)s."),
                params={"sites": in_a_row(Episode.Player.labels)},
            )
        return embed.provider, embed.id

    def validate(self, value: tuple[str, str]) -> None:
        if self.required and not value[0]:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Run none: the validators of a text do not apply to a pair."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, tuple):
            return value
        return page_url(*value) if value[0] else ""

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (initial or ("", "")) != self.to_python(data)
        except ValidationError:
            return True
