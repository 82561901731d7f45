"""A work as an entry of BibTeX. https://www.bibtex.org/Format/"""

import re
from collections.abc import Mapping

from interaxion.text.citing.facts import WorkFacts
from interaxion.text.citing.names import OTHERS

#: The type of an entry for each form, and the field for what it is in.
_TYPES = {
    "article": ("article", "journal"),
    "book": ("book", "series"),
    "chapter": ("incollection", "booktitle"),
    "proceedings": ("inproceedings", "booktitle"),
    "report": ("techreport", "series"),
    "thesis": ("phdthesis", "series"),
}
_OTHER = ("misc", "howpublished")


def cite_in_bibtex(facts: WorkFacts, *, label: str, numbers: Mapping[str, str]) -> str:
    """Return the entry. A text cites it by `label`; `numbers` are the fields that identify it, such as `doi`."""
    kind, container = _TYPES.get(facts.form, _OTHER)
    fields = {
        "author": " and ".join(map(_author, facts.authors)),
        "title": _as_tex(facts.title),
        container: _as_tex(facts.container),
        "volume": _as_tex(facts.volume),
        "number": _as_tex(facts.issue),
        "pages": _as_tex(re.sub(r"(?<=\w)[-–](?=\w)", "--", facts.pages)),
        "publisher": "" if kind == "article" else _as_tex(facts.publisher),
        "year": facts.year,
        **{name: _as_tex(value) if name not in {"url", "doi"} else value for name, value in numbers.items()},
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{label},\n" + ",\n".join(lines) + "\n}"


def _author(name: str) -> str:
    """Return the name; that of a group in braces, so that its last word is not taken for a family name."""
    spelled = _as_tex(name)
    return spelled if ", " in name or name == OTHERS else f"{{{spelled}}}"


def _as_tex(text: str) -> str:
    """Escape a text for TeX. TeX markup in a title is dropped: `^{8}\\mathrm{B}` becomes ^8B."""
    if not text:  # as most fields of most works are
        return ""
    plain = re.sub(r"\\[A-Za-z]+\s*|[{}\\]", "", text)
    return re.sub(r"[&%#_$]", r"\\\g<0>", plain).replace("^", r"\^{}").replace("~", r"\~{}")
