"""Diff of two texts, word by word; in Japanese, too, where no spaces separate words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import groupby
from operator import attrgetter
from typing import Literal

PieceKind = Literal["same", "added", "removed", "skipped"]

#: A run of one kind of character is a word: 「室温の超伝導」 is 室温, の, 超伝導. Others stand by themselves.
_WORD = re.compile(r"[0-9A-Za-z_'’À-ɏ]+|[一-鿿々〆]+|[ぁ-ゟ]+|[ァ-ヿー]+|[ \t]+|\n|.", re.DOTALL)

#: Characters of unchanged text that are shown on either side of a change.
CONTEXT = 60
#: Comparing looks at pairs of equal lines or words, again for each part between two that are found. Above this, for all
#: parts together, the rest is shown as changed: a second of work.
MOST_PAIRS = 4_000_000
#: Lines that are repeated more often (blank ones) are no landmarks in a text where they alone would take too long.
_OFTEN = 20


@dataclass(frozen=True)
class Piece:
    kind: PieceKind
    text: str


def words(text: str) -> list[str]:
    """Split a text into words; joined, they give the text again."""
    return _WORD.findall(text)


def compare(old: str, new: str) -> list[Piece]:
    """Return the diff from `old` to `new` as pieces in reading order."""
    old_lines, new_lines = _lines(old), _lines(new)
    start = _count_same(old_lines, new_lines)
    end = _count_same(old_lines[start:][::-1], new_lines[start:][::-1])
    old_changed, new_changed = old_lines[start : len(old_lines) - end], new_lines[start : len(new_lines) - end]
    pieces = [Piece("same", "".join(new_lines[:start]))]
    comparison = _Comparison()
    for tag, i1, i2, j1, j2 in comparison.of_lines(old_changed, new_changed):
        before, after = "".join(old_changed[i1:i2]), "".join(new_changed[j1:j2])
        if tag == "equal":
            pieces.append(Piece("same", after))
            continue
        old_words, new_words = words(before), words(after)
        for is_same, removed, added in comparison.of_words(old_words, new_words):
            pieces += [Piece("same", added)] if is_same else [Piece("removed", removed), Piece("added", added)]
    pieces.append(Piece("same", "".join(new_lines[len(new_lines) - end :])))
    return list(_joined(piece for piece in pieces if piece.text))


def shortened(pieces: Sequence[Piece]) -> list[Piece]:
    """Replace the middle of long unchanged pieces by "…"."""
    short: list[Piece] = []
    for place, piece in enumerate(pieces):
        first, last = place == 0, place == len(pieces) - 1
        if piece.kind != "same" or len(piece.text) <= 3 * CONTEXT:
            short.append(piece)
            continue
        if not first:
            short.append(Piece("same", piece.text[:CONTEXT]))
        short.append(Piece("skipped", "…"))
        if not last:
            short.append(Piece("same", piece.text[-CONTEXT:]))
    return short


def _count_same(old: Sequence[str], new: Sequence[str]) -> int:
    """Return at how many places, from the first on, the two are the same."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (before, after) in pairs if before != after), min(len(old), len(new)))


class _Comparison:
    """The comparison of two texts, with the pairs that it may still look at."""

    def __init__(self) -> None:
        self.pairs_left = MOST_PAIRS

    def of_lines(self, old: Sequence[str], new: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
        """Return the steps from `old` to `new`, as `SequenceMatcher` does."""
        counts = Counter(new)
        often = {line for line, count in counts.items() if count > _OFTEN}
        takes_long = sum(counts[line] for line in old) > MOST_PAIRS // 4
        matcher = _Matcher(often.__contains__ if takes_long else None, old, new, autojunk=False)
        matcher.comparison = self
        return matcher.get_opcodes()

    def of_words(self, old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, str, str]]:
        """Yield the steps from `old` to `new`: whether the words are the same, the old and the new ones."""
        matcher = _Matcher(None, old, new, autojunk=False)
        matcher.comparison = self
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            yield tag == "equal", "".join(old[i1:i2]), "".join(new[j1:j2])


class _Matcher(SequenceMatcher[str]):
    comparison: _Comparison

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        """Find nothing once the pairs are used up."""
        places: dict[str, list[int]] = self.b2j  # type: ignore[attr-defined]
        old: Sequence[str] = self.a  # type: ignore[attr-defined]
        pairs = sum(len(places.get(line, ())) + 1 for line in old[alo:ahi])
        if pairs > self.comparison.pairs_left:
            return Match(alo, blo, 0)
        self.comparison.pairs_left -= pairs
        return super().find_longest_match(alo, ahi, blo, bhi)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").splitlines(keepends=True)


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbours of the same kind into one piece."""
    for kind, neighbours in groupby(pieces, key=attrgetter("kind")):
        yield Piece(kind, "".join(piece.text for piece in neighbours))
