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
    #: Other words that mean the same, with folded letters (see `same_words`).
    same: tuple[str, ...] = field(default=(), compare=False)

    def stands_in(self, text: str) -> bool:
        """Whether a text with folded letters contains the term. This defines what search finds."""
        return self.typed.search(text) is not None or self.loose.search(text) is not None

    def grams(self) -> set[int]:
        """Return the grams that the index has for every text that contains the term."""
        return grams_of_term(self.text, is_open=self.is_open)

    def alternatives(self) -> list[set[int]]:
        """Return the grams of the term and of each of its other words: a text that contains it has all of one set."""
        return [self.grams(), *(grams_of_term(word, is_open=False) for word in self.same)]

    @cached_property
    def typed(self) -> re.Pattern[str]:
        return number_pattern(self.text) if self.is_number else typed_pattern(self.text, is_open=self.is_open)

    @cached_property
    def loose(self) -> re.Pattern[str]:
        """The pattern for all spellings and all words that mean the same, the typed one included."""
        if self.is_exact or self.is_number:
            return self.typed
        if not self.same:
            return self.respelled
        others = (loose_pattern(word, is_open=False).pattern for word in self.same)
        return re.compile("|".join([self.respelled.pattern, *others]))

    @cached_property
    def respelled(self) -> re.Pattern[str]:
        """The pattern for all spellings of the word itself."""
        return loose_pattern(self.text, is_open=self.is_open)

    def is_other_word(self, found: re.Match[str]) -> bool:
        """Whether a match of `loose` is a word that means the same."""
        return bool(self.same) and self.respelled.match(found.string, found.start()) is None
