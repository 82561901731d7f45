"""The exercises of a chapter: question, hints and answers, each as HTML, and how hard they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from interaxion.text.lessons.levels import read_difficulty
from interaxion.text.lessons.sections import Section, regions
from interaxion.text.lessons.tags import Element, outermost, text_in

_NAME = r"(?:演習問題|練習問題|演習|問題|課題|exercises?|problems?|questions?|practice|問|Q)"
_NUMBER = r"(\d{1,3}(?:[.-]\d{1,3}){0,3})"
_LABEL = re.compile(rf"[\W_]*{_NAME} ?\.? ?{_NUMBER}(?!\d) ?", re.IGNORECASE)
_NAMED = re.compile(rf"{_NAME} ?{_NUMBER}", re.IGNORECASE)
#: `難易度：hard` anywhere; a word in brackets at the end of a heading.
_DIFFICULTY = re.compile(
    r"(?:難易度|レベル|difficulty|level)[\s*_]*[:：][\s*_]*([★☆⭐]+|[a-z]+|[ぁ-んァ-ヶ一-龠]{1,4})", re.IGNORECASE
)
_IN_BRACKETS = re.compile(r"[(（\[【]\s*([^()（）\[\]【】]{1,20})\s*[)）\]】]\s*$")
_BOLD_LABEL = re.compile(r"<p><strong>(?=\s*(?:Q\s*\d|問題?\s*\d|問題?[:：<]|(?:Question|Problem|Exercise)\b))", re.I)
_HINT = re.compile(r"ヒント|hint|考え方", re.IGNORECASE)
_ANSWER = re.compile(r"解答|回答|答え|解説|解法|模範|評価基準|answer|solution|評価", re.IGNORECASE)
_FOLDED_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)


@dataclass(frozen=True)
class Fold:
    """A hint or an answer: the words that open it, and its HTML."""

    summary: str
    html: str


@dataclass(frozen=True)
class Exercise:
    """`label` is its number as written, or its place; `difficulty` is "" if nothing says it. `anchor`: its heading."""

    label: str
    title: str
    difficulty: str
    anchor: str
    question: str
    line: int = 0
    hints: tuple[Fold, ...] = ()
    answers: tuple[Fold, ...] = ()
    #: The words of its heading.
    heading: str = ""
    #: Whether the answer stands with those of other exercises, in one fold for all.
    has_shared_answer: bool = False


def find_exercises(html: str, sections: Sequence[Section]) -> list[Exercise]:
    """Return the exercises of a chapter, in order."""
    return [exercise for region in regions(sections, "exercises") for exercise in _of_region(html, region)]


def is_answer(summary: str) -> bool:
    return bool(_ANSWER.search(summary))


def is_hint(summary: str) -> bool:
    return bool(_HINT.search(summary)) and not is_answer(summary)


def _of_region(html: str, region: list[Section]) -> list[Exercise]:
    shared: dict[str, Fold] = {}
    drafts = list(_by_headings(html, region)) or list(_by_bold_labels(html, region))
    labels = {_label_of(text, "") for text, *_rest in drafts}
    exercises = []
    for place, (text, anchor, line, body) in enumerate(drafts, start=1):
        label = _label_of(text, str(place))
        hints, answers, spans = [], [], []
        for element in outermost(body, "details"):
            fold = _fold(element.inner(body))
            if of_others := _split_by_label(fold, labels):
                shared |= of_others
            elif is_hint(fold.summary):
                hints.append(fold)
            elif is_answer(fold.summary):
                answers.append(fold)
            else:
                continue
            spans.append(element)
        question = _without_last_rules(_without(body, spans))
        exercise = Exercise(label, _title_of(text), "", anchor, question, line, tuple(hints), tuple(answers))
        exercises.append(replace(exercise, heading=text, difficulty=_difficulty_of(text, question)))
    return [
        replace(each, answers=(shared[each.label],), has_shared_answer=True)
        if each.label in shared and not each.answers
        else each
        for each in exercises
    ]


def _by_headings(html: str, region: list[Section]) -> Iterator[tuple[str, str, int, str]]:
    """Yield heading, anchor, line and HTML of each exercise that has a heading; deeper headings belong to it."""
    starts = [section for section in region[1:] if _LABEL.match(section.heading.text)]
    level = min((section.heading.level for section in starts), default=0)
    starts = [section for section in starts if section.heading.level == level]
    ends = [*(_heading_start(html, section) for section in starts[1:]), region[-1].end]
    for section, end in zip(starts, ends, strict=False):
        yield (
            " ".join(section.heading.text.split()),
            section.heading.anchor,
            section.heading.line,
            html[section.start : end],
        )


def _by_bold_labels(html: str, region: list[Section]) -> Iterator[tuple[str, str, int, str]]:
    """Yield the same for exercises that begin with `**Q1**:` or `**問題**：` in a paragraph."""
    start, end = region[0].start, region[-1].end
    places = [found.start() for found in _BOLD_LABEL.finditer(html, start, end)]
    for place, stop in zip(places, [*places[1:], end], strict=False):
        name = text_in(next(outermost(html, "strong", place, stop)).outer(html)).rstrip(":：")
        yield name, region[0].heading.anchor, region[0].heading.line, html[place:stop]


def _heading_start(html: str, section: Section) -> int:
    return html.rindex(f"<h{section.heading.level} ", 0, section.start)


def _fold(inner: str) -> Fold:
    summary = next(outermost(inner, "summary"), None)
    if summary is None:
        return Fold("", inner.strip())
    return Fold(text_in(summary.inner(inner)), inner[summary.end :].strip())


def _split_by_label(fold: Fold, labels: set[str]) -> dict[str, Fold]:
    """Return the answers in a fold that holds those of several exercises, by label; {} for any other fold."""
    headings = [(found, _named_label(text_in(found[2]))) for found in _FOLDED_HEADING.finditer(fold.html)]
    named = [(found, label) for found, label in headings if label in labels]
    if len({label for _found, label in named}) < 2:
        return {}
    ends = [found.start() for found, _label in named[1:]] + [len(fold.html)]
    return {
        label: Fold(fold.summary, fold.html[found.end() : end].strip())
        for (found, label), end in zip(named, ends, strict=True)
    }


def _named_label(heading: str) -> str:
    """Return the number in `問題1の解答` and `Answer to Problem 1`."""
    found = _NAMED.search(heading)
    return found[1] if found else ""


def _without(html: str, spans: Sequence[Element]) -> str:
    pieces, at = [], 0
    for element in spans:
        pieces.append(html[at : element.start])
        at = element.end
    return "".join([*pieces, html[at:]])


def _without_last_rules(html: str) -> str:
    html = html.strip()
    while html.endswith("<hr>"):
        html = html.removesuffix("<hr>").rstrip()
    return html


def _label_of(text: str, otherwise: str) -> str:
    found = _LABEL.match(text)
    return found[1] if found else otherwise


def _title_of(heading: str) -> str:
    """Return the words after the number, without the difficulty."""
    found = _LABEL.match(heading)
    words = heading[found.end() :] if found else ""
    in_brackets = _IN_BRACKETS.search(words)
    if in_brackets and (_DIFFICULTY.search(in_brackets[1]) or read_difficulty(in_brackets[1])):
        words = words[: in_brackets.start()]
    return words.strip(" 　:：.．-–—*")


def _difficulty_of(heading: str, question: str) -> str:
    if said := _DIFFICULTY.search(heading):
        return read_difficulty(said[1])
    if (in_brackets := _IN_BRACKETS.search(heading)) and (found := read_difficulty(in_brackets[1])):
        return found
    said = _DIFFICULTY.search(text_in(question[:600].partition("</p>")[0]))
    return read_difficulty(said[1]) if said else ""
