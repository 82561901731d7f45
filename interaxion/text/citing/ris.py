"""A work in the format that reference managers read. https://en.wikipedia.org/wiki/RIS_(file_format)"""

import re
from collections.abc import Mapping

from interaxion.text.citing.facts import WorkFacts
from interaxion.text.citing.names import OTHERS

_TYPES = {
    "article": "JOUR", "book": "BOOK", "chapter": "CHAP", "proceedings": "CPAPER", "preprint": "UNPB", "thesis": "THES",
    "report": "RPRT", "dataset": "DATA", "software": "COMP",
}  # fmt: skip


def cite_in_ris(facts: WorkFacts, *, other_type: str, numbers: Mapping[str, str]) -> str:
    """Return the lines of one reference. `other_type` is for a work whose form is not known; `numbers` are by tag."""
    first, _dash, last = re.sub("[–—]", "-", facts.pages).partition("-")
    lines = [
        ("TY", _TYPES.get(facts.form, other_type)),
        *(("AU", author) for author in facts.authors if author != OTHERS),
        ("TI", facts.title),
        ("PY", facts.year),
        ("T2", facts.container),
        ("VL", facts.volume),
        ("IS", facts.issue),
        ("SP", first),
        ("EP", last),
        ("PB", facts.publisher),
        *numbers.items(),
        ("ER", ""),
    ]
    return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value or tag == "ER")
