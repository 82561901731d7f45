"""Validators for text that every output can hold: no control characters, lone surrogates or hidden direction marks.

One U+000B would break the whole feed, since XML 1.0 §2.2 has no way to write it.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from interaxion.text.characters import FORBIDDEN

#: Characters of one document; the longest real one has 78,000. A list of links as long is rendered in a second.
LONGEST_SOURCE = 300_000
TOO_LONG = "too_long"


def validate_text(value: str) -> None:
    """Validate a field of text. Raises ValidationError with the line and the code point of the character."""
    if found := FORBIDDEN.search(value):
        raise ValidationError(
            _("Line %(line)d holds the invisible character U+%(code)04X. Delete it."),
            code="control_character",
            params={"line": value.count("\n", 0, found.start()) + 1, "code": ord(found.group())},
        )


def validate_cost(value: str) -> None:
    """Validate that Markdown is rendered in a moment. Raises ValidationError with the line at which it is too long.

    No fragment costs more than five times as much as a link of its length (`tests/text/test_growth.py`), so the length
    is the measure.
    """
    if len(value) > LONGEST_SOURCE:
        raise ValidationError(
            _("Together this is longer than %(most)d characters: divide it, or shorten it from line %(line)d on."),
            code=TOO_LONG,
            params={"most": LONGEST_SOURCE, "line": value.count("\n", 0, LONGEST_SOURCE) + 1},
        )


def validate_title(value: str) -> None:
    """Validate one line of text. Raises ValidationError."""
    validate_text(value)
    if "\n" in value or "\r" in value:
        raise ValidationError(_("Write it in one line."), code="line_break")
