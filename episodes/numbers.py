"""Episode numbers: decimals, written `19.5` for people and `19-5` in addresses. No Django."""

import re
from decimal import Decimal

#: The form of numbers in addresses: `57`, `19-5`, `60-75`; `19.5` is understood and redirected.
NUMBER_IN_PATH = re.compile(r"[0-9]{1,5}(?:[-.][0-9]{1,2})?")


def spell_number(number: Decimal) -> str:
    """Spell `Decimal("19.50")` as `19.5`, `Decimal("57.00")` as `57`."""
    return f"{number.normalize():f}"


def path_of_number(number: Decimal) -> str:
    return "/" + spell_number(number).replace(".", "-")


def parse_number(text: str) -> Decimal | None:
    """Parse `57`, `19.5` or `19-5`; None for anything else."""
    return Decimal(text.replace("-", ".")) if NUMBER_IN_PATH.fullmatch(text) else None
