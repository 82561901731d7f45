"""Transcripts, cut into pieces for the index: a row for each sentence would be too many, one for all too coarse."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from interaxion.text.transcripts.cues import Cue
from interaxion.text.transcripts.sentences import join_sentences

#: Characters after which a piece ends with its sentence: five minutes of Japanese.
PIECE = 1500


@dataclass
class Piece:
    """Successive sentences, one a line, and the second at which each begins."""

    lines: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


def cut(cues: Iterable[Cue]) -> Iterator[Piece]:
    """Yield the pieces of a transcript, each of whole sentences."""
    piece, length = Piece(), 0
    for sentence in join_sentences(cues):
        piece.lines.append(sentence.text)
        piece.starts.append(int(sentence.start))
        length += len(sentence.text)
        if length >= PIECE:
            yield piece
            piece, length = Piece(), 0
    if piece.lines:
        yield piece
