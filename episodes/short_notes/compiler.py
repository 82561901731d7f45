"""The compiler makes short notes from the full ones.

Embeds and quotations never stay: no podcast app shows them. If the rest is too long, it loses first the lines
without links, then the commentary around links and the names of sites behind their titles, then links by the rules. A
title stays whole or goes with its link, and so do a few words around it. The headings with their times and the link to
the full notes stay.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from episodes.short_notes.choosing import by_worth, find_candidates, key_of, lists_of
from episodes.short_notes.commentary import (
    without_commentary,
    without_embeds_and_quotations,
    without_places,
    without_recurring,
)
from episodes.short_notes.frame import fit_frame, lay_out, with_lists, without_empty_end
from episodes.short_notes.full_notes import FullNotes
from episodes.short_notes.outline import Line, OutlineLink, links_of, read_sections
from episodes.short_notes.profiles import Profile
from episodes.short_notes.result import Cut, ShortNotes
from episodes.short_notes.rules import Candidate
from episodes.short_notes.writing import Draft, link_to_page
from interaxion.text.markdown import render
from interaxion.text.site_names import without_site_name

#: Chooses which candidates stay in a frame; the third argument holds the keys of the pinned ones.
Chooser = Callable[[Sequence[Candidate], Draft, Collection[str]], Collection[Candidate]]


def compile_short_notes(full: FullNotes, profile: Profile, *, choose: Chooser = by_worth) -> ShortNotes:
    """Return short notes within the limit of `profile`, and what was cut from the full ones for them."""
    recurring = _lines(full.recurring, full.page_url)
    shown_recurring = recurring if profile.has_links else []
    sections = read_sections(full.html, full.page_url, full.announcements)
    sections = without_recurring(without_places(sections, full.dropped), shown_recurring)
    headline: list[Line] = [[full.title]] if full.title and profile.has_title else []
    opening = [*headline, *_lines(full.introduction, full.page_url)]
    parts = lay_out(sections, profile, language=full.language, recurring=shown_recurring)
    frame, cuts = fit_frame(Draft(profile, tuple(opening), link_to_page(full.page_url, full.language), parts))
    if not profile.has_links:
        return _finish(frame, cuts)

    linked = {key_of(full.page_url), *(key_of(link.url) for line in recurring for link in links_of(line))}
    candidates = [candidate for candidate in find_candidates(sections) if candidate.key not in linked]
    for shorten in (without_embeds_and_quotations, without_commentary):
        sections, cut = shorten(sections)
        cuts += cut
        whole = with_lists(frame, [[item.joined for item in section.items] for section in sections])
        if whole.fits:
            return _finish(whole, cuts)
    for shorter in (candidates, [_without_site(candidate) for candidate in candidates]):
        candidates = shorter
        whole = with_lists(frame, lists_of(candidates, len(sections)))
        if whole.fits:
            return _finish(whole, cuts)
    chosen = choose(candidates, frame, full.pinned.keys())
    cuts += [Cut("link", each.link.text, each.link.url) for each in candidates if each not in chosen]
    lists = lists_of((each for each in candidates if each in chosen), len(frame.parts))
    return _finish(with_lists(frame, lists), cuts)


def _finish(draft: Draft, cuts: Sequence[Cut]) -> ShortNotes:
    return ShortNotes(without_empty_end(draft), tuple(cuts))


def _without_site(candidate: Candidate) -> Candidate:
    line = candidate.line and tuple(
        _shorter(piece) if isinstance(piece, OutlineLink) else piece for piece in candidate.line
    )
    return replace(candidate, link=_shorter(candidate.link), line=line)


def _shorter(link: OutlineLink) -> OutlineLink:
    return OutlineLink(link.url, without_site_name(link.text, link.url))


def _lines(markdown: str, page_url: str) -> list[Line]:
    sections = read_sections(render(markdown, "post").html, page_url)
    return [line for section in sections for item in section.items for line in item.lines]
