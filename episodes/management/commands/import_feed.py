"""Take GUIDs, audio, lengths and dates from the feed of the show's host. Only arguments and printing are here."""

from contextlib import nullcontext
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, no_translations

from episodes.host_feed.fetching import AnswerProbe, FeedRefused, fetch_host_feed
from episodes.host_feed.forgetting import forget
from episodes.host_feed.importing import explain, take_items, take_show_guid, unmatched_episodes
from episodes.host_feed.matching import Match, match_items
from episodes.host_feed.reading import HostFeed, secure
from episodes.models import Episode
from episodes.numbers import parse_number, spell_number
from interaxion.content.changes.recording import Recording, recording


class Command(BaseCommand):
    help = (
        "Let episodes take the GUID, audio, length and date that their host's feed has. What several witnesses"
        " (GUID, title, number in the title, date) say differently is not taken."
    )

    def add_arguments(self, parser):
        parser.add_argument("feed", nargs="?", help="a file, or an address that begins with https:// or http://")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change, and which item is what")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="also audio, length and date of episodes that took them before",
        )
        parser.add_argument(
            "--match",
            action="append",
            default=[],
            metavar="GUID=NUMBER",
            help="the item of this GUID is this episode, whatever else says; may come several times",
        )
        parser.add_argument(
            "--forget",
            nargs="*",
            metavar="NUMBER",
            help="give back what these episodes had before, or all that took anything (of FEED, if it is named)",
        )

    @no_translations
    def handle(self, *args, feed, dry_run, overwrite, match, forget, **options):
        if forget is not None:
            is_whole = self._forget(feed, [_number(number) for number in forget], dry_run)
        else:
            is_whole = self._take(feed, dry_run, overwrite, [_match(option) for option in match])
        if dry_run:
            self.stdout.write("Nothing was written.")
        if not is_whole:
            raise SystemExit(1)

    def _take(self, feed: str | None, dry_run: bool, overwrite: bool, named: list[tuple[str, Decimal]]) -> bool:
        """Return whether no item failed that has an episode."""
        if not feed:
            raise CommandError("Name the feed: a file or an address.")
        try:
            host_feed = fetch_host_feed(feed)
        except FeedRefused as problem:
            raise CommandError(str(problem)) from problem
        answers = AnswerProbe()
        matches = match_items(
            [secure(item, answers) for item in host_feed.items],
            Episode.objects.untrashed().order_by("pk"),
            _named_by_person(named, host_feed),
        )
        is_whole = True
        with nullcontext(Recording()) if dry_run else recording(f"Import of the feed {feed}", user=None) as record:
            if guid := take_show_guid(host_feed, feed, dry_run=dry_run, record=record):
                self.stdout.write(f"the show keeps its GUID {guid}")
            for taking in take_items(matches, feed, dry_run=dry_run, overwrite=overwrite, record=record):
                is_whole = is_whole and taking.action != "failed"
                place = taking.match.episode.path if taking.match.episode else _name(taking.match)
                self._tell(taking.action, place, taking.changed, taking.notes)
        for episode in unmatched_episodes(matches):
            self.stdout.write(f"not in the feed: {episode.path}")
        if dry_run:
            for match in matches:
                self.stdout.write(f"{match.item.guid}\t“{match.item.title}”\t→ {_became(match)}")
        return is_whole

    def _forget(self, feed: str | None, numbers: list[Decimal], dry_run: bool) -> bool:
        """Return whether everything was given back. Raises CommandError if nothing can be."""
        taken = Episode.objects.exclude(guid_taken_from="", taken_from_feed=None).order_by("number", "pk")
        if feed:
            taken = taken.filter(guid_taken_from=feed[:500])
        episodes = [e for e in taken if not numbers or e.number in numbers]
        for number in set(numbers) - {e.number for e in episodes}:
            raise CommandError(f"Episode {spell_number(number)} has taken nothing from {feed or 'a feed'}.")
        try:
            forgotten = forget(episodes, dry_run=dry_run)
        except ValidationError as refused:
            raise CommandError(f"Nothing is given back: {'; '.join(explain(refused))}") from refused
        for result in forgotten:
            self._tell("given back", result.episode.path, result.changed, result.notes)
        lost = {e.pk for e in episodes} - {result.episode.pk for result in forgotten}
        for episode in episodes:
            if episode.pk in lost:
                self._tell("failed", episode.path, [], ["an older release kept nothing: correct it with --match"])
        if not episodes:
            self.stdout.write(f"No episode has taken anything{' from ' if feed else ''}{feed or ''}.")
        return not lost

    def _tell(self, action: str, place: str, changed: list[str], notes: list[str]) -> None:
        self.stdout.write(f"{action}: {place}{' ' if changed else ''}{', '.join(changed)}")
        for note in notes:
            self.stdout.write(f"  {place}: {note}")


def _match(written: str) -> tuple[str, Decimal]:
    guid, _equals, number = written.rpartition("=")
    if not guid:
        raise CommandError(f"--match {written}: write GUID=NUMBER, such as abc-57=57.")
    return guid, _number(number)


def _number(written: str) -> Decimal:
    number = parse_number(written)
    if number is None:
        raise CommandError(f"{written} is no episode number: write one such as 57 or 19.5.")
    return number


def _named_by_person(options: list[tuple[str, Decimal]], feed: HostFeed) -> dict[str, Episode]:
    """Return the episode of each --match, by GUID. Raises CommandError for a wrong or repeated GUID or number."""
    named: dict[str, Episode] = {}
    for guid, number in options:
        count = sum(item.guid == guid for item in feed.items)
        if count != 1:
            raise CommandError(f"--match {guid}: {count or 'no'} items of the feed have this GUID.")
        episode = Episode.objects.untrashed().filter(number=number).first()
        if episode is None:
            raise CommandError(f"--match {guid}: there is no episode {spell_number(number)}.")
        if guid in named or episode in named.values():
            raise CommandError(f"--match {guid}: this GUID or episode {spell_number(number)} is named twice.")
        named[guid] = episode
    return named


def _name(match: Match) -> str:
    """The text by which a person finds the item in the feed."""
    return f"{match.item.guid} “{match.item.title}”".strip()


def _became(match: Match) -> str:
    if match.episode:
        return f"{match.episode.path} ({', '.join(witness.label for witness in match.named)})"
    doubts = ", ".join(f"{witness.label}: {episode.path}" for witness, episode in match.named.items())
    return f"nothing ({doubts or 'no witness'})"
