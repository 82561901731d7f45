"""What else a query may mean, where nothing holds it as it is typed. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from interaxion.text.search.folding import fold_letters
from interaxion.text.search.grams import DIVIDER, OTHER, WORDS
from interaxion.text.search.query import Query, told
from interaxion.text.search.terms import Term

_WORDS = re.compile(rf"{WORDS.pattern}|{OTHER}(?:{DIVIDER}?{OTHER})*", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


def looser_readings(query: Query) -> Iterator[Query]:
    """The likelier first: a lone `-words` as what is looked for, there being nothing to take away from; `36-5` as it is
    written and no episode; then `AI研究` and `TCP/IP` taken apart."""
    if query.is_empty and query.without:
        words = tuple(replace(term, is_open=not term.is_exact) for term in query.without)
        query = replace(query, terms=words, without=())
        yield query
    for read in (_as_written, _apart):
        looser = replace(query, terms=told(each for term in query.terms for each in read(term)))
        if looser != query:
            query = looser
            yield query


def _as_written(term: Term) -> list[Term]:
    return [Term(fold_letters(term.written), is_open=True)] if term.is_number else [term]


def _apart(term: Term) -> list[Term]:
    """Words of each kind of letters, without what stands between them. Numbers (`1,000`) stay whole."""
    written = unicodedata.normalize("NFKC", term.written)
    words = _WORDS.findall(written) if _LETTER.search(written) and not term.is_number else ()
    return [Term(fold_letters(word), is_open=True, written=word) for word in words] or [term]
