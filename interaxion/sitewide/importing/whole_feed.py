"""A show from its feed, or what its episodes lack: the steps that the command and the jobs of the desk share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from episodes.host_feed.importing import Taking, take_items, take_show_guid
from episodes.host_feed.matching import Match, match_items
from episodes.host_feed.reading import HostFeed, distinct
from episodes.models import Episode
from episodes.whole_show.demands import find_demands
from episodes.whole_show.fetching import ShowFiles
from episodes.whole_show.importing import ShowImport
from interaxion.content.changes.recording import Recording
from interaxion.sitewide.demo.removal import has_demo, remove_untouched_demo
from interaxion.sitewide.importing.feed_decisions import Decisions
from interaxion.text.problems import Level


@dataclass
class FeedOptions:
    """The wishes of a person for an import."""

    source: str  # the address or name by which the feed is remembered
    overwrite: bool = False
    decisions: Decisions = Decisions()
    #: None fetches nothing, as in a dry run.
    files: ShowFiles | None = None
    tell: Callable[[Taking], object] = lambda taking: None


@dataclass
class FeedOutcome:
    matches: Sequence[Match] = ()
    #: The fields that the podcast took, and notes on what it did not.
    show: list[str] = field(default_factory=list)
    show_notes: list[str] = field(default_factory=list)
    demands: list[tuple[Level, str]] = field(default_factory=list)


def take_from_feed(feed: HostFeed, options: FeedOptions, record: Recording) -> FeedOutcome:
    """Let the podcast and the episodes take what they lack. Idempotent. Raises ValueError for a wrong decision."""
    importing = _importing(feed, options, record)
    outcome = FeedOutcome(match_items(feed.items, _episodes(), options.decisions.find(feed)))
    _take_show(outcome, importing)
    for taking in take_items(outcome.matches, options.source, overwrite=options.overwrite, record=record):
        options.tell(taking)
    outcome.demands = _demands(feed, options)
    return outcome


def make_show(feed: HostFeed, options: FeedOptions, record: Recording) -> FeedOutcome:
    """Make the whole show: also an episode of every item that is none yet. The untouched demo leaves first."""
    feed = replace(feed, items=tuple(distinct(feed.items)))
    importing = _importing(feed, options, record)
    outcome = FeedOutcome()
    _take_show(outcome, importing, make_room=remove_untouched_demo if has_demo() else None)
    outcome.matches = match_items(feed.items, _episodes(), options.decisions.find(feed))
    for taking in importing.take_items(outcome.matches, overwrite=options.overwrite):
        options.tell(taking)
    outcome.demands = _demands(feed, options)
    return outcome


def _importing(feed: HostFeed, options: FeedOptions, record: Recording) -> ShowImport:
    return ShowImport(feed, options.source, record, options.files, options.decisions.new)


def _take_show(outcome: FeedOutcome, importing: ShowImport, make_room: Callable[[], object] | None = None) -> None:
    outcome.show = importing.take_show(make_room)
    if take_show_guid(importing.feed, importing.source, record=importing.record):
        outcome.show.append("guid")
    outcome.show_notes = importing.notes


def _demands(feed: HostFeed, options: FeedOptions) -> list[tuple[Level, str]]:
    """Return what directories still demand; a rehearsal fetches no artwork, and does not miss it."""
    comes = options.files is None and bool(feed.show.artwork_url)
    return [(level, sentence) for level, sentence in find_demands() if not (comes and "<itunes:image>" in sentence)]


def _episodes() -> Sequence[Episode]:
    return Episode.objects.untrashed().order_by("pk")
