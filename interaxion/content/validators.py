"""Text that every output can carry: no control characters, no lone surrogates, no hidden direction marks.

One U+000B would end the whole feed with an error, since XML 1.0 §2.2 has no spelling for it.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from interaxion.text.characters import FORBIDDEN


def validate_text(value: str) -> None:
    """A validator for fields of text. Raises ValidationError with the line and the character's number."""
    if found := FORBIDDEN.search(value):
        raise ValidationError(
            _("Line %(line)d holds the invisible character U+%(code)04X. Delete it."),
            code="control_character",
            params={"line": value.count("\n", 0, found.start()) + 1, "code": ord(found.group())},
        )


def validate_title(value: str) -> None:
    """A validator for one line of text."""
    validate_text(value)
    if "\n" in value or "\r" in value:
        raise ValidationError(_("Write it in one line."), code="line_break")
