"""Take GUIDs, audio, lengths and dates from the feed of the host that has the show now."""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from episodes.feed_import import name_of, take_items, take_show_guid, unmatched_episodes
from episodes.host_feed import HostFeed, read_host_feed
from interaxion.content.fetching.guard import FetchFailed, FetchRefused, fetch
from interaxion.content.syndication.xml_reading import XmlRefused

MOST_BYTES = 50_000_000


class Command(BaseCommand):
    help = "Let episodes take the GUID, audio, length and date that their host's feed has. GUIDs never change after."

    def add_arguments(self, parser):
        parser.add_argument("feed", help="a file, or an address that begins with https:// or http://")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="also audio, length and date of episodes that took them before",
        )

    def handle(self, *args, feed: str, dry_run: bool, overwrite: bool, **options):
        host_feed = _read(feed)
        if guid := take_show_guid(host_feed, feed, dry_run=dry_run):
            self.stdout.write(f"the show keeps its GUID {guid}")
        takings = []
        for taking in take_items(host_feed, feed, dry_run=dry_run, overwrite=overwrite):
            takings.append(taking)
            place = taking.episode.path if taking.episode else name_of(taking.item)
            changed = f" {', '.join(taking.changed)}" if taking.changed else ""
            self.stdout.write(f"{taking.action}: {place}{changed}")
            for note in taking.notes:
                self.stdout.write(f"  {place}: {note}")
        for episode in unmatched_episodes(takings):
            self.stdout.write(f"not in the feed: {episode.path}")
        if dry_run:
            self.stdout.write("Nothing was written.")
        if any(taking.action == "failed" for taking in takings):
            raise SystemExit(1)


def _read(feed: str) -> HostFeed:
    """Raises CommandError with what is wrong and what to do."""
    try:
        if urlsplit(feed).scheme in {"http", "https"}:
            answer = fetch(feed, most_bytes=MOST_BYTES)
            if answer.status != 200:
                raise CommandError(f"{feed}: the host answers {answer.status}. Give the address of the feed itself.")
            data = answer.body
        else:
            data = Path(feed).read_bytes()
        host_feed = read_host_feed(data)
    except (FetchRefused, FetchFailed) as problem:
        raise CommandError(f"{problem}. Save the feed from a browser and give the file instead.") from problem
    except XmlRefused as problem:
        raise CommandError(f"{feed}: {problem}") from problem
    except OSError as problem:
        raise CommandError(f"{feed}: the file cannot be read ({problem.strerror}).") from problem
    if not host_feed.items:
        raise CommandError(f"{feed}: there is no item in this feed.")
    return host_feed
