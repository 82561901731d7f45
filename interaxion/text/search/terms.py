"""`Term`: one unit of a query, which a text contains or not."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from interaxion.text.search.grams import grams_of_term
from interaxion.text.search.matching import loose_pattern, number_pattern, typed_pattern


@dataclass(frozen=True)
class Term:
    """One or more words to find.

    An exact term matches only as it is typed; an open one may match the beginning of a word, since many visitors stop
    typing there; a number is that of an episode.
    """

    #: With folded letters.
    text: str
    is_exact: bool = False
    is_open: bool = False
    is_number: bool = False
    #: The words as the visitor wrote them, if they have other readings (see `fallbacks`); "" if not.
    written: str = field(default="", compare=False)

    def stands_in(self, text: str) -> bool:
        """Whether a text with folded letters contains the term. This defines what search finds."""
        return self.typed.search(text) is not None or self.loose.search(text) is not None

    def grams(self) -> set[int]:
        """Return the grams that the index has for every text that contains the term."""
        return grams_of_term(self.text, is_open=self.is_open)

    @cached_property
    def typed(self) -> re.Pattern[str]:
        return number_pattern(self.text) if self.is_number else typed_pattern(self.text, is_open=self.is_open)

    @cached_property
    def loose(self) -> re.Pattern[str]:
        """The pattern for all spellings, the typed one included."""
        if self.is_exact or self.is_number:
            return self.typed
        return loose_pattern(self.text, is_open=self.is_open)
