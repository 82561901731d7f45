"""Short notes out of the full ones. Pure.

Embeds and quotations never stay: no podcast app shows them. Of the rest goes, as far as it must, first what was said
around the links, then the long form of their titles, then links by the rules. The headings with their times and the
link to the full notes stay.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from urllib.parse import urljoin

from episodes.short_notes.choosing import by_worth, find_candidates, key_of
from episodes.short_notes.commentary import (
    without_commentary,
    without_embeds_and_quotations,
    without_places,
    without_recurring,
)
from episodes.short_notes.frame import fill, fit_frame, lay_out
from episodes.short_notes.outline import Line, OutlineLink, links_of, read_sections
from episodes.short_notes.profiles import Profile
from episodes.short_notes.result import Cut, ShortNotes
from episodes.short_notes.rules import Candidate
from episodes.short_notes.shortening import clip, without_site_name
from episodes.short_notes.writing import Draft, link_to_page
from interaxion.text.markdown import render

#: Which candidates stay in a frame, which of them are pinned: their keys.
Chooser = Callable[[Sequence[Candidate], Draft, Collection[str]], Collection[Candidate]]
WIDEST_TITLE = 60  # columns, where links are cut


def compile_short_notes(
    notes_html: str,
    *,
    profile: Profile,
    page_url: str,
    title: str = "",
    introduction: str = "",
    recurring: str = "",
    announcements: Collection[str] = (),
    language: str = "ja",
    pins: Collection[str] = (),
    drops: Collection[str] = (),
    choose: Chooser = by_worth,
) -> ShortNotes:
    """Rendered notes, whose page is or will be at `page_url`, within the limit of `profile`.

    `introduction`, and `recurring`, the short form of what stands under the headings `announcements` in every episode,
    are Markdown.
    Links to a place among `pins` (URLs) stay before all others, those to a place among `drops` never.
    """
    announced = _lines(recurring, page_url)
    pinned, dropped = ({key_of(urljoin(page_url, url)) for url in urls} for urls in (pins, drops))
    sections = without_places(read_sections(notes_html, page_url, announcements), dropped)
    sections = without_recurring(sections, announced if profile.has_links else [])
    parts = lay_out(sections, profile, language=language, recurring=announced if profile.has_links else [])
    headline: list[Line] = [[title]] if title and profile.has_title else []
    opening = [*headline, *_lines(introduction, page_url)]
    frame, cuts = fit_frame(Draft(profile, tuple(opening), link_to_page(page_url, language), parts))
    if not profile.has_links:
        return ShortNotes(frame, tuple(cuts))

    said = {key_of(page_url), *(key_of(link.url) for line in announced for link in links_of(line))}
    candidates = [one for one in find_candidates(sections, page_url) if one.key not in said]
    for shorten in (without_embeds_and_quotations, without_commentary):
        sections, cut = shorten(sections)
        cuts += cut
        whole = fill(frame, [[item.joined for item in section.items] for section in sections])
        if whole.fits:
            return ShortNotes(whole, tuple(cuts))
    for shorter in (str, without_site_name, lambda title: clip(title, WIDEST_TITLE)):
        candidates = [replace(one, link=OutlineLink(one.link.url, shorter(one.link.text))) for one in candidates]
        whole = fill(frame, _lists(candidates, len(sections)))
        if whole.fits:
            return ShortNotes(whole, tuple(cuts))
    chosen = choose(candidates, frame, pinned)
    cuts += [Cut("link", one.link.text, one.link.url) for one in candidates if one not in chosen]
    chosen = [one for one in candidates if one in chosen]
    return ShortNotes(fill(frame, _lists(chosen, len(frame.parts))), tuple(cuts))


def _lines(markdown: str, page_url: str) -> list[Line]:
    sections = read_sections(render(markdown, "post").html, page_url)
    return [line for section in sections for item in section.items for line in item.lines]


def _lists(candidates: Sequence[Candidate], sections: int) -> list[list[Line]]:
    lists: list[list[Line]] = [[] for _ in range(sections)]
    for candidate in candidates:
        lists[candidate.section].append([candidate.link])
    return lists
