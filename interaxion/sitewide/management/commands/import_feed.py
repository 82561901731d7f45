"""Take a show, or what its episodes lack, from the feed of its host. Only arguments and printing are here."""

from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, no_translations

from episodes.host_feed.fetching import FeedRefused, read_feed
from episodes.host_feed.forgetting import forget, is_made_by_feed
from episodes.host_feed.importing import Taking, explain, unmatched_episodes
from episodes.host_feed.matching import Match
from episodes.models import Episode
from episodes.numbers import parse_number, spell_number
from episodes.whole_show.audio import queue_audio
from episodes.whole_show.fetching import ShowFiles
from interaxion.content.changes.recording import Recording, recording
from interaxion.sitewide.importing.feed_decisions import parse_decisions
from interaxion.sitewide.importing.rehearsal import rehearse
from interaxion.sitewide.importing.whole_feed import FeedOptions, FeedOutcome, make_show, take_from_feed
from interaxion.text.problems import Level
from interaxion.web.ssrf_guard import IPNetwork


class Command(BaseCommand):
    requires_system_checks = ()
    help = (
        "Let episodes take the GUID, audio, length and date that their host's feed has. What several witnesses"
        " (GUID, title, number in the title, date) say differently is not taken. With --all make the whole show: the"
        " podcast, and an episode of every item that is none yet."
    )
    stealth_options = ("allowed_networks",)

    def add_arguments(self, parser):
        parser.add_argument("feed", nargs="?", help="a file, or an address that begins with https:// or http://")
        parser.add_argument("--all", action="store_true", help="make an episode of every item that is none yet")
        parser.add_argument("--fetch-audio", action="store_true", help="then bring the audio here, by a job")
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
            help="the item of this GUID is this episode, whatever else says, or `new` with --all; may be repeated",
        )
        parser.add_argument(
            "--forget",
            nargs="*",
            metavar="NUMBER",
            help="give back what these episodes had before, or all that took anything (of FEED, if it is named)",
        )

    @no_translations
    def handle(self, *args, feed, dry_run, overwrite, match, forget, allowed_networks=(), **options):
        if forget is not None:
            is_whole = self._forget(feed, [_number(number) for number in forget], dry_run)
        else:
            if not feed:
                raise CommandError("Name the feed: a file or an address.")
            is_whole = self._take(feed, dry_run, options["all"], overwrite, match, allowed_networks)
            if options["fetch_audio"] and not dry_run:
                self._fetch_audio(feed)
        if dry_run:
            self.stdout.write("Nothing was written.")
        if not is_whole:
            raise SystemExit(1)

    def _take(
        self, feed: str, dry_run: bool, is_all: bool, overwrite: bool, named: list[str], networks: Sequence[IPNetwork]
    ) -> bool:
        """Return whether no item failed."""
        try:
            decisions = parse_decisions(named)
            host_feed = read_feed(feed, networks)
            decisions.find(host_feed)
        except ValueError as problem:
            raise CommandError(f"--match {problem}") from problem
        except FeedRefused as problem:
            raise CommandError(str(problem)) from problem
        for note in host_feed.notes:
            self.stdout.write(str(note))
        counts: Counter[str] = Counter()

        def tell(taking: Taking) -> None:
            counts[taking.action] += 1
            place = taking.match.episode.path if taking.match.episode else _name(taking.match)
            self._tell(taking.action, place, taking.changed, taking.notes)

        options = FeedOptions(
            feed,
            overwrite=overwrite,
            decisions=decisions,
            files=None if dry_run else ShowFiles(networks),
            tell=tell,
        )
        with rehearse() if dry_run else nullcontext(), self._recording(feed, dry_run) as record:
            outcome = (make_show if is_all else take_from_feed)(host_feed, options, record)
            self._tell_show(outcome)
            for episode in () if is_all else unmatched_episodes(outcome.matches):
                self.stdout.write(f"not in the feed: {episode.path}")
        if is_all:
            self.stdout.write(", ".join(f"{count} {action}" for action, count in sorted(counts.items())))
        for match in outcome.matches if dry_run else ():
            self.stdout.write(f"{match.item.guid}\t“{match.item.title}”\t→ {_became(match)}")
        return not counts["failed"]

    def _recording(self, feed: str, dry_run: bool) -> AbstractContextManager[Recording]:
        return nullcontext(Recording()) if dry_run else recording(f"Import of the feed {feed}", user=None)

    def _fetch_audio(self, feed: str) -> None:
        job = queue_audio(feed, user=None)
        said = f"the audio is fetched by job {job.pk}: the server runs it, or `manage.py tick`" if job else ""
        self.stdout.write(said or "there is no audio to fetch")

    def _tell_show(self, outcome: FeedOutcome) -> None:
        if outcome.show:
            self.stdout.write(f"the show takes {', '.join(outcome.show)}")
        for note in outcome.show_notes:
            self.stdout.write(f"  the show: {note}")
        for level, sentence in outcome.demands:
            self.stdout.write(f"directories {'demand' if level == Level.ERROR else 'recommend'}: {sentence}")

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
            if episode.pk in lost and is_made_by_feed(episode):
                lost.remove(episode.pk)
                self._tell("stays", episode.path, [], ["the feed made it: take its import back, or trash it"])
            elif episode.pk in lost:
                self._tell("failed", episode.path, [], ["an older release kept nothing: correct it with --match"])
        if not episodes:
            self.stdout.write(f"No episode has taken anything{' from ' if feed else ''}{feed or ''}.")
        return not lost

    def _tell(self, action: str, place: str, changed: list[str], notes: list[str]) -> None:
        self.stdout.write(f"{action}: {place}{' ' if changed else ''}{', '.join(changed)}")
        for note in notes:
            self.stdout.write(f"  {place}: {note}")


def _number(written: str) -> Decimal:
    number = parse_number(written)
    if number is None:
        raise CommandError(f"{written} is no episode number: write one such as 57 or 19.5.")
    return number


def _name(match: Match) -> str:
    """The text by which a person finds the item in the feed."""
    return f"{match.item.guid} “{match.item.title}”".strip()


def _became(match: Match) -> str:
    if match.episode:
        return f"{match.episode.path} ({', '.join(witness.label for witness in match.named)})"
    doubts = ", ".join(f"{witness.label}: {episode.path}" for witness, episode in match.named.items())
    return f"nothing ({doubts or 'no witness'})"
