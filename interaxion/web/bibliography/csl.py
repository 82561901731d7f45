"""Records of Crossref and DataCite: CSL-JSON, which both give for a DOI.

https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html,
https://www.crossref.org/documentation/retrieve-metadata/content-negotiation/
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from interaxion.text.addresses import identify
from interaxion.text.citing.facts import Form, WorkFacts
from interaxion.web.bibliography.record import Record

#: Crossref writes its own names of types, DataCite those of CSL.
_FORMS: dict[str, Form] = {
    "journal-article": "article", "article-journal": "article", "article-magazine": "article",
    "article-newspaper": "article", "book": "book", "monograph": "book", "edited-book": "book",
    "reference-book": "book",
    "book-chapter": "chapter", "chapter": "chapter", "reference-entry": "chapter", "entry-encyclopedia": "chapter",
    "proceedings-article": "proceedings", "paper-conference": "proceedings", "posted-content": "preprint",
    "article": "preprint", "dissertation": "thesis", "thesis": "thesis", "report": "report", "dataset": "dataset",
    "software": "software",
}  # fmt: skip
#: The relations between the forms of one work. https://www.crossref.org/documentation/schema-library/markup-guide-metadata-segments/relationships/
_SAME_WORK = ("has-preprint", "is-preprint-of")


def read_csl(body: bytes) -> Record | None:
    """Return what the record states; None for one without a title. Raises ValueError for anything but a record."""
    data = json.loads(body)
    if not isinstance(data, dict):
        raise ValueError("the answer is no record")
    title = _text(data.get("title"))
    if not title:
        return None
    form = _FORMS.get(str(data.get("type", "")), "")
    facts = WorkFacts(
        title=title,
        authors=tuple(_authors(data.get("author"))),
        year=_year(data.get("issued")),
        container=_text(data.get("container-title")),
        volume=_text(data.get("volume")),
        issue=_text(data.get("issue")),
        pages=_text(data.get("page")) or _text(data.get("article-number")),
        publisher=_text(data.get("publisher")),
        form=form,
    )
    is_of_crossref = "reference-count" in data or data.get("source") == "Crossref"
    return Record("Crossref" if is_of_crossref else "DataCite", facts, tuple(_other_forms(data.get("relation"))))


def _text(value: Any) -> str:
    """Return a text, or the first of several, in one line and without the markup of HTML, JATS and MathML."""
    first = (value[0] if value else "") if isinstance(value, list) else value
    if not isinstance(first, str | int):
        return ""
    plain = re.sub(r"<[^<>]*>", "", str(first))
    return " ".join(html.unescape(plain).split())


def _authors(people: Any) -> Iterator[str]:
    for person in people if isinstance(people, list) else ():
        if isinstance(person, dict):
            name = ", ".join(filter(None, (_text(person.get("family")), _text(person.get("given")))))
            if name := name or _text(person.get("literal")) or _text(person.get("name")):
                yield name


def _year(date: Any) -> str:
    parts = date.get("date-parts") if isinstance(date, dict) else None
    year = parts[0][0] if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0] else ""
    return str(year) if re.fullmatch(r"\d{4}", str(year)) else ""


def _other_forms(relations: Any) -> Iterator[str]:
    for name in _SAME_WORK if isinstance(relations, dict) else ():
        for other in relations.get(name) or ():
            kind, number = (
                (str(other.get(each, "")) for each in ("id-type", "id")) if isinstance(other, dict) else ("", "")
            )
            if kind in {"doi", "arxiv"} and (identity := identify(f"{kind}:{number}")):
                yield identity.key
