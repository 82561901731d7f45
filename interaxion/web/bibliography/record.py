"""A record of a registry: what it states of one work."""

from dataclasses import dataclass

from interaxion.text.citing.facts import WorkFacts


@dataclass(frozen=True)
class Record:
    #: Who states it: `Crossref`, `DataCite`, `arXiv`, `NDL`.
    source: str
    facts: WorkFacts
    #: The keys of works that it states to be another form of this one: the preprint of a paper, or the other way.
    other_forms: tuple[str, ...] = ()
