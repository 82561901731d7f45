"""The sections of a rendered chapter, and what each is by the words of its heading, in Japanese and English."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from interaxion.text.markdown import Heading
from interaxion.text.references import references_below

_HEADING = re.compile(r'<(h[1-6]) id="([^"]*)"[^>]*>')
_FOOTNOTES = '<hr class="footnotes-sep">'
#: An emoji, a number such as `4.11` or a mark before the words of a heading; marks after them.
_AROUND = r"[\W\d_]*(?:%s)[\W_]*"
_WORDS = {
    "objectives": r"(?:(?:本|この)章の)?(?:学習|到達)目標|(?:本|この)章で学ぶこと|learning (?:objective|goal|outcome)s",
    "exercises": r"(?:演習|練習|章末|確認)問題|exercises?|(?:practice|exercise) problems?|practice exercises?",
    "prerequisites": r"(?:必要な)?前提(?:知識|条件)|prerequisites?",
    "changes": r"(?:更新|変更|改訂)履歴|change ?logs?|(?:version|revision|update) history",
}
_KINDS = {kind: re.compile(_AROUND % words, re.IGNORECASE) for kind, words in _WORDS.items()}


@dataclass(frozen=True)
class Section:
    """A heading outside of <details>, lists and quotations, and the HTML below it up to the next one.

    `kind` is one of `objectives`, `exercises`, `references`, `prerequisites`, `changes`; "" for ordinary text.
    `start` and `end` are the places of that HTML, the heading itself before it.
    """

    heading: Heading
    kind: str
    start: int
    end: int

    def html(self, page: str) -> str:
        return page[self.start : self.end]


def find_sections(html: str, headings: Sequence[Heading]) -> list[Section]:
    """Return the sections of a chapter, in order. `headings` are those of its outline."""
    by_anchor = {heading.anchor: heading for heading in headings if not heading.folded}
    begins = [tag for tag in _HEADING.finditer(html) if unescape(tag[2]) in by_anchor]
    lists = references_below(by_anchor.values())
    last = html.rfind(_FOOTNOTES)
    ends = [tag.start() for tag in begins[1:]] + [last if last >= 0 else len(html)]
    sections = []
    for tag, end in zip(begins, ends, strict=False):
        heading = by_anchor[unescape(tag[2])]
        start = html.index(f"</{tag[1]}>", tag.end()) + len(f"</{tag[1]}>")
        kind = next((kind for kind, words in _KINDS.items() if words.fullmatch(heading.text)), "")
        if heading.anchor in lists:
            kind = "references"
        sections.append(Section(heading, kind, start, max(start, end)))
    return sections


def regions(sections: Iterable[Section], kind: str) -> Iterator[list[Section]]:
    """Yield each section of this kind together with those below it."""
    region: list[Section] = []
    for section in sections:
        if region and section.heading.level > region[0].heading.level:
            region.append(section)
            continue
        if region:
            yield region
        region = [section] if section.kind == kind else []
    if region:
        yield region
