"""Fallbacks of a query: other readings of it, for when it finds nothing as it is typed. Each says how it was read."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from interaxion.text.japanese.line_breaks import split_phrases
from interaxion.text.search.folding import fold_letters
from interaxion.text.search.grams import DIVIDER, OTHER, WORDS
from interaxion.text.search.query import Query, distinct_terms
from interaxion.text.search.terms import Term

_WORDS = re.compile(rf"{WORDS.pattern}|{OTHER}(?:{DIVIDER}?{OTHER})*", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
#: What ends a phrase and is no part of what is asked for.
_PARTICLES = re.compile(
    "(?:とは|から|まで|より|について|における|による|という|ほう|など|だけ|って|には|では|での|への|との|[のがはをにでともへや])+\\Z"
)
_ONLY_PARTICLES = re.compile("[ぁ-ん]{1,2}|こと|もの|ため|ところ|する|した|です|ます|ある|いる|なに|どう")


def looser_readings(query: Query) -> Iterator[Query]:
    """Yield other readings, the likelier first.

    `-words` alone are searched for, since there is nothing to exclude them from; `36-5` is read as text, not as an
    episode number; then `AI研究` and `TCP/IP` are split into words; then `脳が超伝導` loses its particles.
    """
    if query.is_empty and query.without:
        words = tuple(replace(term, is_open=not term.is_exact) for term in query.without)
        query = replace(query, terms=words, without=(), how="words")
        yield query
    for loosen in (_as_written, _split, _without_particles):
        reading = replace(query, terms=distinct_terms(looser for term in query.terms for looser in loosen(term)))
        if reading.terms and reading != query:
            query = replace(reading, how="words")
            yield query


def guessed_readings(
    query: Query, is_held: Callable[[Term], bool], guesses: Sequence[Callable[[str], str]]
) -> Iterator[Query]:
    """Yield readings in which words that nothing holds are other words, by one guess after the other; then without one.

    What is left out is the shortest word first: it says least.
    """
    unheld = [term for term in query.terms if not term.is_exact and not term.is_number and not is_held(term)]
    for guess in guesses:
        guessed = {term: word for term in unheld if (word := guess(term.text))}
        unheld = [term for term in unheld if term not in guessed]
        if guessed:
            words = {term: Term(word, is_open=True, written=word) for term, word in guessed.items()}
            query = replace(query, terms=distinct_terms(words.get(term, term) for term in query.terms), how="guess")
            yield query
    if len(query.terms) > 1:
        for term in sorted(query.terms, key=lambda term: (is_held(term), len(term.text))):
            rest = tuple(other for other in query.terms if other != term)
            if all(len(other.text) == 1 for other in rest):
                continue  # a letter alone is everywhere
            yield replace(query, terms=rest, how="less", left_out=term.written or term.text)


def _as_written(term: Term) -> list[Term]:
    return [Term(fold_letters(term.written), is_open=True)] if term.is_number else [term]


def _split(term: Term) -> list[Term]:
    """Split a term where the script changes, and drop what is between the words. Numbers (`1,000`) stay whole."""
    written = unicodedata.normalize("NFKC", term.written)
    words = _WORDS.findall(written) if _LETTER.search(written) and not term.is_number else ()
    return [Term(fold_letters(word), is_open=True, written=word) for word in words] or [term]


def _without_particles(term: Term) -> list[Term]:
    """Split a Japanese term into its phrases, each without the particles at its end."""
    if not term.written or term.is_number or term.is_exact:
        return [term]
    words = [_PARTICLES.sub("", phrase) for phrase in split_phrases(term.written)]
    telling = [word for word in words if word and not _ONLY_PARTICLES.fullmatch(word)]
    return [Term(fold_letters(word), is_open=True, written=word) for word in telling] or [term]
