"""A show of any length as plain data. An episode is the same whatever the length of the show that it is in.

The proportions are those of a real one: ten headings in eight thousand characters of notes, some 55 links an episode,
of which a twentieth recur; three hosts, a new guest in every other episode; four tags, of which few are used often.
"""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.benchmarks.sites import words
from tests.benchmarks.sites.links import ALWAYS, cite

SEED = 20200101
BEGINNING = datetime(2015, 1, 2, 9, tzinfo=UTC)
#: Between two episodes, so that ten thousand are all in the past.
INTERVAL = timedelta(hours=9)
HOSTS = ("oka", "みどり", "たかし")
#: The episode whose notes are as long as the longest of a real show, and one post for so many episodes.
LONG, EPISODES_OF_A_POST = 40, 5
MOST_TAGS = 5000


@dataclass(frozen=True)
class EpisodeText:
    number: int
    title: str
    summary: str
    notes: str
    hosts: tuple[str, ...]
    guests: tuple[str, ...]
    tags: tuple[str, ...]
    publish_at: datetime

    @property
    def seconds(self) -> int:
        return 3600 + self.number % 600


@dataclass(frozen=True)
class PostText:
    title: str
    body: str
    author: str
    tags: tuple[str, ...]
    publish_at: datetime


def plan_episode(number: int, *, seed: int = SEED) -> EpisodeText:
    dice = random.Random(f"{seed} episode {number}")  # noqa: S311 (no secret)
    guests = _guests(dice, number)
    return EpisodeText(
        number=number,
        title=words.title(dice),
        summary=f"{words.sentence(dice)}{words.sentence(dice)}[番組の案内](https://show.example.org/)もどうぞ。",
        notes=write_notes(dice, number, sections=20 if number == LONG else dice.randrange(8, 14)),
        hosts=tuple(host for host, share in zip(HOSTS, (0.95, 0.7, 0.5), strict=True) if dice.random() < share),
        guests=guests,
        tags=_tags(dice),
        publish_at=BEGINNING + number * INTERVAL,
    )


def plan_post(number: int, *, seed: int = SEED) -> PostText:
    dice = random.Random(f"{seed} post {number}")  # noqa: S311 (no secret)
    paragraphs = "\n\n".join("".join(words.sentence(dice) for _ in range(4)) for _ in range(6))
    text, address = cite(dice, number * EPISODES_OF_A_POST, 150)
    return PostText(
        title=f"{words.title(dice)} {number}",
        body=f"{paragraphs}\n\n- [{text}]({address})\n",
        author=dice.choice(HOSTS),
        tags=_tags(dice),
        publish_at=BEGINNING + number * EPISODES_OF_A_POST * INTERVAL + timedelta(hours=1),
    )


def write_notes(dice: random.Random, number: int, *, sections: int) -> str:
    """Return show notes with a heading for each section, its links and what was said about them."""
    is_long, place, lines, at = number == LONG, 0, [], 0
    for section in range(sections):
        lines.append(f"### {at // 60}:{at % 60:02} {words.heading(dice) if section else 'はじめに'}\n")
        if section == 0:
            lines += [f"- [{text}]({address})" for text, address in ALWAYS]
        for _ in range(2 if is_long else dice.randrange(3, 8)):
            text, address = cite(dice, number, place)
            lines.append(f"- [{text}]({address})")
            if is_long or dice.random() < 0.5:
                lines.append("  " + "".join(words.sentence(dice) for _ in range(4 if is_long else 3)))
            place += 1
        lines.append("\n" + "".join(words.sentence(dice) for _ in range(19 if is_long else 5)) + "\n")
        at += dice.randrange(120, 600)
    return "\n".join(lines)


def _guests(dice: random.Random, number: int) -> tuple[str, ...]:
    """Return one guest in most episodes, who may have been there before."""
    if dice.random() < 0.2:
        return ()
    return (f"ゲスト{dice.randrange(max(1, number // 2 - 20), number // 2 + 1) if number > 1 else 1}",)


def _tags(dice: random.Random) -> tuple[str, ...]:
    """Return four tags: some are on every fifth episode, most on one."""
    ranks = {int(8 * (dice.paretovariate(0.55) - 1)) % MOST_TAGS for _ in range(4)}
    return tuple(f"{words.TOPICS[rank % len(words.TOPICS)]}{rank // len(words.TOPICS) or ''}" for rank in sorted(ranks))
