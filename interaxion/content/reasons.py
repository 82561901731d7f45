"""Reasons of refusals, in the language of whoever reads them."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from interaxion.text.source_errors import Reasoned


def spell_reason(problem: Exception) -> str:
    """Return why, in the active language; what has no reason of ours says it in its own words."""
    if isinstance(problem, ValidationError):
        return " ".join(problem.messages)
    if not isinstance(problem, Reasoned):
        return str(problem)
    params = {
        name: spell_reason(value) if isinstance(value, Exception) else value for name, value in problem.params.items()
    }
    return gettext(problem.message) % params
