"""Sentences of a transcript: recognisers cut speech every few seconds, wherever somebody takes a breath."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from interaxion.text.transcripts.cues import Cue

#: Seconds of silence that end a sentence, though nothing else does.
PAUSE = 2.0
#: Characters after which a sentence ends with its cue: some recognisers write no full stops.
LONG = 100
#: Seconds after which a paragraph of one speaker ends with its sentence.
PARAGRAPH = 60.0
_END = re.compile("[。．.!?！？…][」』）)\"'”’]*\\Z")


@dataclass(frozen=True)
class Paragraph:
    """The words that one speaker says without a break."""

    speaker: str
    sentences: tuple[Cue, ...]


def join_sentences(cues: Iterable[Cue]) -> list[Cue]:
    """Return the sentences as cues without line breaks, each from the start of its first cue to the end of its last.

    A cue is never divided: nobody has said when its second sentence begins.
    """
    sentences: list[Cue] = []
    for cue in cues:
        words = _join(cue.text.split("\n"))
        last = sentences[-1] if sentences else None
        goes_on = last is not None and last.speaker == cue.speaker and cue.start - last.end < PAUSE
        if last is not None and goes_on and len(last.text) < LONG and not _END.search(last.text):
            sentences[-1] = replace(last, end=max(last.end, cue.end), text=_join([last.text, words]))
        else:
            sentences.append(replace(cue, text=words))
    return sentences


def make_paragraphs(sentences: Sequence[Cue], starts: Sequence[int] = ()) -> list[list[Paragraph]]:
    """Return the paragraphs before the first of these starts of sections (seconds, rising), and those of each section.

    A sentence belongs to the section in which it begins.
    """
    sections: list[list[Paragraph]] = [[] for _ in range(len(starts) + 1)]
    for section, said in groupby(sentences, key=lambda sentence: bisect_right(starts, sentence.start)):
        sections[section] += _paragraphs(said)
    return sections


def _paragraphs(sentences: Iterable[Cue]) -> Iterator[Paragraph]:
    so_far: list[Cue] = []
    for sentence in sentences:
        if so_far and (sentence.speaker != so_far[0].speaker or sentence.start - so_far[0].start > PARAGRAPH):
            yield Paragraph(so_far[0].speaker, tuple(so_far))
            so_far = []
        so_far.append(sentence)
    if so_far:
        yield Paragraph(so_far[0].speaker, tuple(so_far))


def _join(pieces: Sequence[str]) -> str:
    text = pieces[0]
    for piece in pieces[1:]:
        text += space_between(text, piece) + piece
    return text


def space_between(before: str, after: str) -> str:
    """Return what divides these words: a space, or nothing where a character of Japanese is on one side."""
    return "" if not before or not after or _is_wide(before[-1]) or _is_wide(after[0]) else " "


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F", "H"}
