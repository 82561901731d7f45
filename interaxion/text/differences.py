"""Diff of two texts, word by word; in Japanese, too, where no spaces separate words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

PieceKind = Literal["same", "added", "removed", "skipped"]

#: A run of one kind of character is a word: 「室温の超伝導」 is 室温, の, 超伝導. Others stand by themselves.
_WORD = re.compile(r"[0-9A-Za-z_'’À-ɏ]+|[一-鿿々〆]+|[ぁ-ゟ]+|[ァ-ヿー]+|[ \t]+|\n|.", re.DOTALL)

#: Characters of unchanged text that are shown on either side of a change.
CONTEXT = 60
#: Comparing words takes time by the product of their counts. Above this, changed lines are shown as whole lines.
MOST_PAIRS = 4_000_000


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
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_lines, new_lines, autojunk=False).get_opcodes():
        before, after = "".join(old_lines[i1:i2]), "".join(new_lines[j1:j2])
        if tag == "equal":
            pieces.append(Piece("same", after))
        else:
            pieces += _compare_words(before, after)
    return list(_joined(pieces))


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


def _compare_words(old: str, new: str) -> list[Piece]:
    before, after = words(old), words(new)
    if not old or not new or len(before) * len(after) > MOST_PAIRS:
        return [piece for piece in (Piece("removed", old), Piece("added", new)) if piece.text]
    pieces = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(after[j1:j2])))
            continue
        if i1 < i2:
            pieces.append(Piece("removed", "".join(before[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("added", "".join(after[j1:j2])))
    return pieces


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").splitlines(keepends=True)


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Join neighbours of the same kind into one piece."""
    last: Piece | None = None
    for piece in pieces:
        if last and last.kind == piece.kind:
            last = Piece(last.kind, last.text + piece.text)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last
