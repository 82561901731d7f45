"""The facts by which a work is cited: who, when, what, where. Each may be missing."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, Self

from interaxion.text.citing.names import is_japanese

Form = Literal["article", "book", "chapter", "proceedings", "preprint", "thesis", "report", "dataset", "software", ""]


@dataclass(frozen=True)
class WorkFacts:
    title: str = ""
    #: `Family, Given`; a group by its name.
    authors: tuple[str, ...] = ()
    year: str = ""
    #: The journal, or the book that a chapter is in.
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    form: Form = ""

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """Return the facts that a mapping holds; what it holds besides is left out."""
        known = {each.name: stored[each.name] for each in fields(cls) if stored.get(each.name)}
        return cls(**known | ({"authors": tuple(known["authors"])} if "authors" in known else {}))

    def as_json(self) -> dict[str, Any]:
        """Return those that are known, as JSON can hold them."""
        return {name: list(value) if name == "authors" else value for name, value in asdict(self).items() if value}

    def completed_by(self, others: Self) -> Self:
        """Return these facts, and those of `others` where one is missing."""
        # Not by `asdict()`, which copies each value: that took a fifth of the time of the file of a whole library.
        return type(self)(**{name: value or getattr(others, name) for name, value in vars(self).items()})

    @property
    def is_japanese(self) -> bool:
        return is_japanese(self.title or "".join(self.authors))
