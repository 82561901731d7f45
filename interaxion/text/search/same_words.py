"""Words that mean the same: a term finds its other words, too, as it finds its other spellings."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from interaxion.text.search.folding import fold_letters
from interaxion.text.search.grams import WORDS, close_up
from interaxion.text.search.query import Query
from interaxion.text.search.terms import Term

#: Words that a group may have, and other words of one term: each is looked up by itself.
MOST_WORDS = 10
MOST_OTHERS = 6
#: Typed words that may be one: `dark matter`.
LONGEST_PHRASE = 4


class SameWords:
    """Groups of words, looked up in any spelling."""

    def __init__(self, groups: Iterable[Sequence[str]]) -> None:
        self._others: dict[str, list[str]] = {}
        for group in groups:
            words = [fold_letters(word).strip() for word in group[:MOST_WORDS]]
            for word in filter(None, words):
                known = self._others.setdefault(close_up(word), [])
                known += [other for other in words if other not in (word, "", *known)]
        #: Those that may stand inside a longer word: of scripts without spaces, and Greek letters.
        self._inner = [word for word in self._others if not WORDS.search(word) or not word.isascii()]

    def expand(self, query: Query) -> Query:
        """Return the query with the other words of each term. Words in quotes mean what they say."""
        return replace(query, terms=tuple(self._with_others(term) for term in self._phrases(query.terms)))

    def _phrases(self, terms: Sequence[Term]) -> list[Term]:
        """Join neighbouring terms that are a word of a group together."""
        joined: list[Term] = []
        at = 0
        while at < len(terms):
            for length in range(min(LONGEST_PHRASE, len(terms) - at), 0, -1):
                part = terms[at : at + length]
                text = " ".join(term.text for term in part)
                if length == 1 or (close_up(text) in self._others and not any(t.is_exact or t.is_number for t in part)):
                    break
            last = terms[at + length - 1]
            joined.append(last if length == 1 else replace(last, text=text, written=" ".join(t.written for t in part)))
            at += length
        return joined

    def _with_others(self, term: Term) -> Term:
        if term.is_exact or term.is_number:
            return term
        text = close_up(term.text)
        others = list(self._others.get(text, ()))
        for word in self._inner:
            if word in text and word != text:
                others += [text.replace(word, other) for other in self._others[word] if not other.isascii()]
        whole = [other for other in others if len(other) > 1]  # a letter alone is everywhere
        return replace(term, same=tuple(dict.fromkeys(whole))[:MOST_OTHERS])
