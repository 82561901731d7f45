"""Citations: `[3]` in a chapter leads to the third entry of its list of references, and that leads back.

Only numbers that the list has are citations, and only outside of code, formulas, links and headings: `a[0]` is none.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

from interaxion.text.addresses import identify
from interaxion.text.lessons.exercises import is_answer, is_hint
from interaxion.text.lessons.privacy import masked, masked_html
from interaxion.text.lessons.references import Entry, find_entries, is_unverified
from interaxion.text.lessons.sections import find_sections, regions
from interaxion.text.lessons.tags import TAG, outermost, text_in
from interaxion.text.markdown import Rendered

_SKIPPED = frozenset(["a", "code", "pre", "math", "h1", "h2", "h3", "h4", "h5", "h6", "summary"])
_CITATION = re.compile(r"\[(\d{1,3}(?:\s*[,、，]\s*\d{1,3})*)\]")
_NUMBER = re.compile(r"\d+")
_LINK = re.compile(r'<a\b[^>]*\shref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_FOLD = re.compile(r"<details>(?=\s*<summary>)")


def reference_anchor(number: int) -> str:
    return f"ref-{number}"


def citation_anchor(number: int, place: int) -> str:
    """The anchor of the `place`th citation of a reference, from 1."""
    return f"cite-{number}-{place}"


def arrange(rendered: Rendered) -> Rendered:
    """Return a chapter whose citations and references lead to each other, and whose hints and answers are marked.

    E-mail addresses are masked. Identifiers that the author calls made up lead nowhere, and are no links of it.
    """
    rendered = replace(rendered, html=masked_html(rendered.html), text=masked(rendered.text))
    html = _mark_folds(rendered)
    sections = find_sections(html, rendered.outline.headings)
    entries = list(find_entries(html, sections))
    if not entries:
        return replace(rendered, html=html)
    numbered: dict[int, Entry] = {}
    for entry in entries:
        if entry.number is not None and f'id="{reference_anchor(entry.number)}"' not in html:
            numbered.setdefault(entry.number, entry)
    counts = dict.fromkeys(numbered, 0)
    pieces, at, dead = [], 0, set()
    for entry in entries:
        pieces.append(_with_citations(html[at : entry.item.start], counts))
        is_target = numbered.get(entry.number or 0) is entry
        piece, dead_here = _entry_html(entry, html, is_target=is_target)
        pieces.append(piece)
        dead |= dead_here
        at = entry.item.end
    pieces.append(_with_citations(html[at:], counts))
    html = _with_ways_back("".join(pieces), counts)
    outline = rendered.outline
    links = tuple(link for link in outline.links if link.url not in dead)
    return replace(rendered, html=html, outline=replace(outline, links=links))


def _mark_folds(rendered: Rendered) -> str:
    """Return the HTML with the folds of exercises marked as hints and answers, for the page's style and for print."""
    html, pieces, at = rendered.html, [], 0
    for region in regions(find_sections(html, rendered.outline.headings), "exercises"):
        for fold in outermost(html, "details", region[0].start, region[-1].end):
            summary = next(outermost(html, "summary", fold.inner_start, fold.inner_end), None)
            words = text_in(summary.inner(html)) if summary else ""
            kind = "hint" if is_hint(words) else "answer" if is_answer(words) else ""
            if kind and _FOLD.match(html, fold.start):
                pieces += [html[at : fold.start], f'<details class="{kind}">']
                at = fold.inner_start
    return "".join([*pieces, html[at:]])


def _entry_html(entry: Entry, html: str, *, is_target: bool) -> tuple[str, set[str]]:
    """Return an entry with its anchor, and the addresses in it that lead nowhere."""
    item, dead = entry.item.outer(html), set()
    if is_unverified(text_in(item)):

        def unlink(link: re.Match[str]) -> str:
            href = unescape(link[1])
            identity = identify(href)
            if identity is None or identity.kind not in {"doi", "arxiv", "isbn"}:
                return link.group()
            dead.add(href)
            return f'<span class="unverified">{link[2]}</span>'

        item = _LINK.sub(unlink, item)
    if is_target and entry.number is not None:
        item = item.replace("<li", f'<li id="{reference_anchor(entry.number)}"', 1)
    return item, dead


def _with_citations(html: str, counts: dict[int, int]) -> str:
    """Return HTML with its citations as links, and count them."""
    if not counts or "[" not in html:
        return html

    def link(found: re.Match[str]) -> str:
        numbers = [int(number) for number in _NUMBER.findall(found[1])]
        if not set(numbers) <= counts.keys():
            return found.group()
        return f"[{_NUMBER.sub(lambda number: _one(int(number.group()), counts), found[1])}]"

    pieces, at, depth = [], 0, 0
    for tag in TAG.finditer(html):
        text = html[at : tag.start()]
        pieces += [text if depth else _CITATION.sub(link, text), tag.group()]
        if tag[1] in _SKIPPED:
            depth += -1 if tag.group().startswith("</") else 1
        at = tag.end()
    return "".join([*pieces, html[at:] if depth else _CITATION.sub(link, html[at:])])


def _one(number: int, counts: dict[int, int]) -> str:
    counts[number] += 1
    anchor = citation_anchor(number, counts[number])
    return f'<a class="citation" id="{anchor}" href="#{reference_anchor(number)}">{number}</a>'


def _with_ways_back(html: str, counts: dict[int, int]) -> str:
    """Return the HTML with links from each entry to the places that cite it."""
    pieces, at = [], 0
    for number, count in sorted(counts.items(), key=lambda pair: html.find(f'<li id="{reference_anchor(pair[0])}"')):
        item = next(outermost(html, "li", html.find(f'<li id="{reference_anchor(number)}"')), None)
        if not count or item is None:
            continue
        place = item.inner_end
        inner = item.inner(html).rstrip()
        if inner.endswith("</p>"):
            place = item.inner_start + len(inner) - len("</p>")
        links = " ".join(
            f'<a class="citation-back" href="#{citation_anchor(number, each)}">↩{each if count > 1 else ""}</a>'
            for each in range(1, count + 1)
        )
        pieces += [html[at:place].rstrip(), f" {links}"]
        at = place
    return "".join([*pieces, html[at:]])


def citations_of(html: str, numbers: Sequence[int]) -> dict[int, list[str]]:
    """Return the anchors of the citations of each reference in arranged HTML."""
    anchors: dict[int, list[str]] = {number: [] for number in numbers}
    for anchor, number in re.findall(r'<a class="citation" id="(cite-(\d+)-\d+)"', html):
        if int(number) in anchors:
            anchors[int(number)].append(anchor)
    return anchors
