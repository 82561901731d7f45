"""Citing a work, as a line of text or as BibTeX, from what its mentions say of it."""

import re
from collections.abc import Iterable

from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work
from interaxion.text.citations import authors_in, year_in


def find_entry(mentions: Iterable[Link]) -> str:
    """Return the newest entry of a reference list for the work, else link words that are as complete, else ""."""
    entries = [link.cited_as for link in mentions if link.reference_number and link.cited_as]
    entries += [link.text for link in mentions if year_in(link.text) and link.name not in ("", link.text)]
    return next(iter(entries), "")


def cite(work: Work, title: str, entry: str) -> str:
    """Return one line: the reference entry and the address; without an entry the title, the number and the address."""
    if entry:
        return f"{entry.rstrip('. ')}. {work.url}"
    named = "" if title == work.url else title.rstrip(". ") + ". "
    numbered = f"{work.identifier}. " if work.kind in {"arxiv", "isbn"} else ""
    return f"{named}{numbered}{work.url}"


def cite_as_bibtex(work: Work, title: str, entry: str) -> str:
    known = {"author": " and ".join(authors_in(entry)), "title": title, "year": year_in(entry)}
    numbered = {
        "doi": {"doi": work.number},
        "arxiv": {"eprint": work.number, "archivePrefix": "arXiv"},
        "isbn": {"isbn": work.number},
    }
    fields = {name: _as_tex(value) for name, value in known.items()} | {"url": work.url} | numbered.get(work.kind, {})
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    entry_type = "book" if work.kind == "isbn" else "misc"
    return f"@{entry_type}{{{re.sub(r'[^A-Za-z0-9]+', '-', work.key)[:60].strip('-')},\n" + ",\n".join(lines) + "\n}"


def cite_as_ris(work: Work, title: str, entry: str) -> str:
    """Return the lines of one reference in the format that reference managers read.

    https://en.wikipedia.org/wiki/RIS_(file_format)
    """
    kind = {"doi": "JOUR", "arxiv": "UNPB", "isbn": "BOOK", "video": "VIDEO"}.get(work.kind, "ELEC")
    number = {"doi": "DO", "isbn": "SN"}.get(work.kind)
    lines = [("TY", kind), *(("AU", author) for author in authors_in(entry) if author != "others"), ("TI", title)]
    lines += [("PY", year_in(entry)), *([(number, work.number)] if number else []), ("UR", work.url), ("ER", "")]
    return "\n".join(f"{tag}  - {' '.join(value.split())}" for tag, value in lines if value or tag == "ER")


def _as_tex(text: str) -> str:
    """Escape a text for TeX. TeX markup in a title is dropped: `^{8}\\mathrm{B}` becomes ^8B."""
    plain = re.sub(r"\\[A-Za-z]+\s*|[{}\\]", "", text)
    return re.sub(r"[&%#_$]", r"\\\g<0>", plain).replace("^", r"\^{}").replace("~", r"\~{}")
