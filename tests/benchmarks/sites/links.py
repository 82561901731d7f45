"""Addresses that a show cites: some in every episode, some again and again, most only once."""

import random

from tests.benchmarks.sites.words import link_text

#: In every episode: where to write, and what the show is called elsewhere.
ALWAYS = (
    ("おたよりはこちらへ", "https://forms.example.org/feedback"),
    ("番組のハッシュタグ", "https://social.example.com/tags/show"),
)
#: Pages that come up again and again, the first the most often.
RECURRING = 40
#: The share of links that are among these, and of links to an earlier episode.
RECURS, IS_OUR_OWN = 0.06, 0.03


def cite(dice: random.Random, number: int, place: int) -> tuple[str, str]:
    """Return the text and the address of one more link of the episode `number`."""
    chance = dice.random()
    if chance < IS_OUR_OWN and number > 1:
        earlier = dice.randrange(max(1, number - 200), number)
        return f"第{earlier}回", f"/{earlier}"
    if chance < IS_OUR_OWN + RECURS:
        which = min(int(dice.paretovariate(0.7)), RECURRING)
        return f"よく出る話題{which}の解説", f"https://ja.wiki.example.org/wiki/topic-{which}"
    return link_text(dice), _new_address(dice, number, place)


def _new_address(dice: random.Random, number: int, place: int) -> str:
    serial = number * 200 + place
    kinds = [
        f"https://doi.org/10.{1000 + serial % 9000}/show.{serial}",
        f"https://arxiv.org/abs/{10 + serial // 100_000 % 15:02}{1 + serial % 12:02}.{serial % 100_000:05}",
        f"https://ja.wikipedia.org/wiki/%E7%89%A9%E6%80%A7_{serial}",
        f"https://www.youtube.com/watch?v=v{serial:010}",
        f"https://news{serial % 50}.example.com/{serial % 12 + 1}/{serial}.html",
        f"https://journal{serial % 20}.example.org/articles/{serial}",
    ]
    return dice.choice(kinds)
