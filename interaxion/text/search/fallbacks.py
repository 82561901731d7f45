"""Fallbacks of a query: other readings of it, for when it finds nothing as it is typed."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from interaxion.text.search.folding import fold_letters
from interaxion.text.search.grams import DIVIDER, OTHER, WORDS
from interaxion.text.search.query import Query, distinct_terms
from interaxion.text.search.terms import Term

_WORDS = re.compile(rf"{WORDS.pattern}|{OTHER}(?:{DIVIDER}?{OTHER})*", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


def looser_readings(query: Query) -> Iterator[Query]:
    """Yield other readings, the likelier first.

    `-words` alone are searched for, since there is nothing to exclude them from; `36-5` is read as text, not as an
    episode number; then `AI研究` and `TCP/IP` are split into words.
    """
    if query.is_empty and query.without:
        words = tuple(replace(term, is_open=not term.is_exact) for term in query.without)
        query = replace(query, terms=words, without=())
        yield query
    for loosen in (_as_written, _split):
        reading = replace(query, terms=distinct_terms(looser for term in query.terms for looser in loosen(term)))
        if reading != query:
            query = reading
            yield query


def _as_written(term: Term) -> list[Term]:
    return [Term(fold_letters(term.written), is_open=True)] if term.is_number else [term]


def _split(term: Term) -> list[Term]:
    """Split a term where the script changes, and drop what is between the words. Numbers (`1,000`) stay whole."""
    written = unicodedata.normalize("NFKC", term.written)
    words = _WORDS.findall(written) if _LETTER.search(written) and not term.is_number else ()
    return [Term(fold_letters(word), is_open=True, written=word) for word in words] or [term]
