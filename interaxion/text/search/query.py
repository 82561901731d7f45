"""Parsing the query that a visitor typed into terms and filters.

Words are separated by spaces, and by commas and the like between Japanese words; quotes keep words together and exact;
a minus in front excludes; `speaker:` and `tag:` filter; the URL of a paper, a book or a video searches for its number,
and `第36回`, `Ep. 36` and `36-5` for that of an episode. No query is an error.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from interaxion.text.addresses import identify_words
from interaxion.text.search.folding import fold_letters
from interaxion.text.search.grams import LETTER
from interaxion.text.search.terms import Term

LONGEST_QUERY = 200  # characters; the rest is ignored
MOST_TERMS = 10
#: Words that a name in a filter may have without quotes.
MOST_WORDS = 6

#: Whether there is a speaker or tag of this name; the first argument is "speaker" or "tag".
IsName = Callable[[str, str], bool]

_FILTERS = {"speaker": "speaker", "出演者": "speaker", "tag": "tag", "タグ": "tag"}
_NUMBER = r"\d{1,4}(?:[.-]\d{1,2})?"
_EPISODE = r"ep(?:isode)?\.?|エピソード"
_TOKEN = re.compile(
    rf"""(?P<minus>(?<!\S)-(?=\S))?
    (?: (?P<filter>{"|".join(_FILTERS)}):\s*(?: "(?P<quoted_name>[^"]*)"? | (?P<name>[^\s"]+) )
    | "(?P<quoted>[^"]*)"?
    | (?P<word>
        (?: 第\s* | (?:{_EPISODE})\s+ )? {_NUMBER} \s*[回話](?!\S)
        | (?: (?: (?:doi|arxiv|isbn):? | {_EPISODE} | 第 ) \s+(?=\d) )? [^\s"]+ ) )""",
    re.IGNORECASE | re.VERBOSE,
)
#: Names of an episode by its number: `第36回`, `Ep. 36`, `#36`, `/36`, `36話`, `36-5`.
_NUMBERED = re.compile(
    rf"(?:{_EPISODE}|[第#/])\s*({_NUMBER})\s*[回話]?|({_NUMBER})\s*[回話]|(\d{{1,4}}-\d)", re.IGNORECASE
)
_RESPELLED = str.maketrans("“”„‟＂：－−", '""""":--')
#: `Xとは何か` asks for X.
_ASKED = re.compile("(?<=[^ぁ-ん])(?:(?:とは|って)(?:何|なに|なん)(?:か|だ|です|ですか)?|とは|って)\\Z")
# Brackets and punctuation around a word are not part of it.
_AROUND = "「」『』()（）[]【】〈〉《》、。,;:!?！？・…"
# Inside `A/B`, `1,000` and テッド・チャン, they are.
_KANA = "[ぁ-ゖァ-ヶー]"
_BETWEEN = re.compile(rf"[\s、]|(?<![{LETTER}])[,/]|[,/](?![{LETTER}])|(?<!{_KANA})・|・(?!{_KANA})", re.IGNORECASE)


@dataclass(frozen=True)
class Query:
    terms: tuple[Term, ...] = ()
    #: Pairs of "speaker" or "tag", and the name as it was typed.
    filters: tuple[tuple[str, str], ...] = ()
    #: Terms and filters that exclude.
    without: tuple[Term, ...] = ()
    filters_without: tuple[tuple[str, str], ...] = ()
    #: How it was read, if not as typed: "words" (looser), "guess" (other words), "less" (without one; see `fallbacks`).
    how: str = field(default="", compare=False)
    #: The word that was left out.
    left_out: str = field(default="", compare=False)

    @property
    def is_empty(self) -> bool:
        return not self.terms and not self.filters


def parse_query(typed: str, is_name: IsName = lambda kind, name: False) -> Query:
    """Parse a query. Terms without a letter or digit are left out.

    A filter without quotes takes the longest run of words after it that is a name by `is_name`.
    """
    typed = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in typed[:LONGEST_QUERY])
    tokens = list(_TOKEN.finditer(typed.translate(_RESPELLED)))
    terms: dict[bool, list[Term]] = {False: [], True: []}
    filters: dict[bool, list[tuple[str, str]]] = {False: [], True: []}
    while tokens:
        token = tokens.pop(0)
        is_minus = bool(token["minus"])
        if kind := _FILTERS.get((token["filter"] or "").lower()):
            name = token["quoted_name"]
            if name is None:
                name, count = _longest_name(kind, token["name"], tokens, is_name)
                del tokens[:count]
            if name.strip():
                filters[is_minus].append((kind, name.strip()))
        elif token["quoted"] is not None:
            terms[is_minus].append(Term(fold_letters(token["quoted"]).strip(), is_exact=True))
        else:
            terms[is_minus] += _terms_of(token["word"], is_open=not is_minus)
    return Query(distinct_terms(terms[False]), tuple(filters[False]), distinct_terms(terms[True]), tuple(filters[True]))


def distinct_terms(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return the first `MOST_TERMS` different terms that have grams, which all but bare punctuation have."""
    return tuple(dict.fromkeys(term for term in terms if term.grams()))[:MOST_TERMS]


def _terms_of(word: str, *, is_open: bool) -> list[Term]:
    word = _ASKED.sub("", word.strip(_AROUND))
    if numbered := _NUMBERED.fullmatch(unicodedata.normalize("NFKC", word)):
        number = next(filter(None, numbered.groups())).replace("-", ".")
        return [Term(re.sub(r"^0+(?=\d)", "", number), is_number=True, written=word)]
    # A paper, book or video is searched for by its number, however its URL is spelled.
    if (work := identify_words(word)) and work.number:
        return [Term(fold_letters(work.number), is_open=is_open)]
    if "://" in word:
        return [Term(fold_letters(word), is_open=is_open)]
    pieces = [piece.strip(_AROUND) for piece in _BETWEEN.split(unicodedata.normalize("NFKC", word))]
    return [Term(fold_letters(piece), is_open=is_open, written=piece) for piece in pieces]


def _longest_name(kind: str, first: str, following: Sequence[re.Match[str]], is_name: IsName) -> tuple[str, int]:
    """Return the name that begins with the word `first`, and how many of the following tokens belong to it."""
    words = [first]
    for token in following[: MOST_WORDS - 1]:
        if token["word"] is None or token["minus"]:
            break
        words.append(token["word"])
    for count in range(len(words), 1, -1):
        if is_name(kind, name := " ".join(words[:count])):
            return name, count - 1
    return first, 0
