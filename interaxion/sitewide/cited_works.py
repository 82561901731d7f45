"""Structured data about the works that a page cites, in the vocabulary of https://schema.org."""

from collections.abc import Sequence
from typing import Any

from interaxion.content.linking.citing import facts_of_named
from interaxion.content.linking.works import Work
from interaxion.text.addresses import CITED_KINDS
from interaxion.text.citing.facts import WorkFacts
from interaxion.text.citing.names import OTHERS, in_reading_order

#: As many authors are named: a collaboration may have thousands.
MOST_AUTHORS = 20
#: The type of a work by its form; that of others and of what it is in.
_TYPES = {"book": "Book", "chapter": "Chapter", "thesis": "Thesis", "report": "Report", "dataset": "Dataset"}
_OTHER = "ScholarlyArticle"
_CONTAINERS = {"article": "Periodical", "chapter": "Book"}


def describe_citations(works: Sequence[tuple[Work, str]]) -> list[dict[str, Any]]:
    """Describe those that are literature. `works` come with the names that the page shows."""
    cited = ((work, name) for work, name in works if work.kind in CITED_KINDS)
    return [_describe(work, facts) for work, facts in facts_of_named(cited)]


def _describe(work: Work, facts: WorkFacts) -> dict[str, Any]:
    return {
        "@type": _TYPES.get(facts.form, _OTHER),
        "name": facts.title,
        "url": work.url,
        "identifier": work.identifier,
        "author": [_author(name) for name in facts.authors[:MOST_AUTHORS] if name != OTHERS],
        "datePublished": facts.year,
        "isPartOf": {"@type": _CONTAINERS.get(facts.form, "CreativeWork"), "name": facts.container}
        if facts.container
        else None,
        "publisher": {"@type": "Organization", "name": facts.publisher} if facts.publisher else None,
    }


def _author(name: str) -> dict[str, str]:
    return {"@type": "Person" if ", " in name else "Organization", "name": in_reading_order(name)}
