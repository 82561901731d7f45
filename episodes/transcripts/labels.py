"""Labels of speakers in a transcript, matched to the people of the episode: by a name that they have, never guessed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from episodes.people.speakers import Speaker, fold_name
from interaxion.text.transcripts.cues import Cue

#: What programs call voices that they tell apart, but do not know.
_VOICE = re.compile(r"\[?(?:speaker|spk)[ _-]?\d+\]?", re.IGNORECASE)


@dataclass(frozen=True)
class Labels:
    #: The speaker of each label that is a name of one of them.
    speakers: dict[str, Speaker]
    #: The labels that are no such name, in the order in which they come.
    unmatched: list[str]

    def shown(self) -> dict[str, str]:
        """Return what visitors read instead of a label: the speaker's name; nothing for the voice of a program."""
        voices = {label: "" for label in self.unmatched if _VOICE.fullmatch(label)}
        return voices | {label: speaker.name for label, speaker in self.speakers.items()}


def match_labels(cues: Iterable[Cue], people: Iterable[Speaker]) -> Labels:
    """Match the labels to the names and aliases of these people. A name that two of them have matches neither."""
    by_name: dict[str, set[Speaker]] = {}
    for speaker in people:
        for name in speaker.names:
            by_name.setdefault(fold_name(name), set()).add(speaker)
    labels = dict.fromkeys(cue.speaker for cue in cues if cue.speaker)
    speakers = {label: next(iter(found)) for label in labels if len(found := by_name.get(fold_name(label), set())) == 1}
    return Labels(speakers, [label for label in labels if label not in speakers])


def names_of_people(people: Iterable[Speaker]) -> list[str]:
    return [name for speaker in people for name in speaker.names]
