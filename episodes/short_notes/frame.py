"""The frame of short notes, which stays however little room there is: the link to the full notes and the headings."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from episodes.notes.chapters import OPENINGS
from episodes.short_notes.outline import Line, OutlineSection, columns, line_text
from episodes.short_notes.profiles import Profile
from episodes.short_notes.result import Cut
from episodes.short_notes.shortening import clip, clip_line
from episodes.short_notes.writing import Draft, Part


def lay_out(
    sections: Sequence[OutlineSection], profile: Profile, *, language: str, recurring: Sequence[Line]
) -> tuple[Part, ...]:
    """Make a part of every section, in their order; only the part of the announcements has a list: `recurring`.

    Where links are left out, so is a heading of announcements without a time: they are nothing but links.
    """
    parts = [
        Part()
        if section.is_announcements and section.starts_at is None and not profile.has_links
        else Part(section.heading, section.starts_at)
        for section in sections
    ]
    times = [part.starts_at for part in parts if part.starts_at is not None]
    if profile.starts_at_zero and times and min(times) > 0:
        parts[0] = Part(OPENINGS.get(language, OPENINGS["en"]), 0)
    short = short_chapters([part.starts_at for part in parts], profile.shortest_chapter)
    parts = [replace(part, starts_at=None) if number in short else part for number, part in enumerate(parts)]
    if recurring:
        last = max((number for number, section in enumerate(sections) if section.is_announcements), default=None)
        if last is None:
            parts.append(Part(lines=tuple(recurring)))
        else:
            parts[last] = replace(parts[last], lines=tuple(recurring))
    return tuple(parts)


def short_chapters(starts: Sequence[int | None], shortest: int) -> set[int]:
    """Return the indexes of the chapters to leave out so that each lasts `shortest` seconds.

    The one that is too short goes; the first must stay, so that the next goes for it.
    """
    timed = [(start, number) for number, start in enumerate(starts) if start is not None]
    kept = timed[:1]
    for chapter in timed[1:]:
        if not 0 <= chapter[0] - kept[-1][0] < shortest:
            kept.append(chapter)
        elif len(kept) > 1:
            kept[-1] = chapter
    return {number for _start, number in timed} - {number for _start, number in kept}


def without_empty_end(draft: Draft) -> Draft:
    """Leave out a last heading that says neither when something begins nor what to look up, unless no heading does."""
    telling = [number for number, part in enumerate(draft.parts) if part.starts_at is not None or part.lines]
    return replace(draft, parts=draft.parts[: telling[-1] + 1]) if telling else draft


def with_lists(draft: Draft, lists: Sequence[Sequence[Line]]) -> Draft:
    """Put these lines at the beginning of the list of each part."""
    parts = list(draft.parts)
    for number, lines in enumerate(lists[: len(parts)]):
        parts[number] = replace(parts[number], lines=(*lines, *parts[number].lines))
    return replace(draft, parts=tuple(parts))


def fit_frame(draft: Draft) -> tuple[Draft, list[Cut]]:
    """Shorten the draft if it is already too long: first the introduction, last of all the headings."""
    cuts: list[Cut] = []
    for shorten in (_shorten_opening, _drop_lists, _shorten_headings, _drop_headings):
        if draft.fits:
            break
        draft, cut = shorten(draft)
        cuts += cut
    return draft, cuts


def _shorten_opening(draft: Draft) -> tuple[Draft, list[Cut]]:
    cuts = []
    while draft.opening and not draft.fits:
        last = draft.opening[-1]
        draft = _widest(partial(_clip_opening, draft), columns(line_text(last)))
        cuts.append(Cut("introduction", line_text(last)))
    return draft, cuts


def _clip_opening(draft: Draft, width: int) -> Draft:
    *before, last = draft.opening
    line = clip_line(last, width)
    return replace(draft, opening=(*before, line) if line else tuple(before))


def _drop_lists(draft: Draft) -> tuple[Draft, list[Cut]]:
    cuts = [Cut("announcement", line_text(line)) for part in draft.parts for line in part.lines]
    return replace(draft, parts=tuple(replace(part, lines=()) for part in draft.parts)), cuts


def _shorten_headings(draft: Draft) -> tuple[Draft, list[Cut]]:
    shorter = _widest(partial(_clip_headings, draft), max(columns(part.heading) for part in draft.parts))
    pairs = zip(draft.parts, shorter.parts, strict=True)
    return shorter, [Cut("heading", old.heading) for old, new in pairs if old.heading != new.heading]


def _clip_headings(draft: Draft, width: int) -> Draft:
    return replace(draft, parts=tuple(replace(part, heading=clip(part.heading, width)) for part in draft.parts))


def _drop_headings(draft: Draft) -> tuple[Draft, list[Cut]]:
    """Drop the last headings if there is not even room for all times: the notes must fit in any case."""
    cuts = []
    while draft.parts and not draft.fits:
        cuts.append(Cut("heading", draft.parts[-1].heading))
        draft = replace(draft, parts=draft.parts[:-1])
    return draft, cuts


def _widest(draft_of: Callable[[int], Draft], most: int) -> Draft:
    """Return the widest draft that fits, up to `most` columns; the draft of width 0 if none fits."""
    too_wide = bisect_right(range(1, most + 1), False, key=lambda width: not draft_of(width).fits)
    return draft_of(too_wide)
