"""What a visitor typed, as terms to look for and filters. Pure.

Words stand apart by spaces; quotes keep words together and exact; `speaker:` and `tag:` narrow; an address of a paper,
a book or a video asks for its number, and so does `第36回` or `Ep. 36`. Nothing typed is wrong.
"""

import re
import unicodedata
from dataclasses import dataclass, field

from interaxion.content.linking.addresses import identify_words
from interaxion.content.search.folding import fold, fold_exact
from interaxion.content.search.grams import grams_of_term, pattern_of

LONGEST_QUERY = 200
MOST_TERMS = 10

_FILTERS = {"speaker": "speaker", "出演者": "speaker", "tag": "tag", "タグ": "tag"}
_QUOTED = r'"(?P<{0}>[^"]*)"?'
_TOKEN = re.compile(
    rf"(?:(?P<filter>{'|'.join(_FILTERS)}):\s*(?:{_QUOTED.format('quoted_value')}|(?P<value>\S+)))"
    rf"|{_QUOTED.format('quoted')}|(?P<word>(?:(?:(?:doi|arxiv|isbn):?|ep(?:isode)?\.?|エピソード)\s+(?=\d))?[^\s\"]+)",
    re.IGNORECASE,
)
#: `第36回`, `Ep. 36`, `#36`: what people call an episode whose title begins with its number.
_NUMBERED = re.compile(r"(?:(?:ep(?:isode)?\.?|エピソード)\s*|#|第)(\d+(?:\.\d+)?)(?:回|話)?", re.IGNORECASE)
_QUOTES = str.maketrans("“”„‟＂", '"""""')
# Brackets and commas around words are no part of them.
_AROUND = "「」『』()（）[]【】〈〉《》、。,;:!?！？・…"


@dataclass(frozen=True)
class Term:
    """Words to find, folded as their sort demands. An open term may end amid a word: the visitor is still typing."""

    text: str
    is_exact: bool = False
    is_open: bool = False
    folded: str = field(init=False, compare=False, repr=False)
    pattern: re.Pattern[str] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", fold(self.text))
        object.__setattr__(self, "pattern", pattern_of(self.text, is_open=self.is_open))

    def grams(self) -> set[int]:
        return grams_of_term(self.folded, is_open=self.is_open)

    def stands_in(self, line: str, folded: str) -> bool:
        """Whether a line holds it, which is given as it is written and folded."""
        if self.is_exact:
            # Few lines hold it folded, and to fold all others exactly takes long.
            return self.folded in folded and self.pattern.search(fold_exact(line)) is not None
        return self.pattern.search(folded) is not None


@dataclass(frozen=True)
class Query:
    terms: tuple[Term, ...] = ()
    #: ("speaker" or "tag", name as it was typed)
    filters: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.terms and not self.filters


def parse_query(typed: str) -> Query:
    """Terms without a letter or digit in them say nothing and are left out."""
    typed = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in typed[:LONGEST_QUERY])
    # Only what has a meaning here: folding would lose what an exact term keeps.
    typed = typed.translate(_QUOTES).replace("：", ":")
    found = list(_TOKEN.finditer(typed))
    filters = tuple(
        (_FILTERS[token["filter"].lower()], value)
        for token in found
        if token["filter"] and (value := (token["quoted_value"] or token["value"] or "").strip())
    )
    terms = []
    for token in found:
        if token["quoted"] is not None:
            terms.append(Term(fold_exact(token["quoted"]).strip(), is_exact=True))
        elif token["word"]:
            word = token["word"].strip(_AROUND)
            if numbered := _NUMBERED.fullmatch(unicodedata.normalize("NFKC", word)):
                word = numbered[1]
            # However a paper, book or video is spelled, its number is what names it.
            work = identify_words(word)
            words = fold((work and work.number) or word).split()
            is_last = token is found[-1]
            terms += [Term(word, is_open=is_last and word is words[-1]) for word in words]
    told = dict.fromkeys(term for term in terms if term.grams())
    return Query(tuple(told)[:MOST_TERMS], filters)
