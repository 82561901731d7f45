"""Every step from a source to a page takes time in proportion to its length, whatever is repeated in it."""

import random

import pytest

from courses.lessons.facts import read_lesson
from episodes.notes import notes
from interaxion.content.importing.links import Links
from interaxion.text.kramdown import rewrite
from interaxion.text.lessons.citations import arrange
from interaxion.text.markdown import render
from interaxion.text.search.folding import fold_letters, fold_letters_with_places
from interaxion.text.search.grams import grams_of
from interaxion.text.search.places import find_places
from tests.text.growth import FRAGMENTS, LINE, OPENINGS, repeat, seconds

SHORT, LONG = 3_000, 12_000
#: Beyond which no text may go, in times of a list of links of the same length. It is about 5; a busy machine measures
#: less exactly.
MOST = 12
#: How much more a text may cost that is four times as long.
STEEPEST = 8
#: Seconds that are too short to be measured.
NOISE = 0.04

LINKS = Links(frozenset({"example.org"}), {"https://example.org/": ("https://example.org/long", 1)})
#: A chapter is rendered by the rules of all texts, and more; `make fuzz` lets notes grow, too.
STEPS = {
    "read a chapter": lambda text: read_lesson({"level": text}, arrange(render(text, "chapter"))),
    "rewrite kramdown": rewrite,
    "parse notes": lambda text: notes.join(notes.parse(text)),
    "import links": lambda text: (LINKS.rewrite(text), list(LINKS.notes(text))),
    "fold": fold_letters_with_places,
    "index": lambda text: grams_of(fold_letters(text)),
}


def _combinations(count):
    choose = random.Random(1)  # noqa: S311
    for _ in range(count):
        fragment = "".join(choose.sample(FRAGMENTS, 2))
        yield choose.choice(["", *OPENINGS]), fragment, choose.choice(["", "\n\na", ")", "]", ">", "$", "`", "*"])


ALONE = [("", fragment, "") for fragment in FRAGMENTS]
HALVES = [
    ("[", "]"), ("[", "](a)"), ("![", "](a)"), ("<b>", "</b>"), ("<span>", "</span>"), ("*a ", " a*"), ("(", ")"),
    ("{% raw %}", "{% endraw %}"), ("\\frac{", "}"), ("`a", "``a"), ("<div>\n", "</div>\n"), ("<svg>", "</svg>"),
]  # fmt: skip


@pytest.fixture(scope="module")
def usual():
    """The seconds for a list of links."""
    render(repeat(LINE, SHORT))
    return min(seconds(render, repeat(LINE, LONG)) for _ in range(3))


@pytest.mark.parametrize("step", STEPS)
def test_time_grows_with_the_length(step, usual):
    slow = [
        (opening, fragment, ending)
        for opening, fragment, ending in [*ALONE, *_combinations(60)]
        if _is_slow(STEPS[step], lambda n, o=opening, f=fragment, e=ending: repeat(f, n, o, e), usual)
    ]
    assert not slow


def test_headings_that_the_text_does_not_show_are_looked_for_once(usual):
    def find(text):
        outline = render(text).outline.headings
        seconds_before = seconds(lambda _: find_places(text, map(vars, outline)), "")
        assert seconds_before < MOST * max(usual, NOISE)

    find("## ![a](b)\n\na\n\n" * 1000)
    find("## \n\na\n\n" * 1000)


@pytest.mark.parametrize(("opening", "closing"), HALVES)
def test_time_grows_with_the_depth(opening, closing, usual):
    def make(length):
        times = length // len(opening + closing)
        return opening * times + closing * times

    assert not _is_slow(render, make, usual)
    assert not _is_slow(render, lambda length: f"${make(length)}$", usual)
    assert not _is_slow(rewrite, make, usual)


def _is_slow(function, make, usual):
    """Whether a text costs too much, or costs more than its length says. Measured again before it is said."""
    return all(_costs_too_much(function, make, usual) for _ in range(2))


def _costs_too_much(function, make, usual):
    long = seconds(function, make(LONG))
    if long <= NOISE:
        return False
    return long > MOST * usual or long > STEEPEST * max(seconds(function, make(SHORT)), NOISE / 4)
