"""How to cite a work, by what we hold of it."""

import re
from collections.abc import Iterable

from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work
from interaxion.text.citations import authors_in, year_in


def find_entry(mentions: Iterable[Link]) -> str:
    """How a list of references spells it out, the newest first, else the words of a link that do; "" where none do."""
    entries = [link.cited_as for link in mentions if link.reference_number and link.cited_as]
    entries += [link.text for link in mentions if year_in(link.text) and link.name not in ("", link.text)]
    return next(iter(entries), "")


def cite(work: Work, title: str, entry: str) -> str:
    """One line: the entry of a list of references and its address; else what it is called, its number, its address."""
    if entry:
        return f"{entry.rstrip('. ')}. {work.url}"
    named = "" if title == work.url else title.rstrip(". ") + ". "
    numbered = f"{work.identifier}. " if work.kind in {"arxiv", "isbn"} else ""
    return f"{named}{numbered}{work.url}"


def cite_as_bibtex(work: Work, title: str, entry: str) -> str:
    told = {"author": " and ".join(authors_in(entry)), "title": title, "year": year_in(entry)}
    numbered = {
        "doi": {"doi": work.number},
        "arxiv": {"eprint": work.number, "archivePrefix": "arXiv"},
        "isbn": {"isbn": work.number},
    }
    fields = {name: _as_tex(value) for name, value in told.items()} | {"url": work.url} | numbered.get(work.kind, {})
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{re.sub(r'[^A-Za-z0-9]+', '-', work.key)[:60].strip('-')},\n" + ",\n".join(lines) + "\n}"


def _as_tex(text: str) -> str:
    """A text as TeX prints it. Markup of TeX that a title holds goes: `^{8}\\mathrm{B}` is ^8B."""
    plain = re.sub(r"\\[A-Za-z]+\s*|[{}\\]", "", text)
    return re.sub(r"[&%#_$]", r"\\\g<0>", plain).replace("^", r"\^{}").replace("~", r"\~{}")
