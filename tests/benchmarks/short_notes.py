"""How well the short notes choose links, compared with the notes that hosts cut by hand, episode by episode.

    CORPUS=folder DJANGO_SETTINGS_MODULE=interaxion.settings python -m tests.benchmarks.short_notes

The folder holds a Jekyll site in `interaxion/` and the hand-cut notes in `show-notes/`. Only links of the full notes
count. The other columns are F1 of simpler ways to choose, with the same room and the same titles, and how many lines
with links a host would still drop, add or reword. Only the name of a site behind a title makes no difference.
"""

import os
import sys
from collections.abc import Collection, Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal
from itertools import takewhile
from pathlib import Path
from statistics import fmean

from episodes.importing.reading import EpisodeSource, read_episode
from episodes.notes.notes import join
from episodes.short_notes import PROFILES, FullNotes, compile_short_notes
from episodes.short_notes.choosing import by_worth, key_of, take
from episodes.short_notes.compiler import Chooser
from episodes.short_notes.outline import Line, links_of, read_sections
from episodes.short_notes.rules import Candidate
from episodes.short_notes.writing import Draft
from interaxion.text.front_matter.parsing import parse_data, parse_document
from interaxion.text.kramdown import JekyllSite
from interaxion.text.markdown import render
from interaxion.text.site_names import without_site_name


def plain_truncation(candidates: Sequence[Candidate], frame: Draft, _pins: Collection[str]) -> list[Candidate]:
    fitting = take(candidates, frame)
    return list(takewhile(lambda candidate: candidate in fitting, candidates))


def round_robin(candidates: Sequence[Candidate], frame: Draft, _pins: Collection[str]) -> list[Candidate]:
    return take(sorted(candidates, key=lambda candidate: (candidate.place, candidate.section)), frame)


def cheapest_first(candidates: Sequence[Candidate], frame: Draft, _pins: Collection[str]) -> list[Candidate]:
    """Sort by the addresses alone: this scores better than with the titles, which are cut if they are long."""
    return take(sorted(candidates, key=lambda candidate: len(candidate.link.url)), frame)


CHOOSERS: dict[str, Chooser] = {
    "rules": by_worth,
    "truncated": plain_truncation,
    "in turn": round_robin,
    "cheapest": cheapest_first,
}


@dataclass(frozen=True)
class Score:
    right: int
    chosen: int
    wanted: int
    changes: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.chosen if self.chosen else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.chosen + self.wanted) if self.chosen + self.wanted else 1.0


def read_corpus(folder: Path, site_url: str) -> dict[Decimal, tuple[EpisodeSource, str]]:
    """Return the full notes and the hand-cut ones (HTML) of every episode that has both."""
    site = JekyllSite(url=site_url)
    full = {}
    for file in sorted(folder.glob("interaxion/_posts/*/*-ep*.md")):
        episode = read_episode(parse_document(file.name, file.read_bytes()), site=site)
        full[episode.number] = episode
    pairs = {}
    for file in folder.glob("show-notes/ep*.md"):
        # The file's name is right even if its heading is wrong.
        number = Decimal(file.stem.removeprefix("ep"))
        if number in full:
            pairs[number] = full[number], render(parse_document(file.name, file.read_bytes()).body).html
    return dict(sorted(pairs.items()))


def score(episode: EpisodeSource, by_hand: str, choose: Chooser, site_url: str) -> Score:
    page_url = f"{site_url}/{str(episode.number).replace('.', '-')}"
    notes = render(join(episode.sections)).html
    recurring = f"[おたよりはこちらへ]({site_url}/feedback/)"
    full = FullNotes(notes, page_url, introduction=episode.summary, recurring=recurring)
    short = compile_short_notes(full, PROFILES["spotify"], choose=choose)
    linked = keys(notes, page_url)
    chosen, wanted = keys(short.text, page_url) & linked, keys(by_hand, page_url) & linked
    changes = lines_to_change(short.text, by_hand, page_url, linked)
    return Score(len(chosen & wanted), len(chosen), len(wanted), changes)


def keys(html: str, page_url: str) -> set[str]:
    return {key_of(link.url) for line in lines_of(html, page_url) for link in links_of(line)}


def lines_of(html: str, page_url: str) -> list[Line]:
    return [line for section in read_sections(html, page_url) for item in section.items for line in item.lines]


def lines_to_change(ours: str, by_hand: str, page_url: str, linked: Collection[str]) -> int:
    """Count the lines to drop, to add and to reword; a line is reworded if another one has a link of it."""

    def read(html: str) -> dict[str, set[str]]:
        found = {}
        for line in lines_of(html, page_url):
            words = (piece if isinstance(piece, str) else without_site_name(piece.text, piece.url) for piece in line)
            if places := {key_of(link.url) for link in links_of(line)} & set(linked):
                found["".join("".join(words).split())] = places
        return found

    have, want = read(ours), read(by_hand)
    wrong, missing = [have[words] for words in have.keys() - want], [want[words] for words in want.keys() - have]
    reworded = sum(any(places & other for other in missing) for places in wrong)
    return len(wrong) + len(missing) - reworded


def main() -> None:
    folder = Path(os.environ["CORPUS"])
    site_url = parse_data("_config.yml", (folder / "interaxion/_config.yml").read_bytes())["url"]
    pairs = read_corpus(folder, site_url)
    scores = {
        number: {name: score(episode, by_hand, choose, site_url) for name, choose in CHOOSERS.items()}
        for number, (episode, by_hand) in pairs.items()
    }
    row = "{:>8} {:>9} {:>10} {:>7} {:>7}" + " {:>10}" * (len(CHOOSERS) - 1)
    sys.stdout.write(row.format("episode", "to change", "precision", "recall", "F1", *list(CHOOSERS)[1:]) + "\n")
    for number, by_chooser in scores.items():
        ours, *others = by_chooser.values()
        print_row(row, str(number), ours.changes, ours.precision, ours.recall, ours.f1, *(other.f1 for other in others))
    by_name = {name: [by_chooser[name] for by_chooser in scores.values()] for name in CHOOSERS}
    totals = [Score(*map(sum, zip(*map(astuple, each), strict=True))) for each in by_name.values()]
    print_row(row, "all", totals[0].changes, totals[0].precision, totals[0].recall, *(total.f1 for total in totals))
    means = [fmean(one.f1 for one in each) for each in by_name.values()]
    precision, recall = (fmean(getattr(one, part) for one in by_name["rules"]) for part in ("precision", "recall"))
    print_row(row, "mean", round(totals[0].changes / len(scores)), precision, recall, *means)


def print_row(row: str, name: str, changes: int, *numbers: float) -> None:
    sys.stdout.write(row.format(name, changes, *(f"{number:.3f}" for number in numbers)) + "\n")


if __name__ == "__main__":
    if "CORPUS" not in os.environ:
        sys.exit("Set CORPUS to the folder of the real notes.")
    main()
