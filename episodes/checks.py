"""The checks of an episode before it is published. Errors block, warnings must be confirmed."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext

from episodes.audio.sound.checks import check_sound
from episodes.feed.app_tags import find_lost_soundbites
from episodes.feed.checks import check_feed_item, check_tagged_copy
from episodes.models import Episode, LinkSection
from episodes.notes.notes import find_headings
from episodes.numbers import parse_number, path_of_number, spell_number
from episodes.podcast import Podcast
from episodes.short_notes import PROFILES, short_chapters, write_hand_cut
from episodes.stated_numbers import numbers_said
from episodes.title_numbers import split_number
from interaxion.content.checks.registry import register
from interaxion.content.checks.text_checks import Locate, Spot, check_summary, check_thing
from interaxion.content.languages import in_a_row
from interaxion.content.prepared import Prepared
from interaxion.text.markdown import Rendered
from interaxion.text.problems import Problem, error, warning

#: With fewer, no app shows chapters: https://support.spotify.com/creators/article/creating-and-managing-chapters/
FEWEST_CHAPTERS = 3
#: The profile with the lowest limit of the places that a hand-cut version is pasted into.
STRICTEST = PROFILES["spotify"]

_NUMBER_IN_TITLE = re.compile(r"\s*(?:ep(?:isode)?\.?\s*|#|第)([0-9]{1,5}(?:\.[0-9]{1,2})?)", re.IGNORECASE)
_HASH = re.compile(r"[0-9a-f]{24}")


@register(Episode)
def check_episode(episode: Episode, rendered: Rendered | None = None) -> list[Problem]:
    podcast = Podcast.current()
    return [
        *check_thing(episode, _locate(episode), rendered),
        *check_summary(episode),
        *_check_head(episode, podcast),
        *_check_twins(episode),
        *_check_numbers(episode),
        *_check_times(episode, podcast),
        *_check_short_notes(episode),
        *check_feed_item(episode),
        *check_tagged_copy(episode),
        *check_sound(episode),
    ]


def _locate(episode: Episode) -> Locate:
    """Return a function that finds the field in which a line of the whole document is typed."""
    sections = list(episode.sections.all())

    @cache  # parsed only if there is a problem to place
    def find_heads() -> list[int]:
        return [heading.line + 1 for heading in find_headings(episode.source_text()) if heading.opens_section]

    def locate(line: int) -> Spot:
        heads = find_heads()
        leads = len(sections) - len(heads)  # text before the first heading
        index = max(bisect_right(heads, line) - 1 + leads, 0)
        if index >= len(sections):
            return Spot("sections")
        section = sections[index]
        head = heads[index - leads] if index >= leads else -1
        if line == head:
            return Spot("sections", section.key, "heading", section.heading)
        return Spot("sections", section.key, "body", section.heading, line - head - 1)  # below an empty line

    return locate


def _check_head(episode: Episode, podcast: Podcast) -> Iterator[Problem]:
    if episode.number is None:
        yield warning(gettext("The episode has no number."), "number")
    if not episode.audio_address and not episode.player_provider:
        yield warning(gettext("There is neither audio nor a player."), "audio_url")
    if not episode.appearances.all():
        yield warning(gettext("No speaker is named."), "appearances")
    sections = list(episode.sections.all())
    if not sections:
        yield warning(gettext("There are no show notes."), "sections")
    elif _are_untouched(sections, episode, podcast):
        yield warning(gettext("The show notes hold only what every episode repeats."), "sections")


def _are_untouched(sections: list[LinkSection], episode: Episode, podcast: Podcast) -> bool:
    """Whether the notes are only what a new episode begins with (`propose_episode`): nobody has written anything."""
    if not all(podcast.recurs(section.heading) for section in sections):
        return False
    earlier = Episode.objects.exclude(pk=episode.pk).last_numbered(before=episode.number)
    copied = {(section.heading, section.body.strip()) for section in (earlier.sections.all() if earlier else [])}
    return all(
        not body or (heading, body) in copied for heading, body in ((s.heading, s.body.strip()) for s in sections)
    )


def _check_twins(episode: Episode) -> Iterator[Problem]:
    """Find another episode with the same player or artwork: a file is often made by copying the last one."""
    player = (episode.player_provider, episode.player_id)
    if episode.player_provider and (twin := _with_player.first(episode.pk or 0, *player)):
        yield error(gettext("The player is that of episode %(other)s.") % {"other": twin}, "player")
    digest = _HASH.search(episode.artwork.name or "")
    others = Episode.objects.untrashed().exclude(pk=episode.pk)
    if digest and (twin := others.filter(artwork__contains=digest[0]).first()):
        yield error(gettext("The artwork is that of episode %(other)s.") % {"other": twin}, "artwork")


@Prepared
def _with_player(but: int, provider: str, player: str) -> QuerySet[Episode]:
    same = Episode.objects.untrashed().filter(player_provider=provider, player_id=player)
    return same.exclude(pk=but).order_by("pk").only("number", "title")[:1]


def _check_numbers(episode: Episode) -> Iterator[Problem]:
    """Compare the number with those in title, address, short notes, summary and introduction."""
    if episode.number is None:
        return
    lead = next((section.body for section in episode.sections.all() if not section.heading), "")
    in_title = _NUMBER_IN_TITLE.match(episode.title)
    numbered = split_number(episode.title)
    if numbered and numbered.number == episode.number and numbered.rest not in {"", episode.title}:
        text = gettext("The number stands before the title anyway: “%(rest)s” is enough.")
        yield warning(text % {"rest": numbered.rest}, "title")
    in_path = parse_number(episode.published_path().removeprefix("/"))
    mentions: list[tuple[str, str, Iterable[Decimal | None]]] = [
        (
            "title",
            gettext("The title says episode %(other)s, the number is %(number)s."),
            [parse_number(in_title[1])] if in_title else [],
        ),
        ("path", gettext("The address is that of episode %(other)s, the number is %(number)s."), [in_path]),
        (
            "distribution_notes",
            gettext("The short notes speak of episode %(other)s, the number is %(number)s."),
            numbers_said(episode.distribution_notes),
        ),
        (
            "summary",
            gettext("The summary links to the notes of episode %(other)s, the number is %(number)s."),
            numbers_said(episode.summary),
        ),
        (
            "sections",
            gettext("The introduction links to the notes of episode %(other)s, the number is %(number)s."),
            numbers_said(lead),
        ),
    ]
    for field, message, numbers in mentions:
        other = next((number for number in numbers if number is not None and number != episode.number), None)
        if other is not None:
            yield error(message % {"other": spell_number(other), "number": episode.spelled_number}, field)


def _check_times(episode: Episode, podcast: Podcast) -> Iterator[Problem]:
    sections = [section for section in episode.sections.all() if section.heading]
    timed = [section for section in sections if section.starts_at is not None]
    untimed = [s for s in sections if s.starts_at is None and not podcast.recurs(s.heading)]
    if untimed:
        message = ngettext(
            "One section has no time: %(headings)s.",
            "%(count)d sections have no time: %(headings)s.",
            len(untimed),
        )
        headings = in_a_row(section.heading for section in untimed[:5])
        yield _at(untimed[0], message % {"count": len(untimed), "headings": headings})
    elif 0 < len(timed) < FEWEST_CHAPTERS and not episode.audio_address:  # with audio, the rules of feeds warn
        yield _at(timed[0], gettext("There are fewer than three chapters: apps show none."))
    seconds = PROFILES["youtube"].shortest_chapter
    starts = [section.starts_at for section in timed]
    for index in sorted(short_chapters(starts, seconds)) if starts == sorted(set(starts)) else ():
        message = gettext("“%(heading)s” gets no chapter on YouTube, where each must last %(seconds)d seconds.")
        yield _at(timed[index], message % {"heading": timed[index].heading, "seconds": seconds})
    if lost := find_lost_soundbites(episode.soundbites, (section.starts_at for section in timed)):
        yield warning(
            gettext("No section begins where this soundbite does: %(times)s.") % {"times": in_a_row(lost)},
            "soundbites",
        )
    last = -1
    for section in timed:
        if section.starts_at <= last:
            message = gettext("“%(heading)s” does not start later than the section before it.")
            yield _at(section, message % {"heading": section.heading})
        elif episode.audio_seconds and section.starts_at >= episode.audio_seconds:
            message = gettext("“%(heading)s” starts after the end of the audio.")
            yield _at(section, message % {"heading": section.heading})
        last = section.starts_at


def _at(section: LinkSection, message: str) -> Problem:
    return warning(message, "sections", section.key, row_field="starts_at")


def _check_short_notes(episode: Episode) -> Iterator[Problem]:
    """Warn if a version cut by hand is too long and therefore not used; compiled short notes always fit."""
    if not episode.distribution_notes.strip():
        return
    page_url = f"https://example.invalid{path_of_number(episode.number) if episode.number is not None else '/'}"
    short = write_hand_cut(episode.distribution_notes, profile=STRICTEST, page_url=page_url)
    if not short.fits:
        message = gettext(
            "The short notes cut by hand have %(size)s of %(limit)s characters: shorter ones are made in their place."
        )
        yield warning(message % {"size": f"{short.size:,}", "limit": f"{STRICTEST.limit:,}"}, "distribution_notes")
