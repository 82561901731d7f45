"""Cues: what was said, with its times and who says it. Every form of a transcript is read into them."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NoReturn

from interaxion.text.source_errors import Note, SourceError, gettext_noop

MOST_CUES = 50_000
#: Characters of one cue: a minute of speech has about 400.
LONGEST_CUE = 5000
LONGEST_LABEL = 100
#: Seconds: a hundred hours.
LATEST = 360_000.0
#: Seconds: WebVTT has no cue without a length, which recognisers write for a single word.
SHORTEST = 0.001


@dataclass(frozen=True)
class Cue:
    start: float  # seconds, to the millisecond
    end: float  # seconds, later than `start`
    text: str  # plain, without empty lines
    speaker: str = ""  # the label as the transcript has it


@dataclass(frozen=True)
class Transcription:
    """A transcript that was read: its cues by their beginnings, and what a person should know about the file."""

    cues: tuple[Cue, ...]
    notes: tuple[Note, ...] = ()
    language: str = ""  # as the file says it


@dataclass
class CueReader:
    """Collects the cues of a file, and refuses what is none, with the line."""

    file: str
    cues: list[Cue] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    #: Lines of cues that begin before the one above them.
    out_of_order: list[int] = field(default_factory=list)

    def add(self, line: int, start: float, end: float, text: str, speaker: str = "") -> None:
        """Take a cue; one without a word is left out. Raises SourceError."""
        text, speaker = tidy_text(text), tidy_label(speaker)
        if not text:
            return
        if len(text) > LONGEST_CUE:
            self.refuse(
                line,
                gettext_noop("one piece of the transcript is longer than %(most)d characters"),
                gettext_noop("divide it, each part with its times"),
                most=LONGEST_CUE,
            )
        if len(speaker) > LONGEST_LABEL:
            self.refuse(
                line,
                gettext_noop("the name of the speaker is longer than %(most)d characters"),
                gettext_noop("shorten it"),
                most=LONGEST_LABEL,
            )
        if not 0 <= start <= LATEST or not 0 <= end <= LATEST:
            self.refuse(line, gettext_noop("the time is not between 0 and 100 hours"), _CORRECT)
        if end < start:
            self.refuse(line, gettext_noop("this ends before it begins"), _CORRECT)
        if len(self.cues) == MOST_CUES:
            self.refuse(
                line,
                gettext_noop("the transcript has more than %(most)d pieces"),
                gettext_noop("join those that belong together"),
                most=MOST_CUES,
            )
        start, end = round(start, 3), round(end, 3)
        if self.cues and start < self.cues[-1].start:
            self.out_of_order.append(line)
        self.cues.append(Cue(start, max(end, round(start + SHORTEST, 3)), text, speaker))

    def refuse(self, line: int, message: str, cure: str, /, **params: object) -> NoReturn:
        raise SourceError(self.file, line, message, cure, **params)

    def finish(self, language: str = "") -> Transcription:
        """Return what was read. Raises SourceError if nothing was."""
        if not self.cues:
            self.refuse(1, gettext_noop("nothing is said in the file"), gettext_noop("choose another file"))
        if self.out_of_order:
            message = gettext_noop(
                "pieces that begin before the one above them: %(count)d, the first here; put in order"
            )
            self.notes.append(Note(self.out_of_order[0], message, {"count": len(self.out_of_order)}))
            self.cues.sort(key=lambda cue: cue.start)
        return Transcription(tuple(self.cues), tuple(self.notes), language)


def settle(cues: Iterable[Cue], file: str = "") -> Transcription:
    """Return cues that a person typed as a reader gives them. Raises SourceError; its line is the number of the cue."""
    reader = CueReader(file)
    for number, cue in enumerate(cues, start=1):
        reader.add(number, cue.start, cue.end, cue.text, cue.speaker)
    return reader.finish()


_CORRECT = gettext_noop("correct the times")


def tidy_text(text: str) -> str:
    """Return the text without empty lines, each line without spaces at its ends and runs of them inside."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def tidy_label(label: str) -> str:
    return " ".join(label.split())


def fold_label(label: str) -> str:
    """Return what two spellings of one label share, as `fold_name()` does for the names of speakers."""
    return " ".join(unicodedata.normalize("NFKC", label).casefold().split())


def take_labels(cues: Iterable[Cue], names: Iterable[str]) -> list[Cue]:
    """Return the cues with the label that a text begins with ("Name: …") as their speaker, if it is one of `names`.

    SubRip has no other way to say who speaks. What nobody is called stays text: "注意: …" is no speaker.
    """
    known = {fold_label(name) for name in names}
    return [_labelled(cue, known) for cue in cues]


def _labelled(cue: Cue, known: set[str]) -> Cue:
    label, colon, rest = cue.text[: LONGEST_LABEL + 1].replace("：", ":").partition(":")
    rest = cue.text[len(label) + 1 :].strip()
    if cue.speaker or not colon or not rest or "\n" in label or fold_label(label) not in known:
        return cue
    return replace(cue, speaker=tidy_label(label), text=tidy_text(rest))
