"""A term: words to find, as one thing that a text holds or not. Pure."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from interaxion.text.search.grams import grams_of_term
from interaxion.text.search.matching import loose_pattern, number_pattern, typed_pattern


@dataclass(frozen=True)
class Term:
    """An exact one counts only as it is typed; an open one may end amid a word, for many stop there; a number is that
    of an episode.
    """

    #: Its letters folded.
    text: str
    is_exact: bool = False
    is_open: bool = False
    is_number: bool = False
    #: As the visitor wrote what may also be read otherwise (see `readings`); "" for what means one thing.
    written: str = field(default="", compare=False)

    def stands_in(self, text: str) -> bool:
        """Whether a text whose letters are folded holds it. This is what search means by finding."""
        return self.typed.search(text) is not None or self.loose.search(text) is not None

    def grams(self) -> set[int]:
        """What the index holds of every text that holds the term."""
        return grams_of_term(self.text, is_open=self.is_open)

    @cached_property
    def typed(self) -> re.Pattern[str]:
        return number_pattern(self.text) if self.is_number else typed_pattern(self.text, is_open=self.is_open)

    @cached_property
    def loose(self) -> re.Pattern[str]:
        """In any spelling that counts, the typed one too."""
        if self.is_exact or self.is_number:
            return self.typed
        return loose_pattern(self.text, is_open=self.is_open)
