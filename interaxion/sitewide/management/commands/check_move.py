"""Rehearse the switch from an old host: its feed and its addresses beside ours. Arguments and printing only."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from episodes.feed.rules import find_violations
from episodes.host_feed.fetching import FeedRefused, fetch_host_feed
from episodes.host_feed.reading import HostFeed, read_host_feed
from episodes.podcast import Podcast
from interaxion.sitewide.feeds import podcast_feed_pages
from interaxion.sitewide.moving.comparing import Line, Mark, compare_addresses, compare_items, compare_show
from interaxion.sitewide.moving.old_site import SitemapRefused, read_old_site
from interaxion.sitewide.moving.site_probe import SiteProbe
from interaxion.text.problems import Level


class Command(BaseCommand):
    requires_system_checks = ()
    help = (
        "Lay the feed and the sitemap of the old host beside ours: GUID, audio, date and title of every item, and what"
        " we answer at every address. Writes nothing. Exits 1 if it is not safe to switch."
    )
    stealth_options = ("allowed_networks",)

    def add_arguments(self, parser):
        parser.add_argument("old_feed", metavar="OLD_FEED", help="a file or an address")
        parser.add_argument("old_sitemap", metavar="OLD_SITEMAP", nargs="?", help="a file or an address")

    @no_translations
    def handle(self, *args, old_feed, old_sitemap, allowed_networks=(), **options):
        try:
            old = fetch_host_feed(old_feed, allowed_networks=allowed_networks)
            urls = read_old_site(old_sitemap, allowed_networks) if old_sitemap else []
        except (FeedRefused, SitemapRefused) as problem:
            raise CommandError(str(problem)) from problem
        lost = {
            "of the feed": self._print("The feed", _compare_feeds(old)),
            "addresses": self._print("The addresses", compare_addresses(urls, SiteProbe())) if urls else 0,
        }
        reasons = [f"{count} {what} would be lost" for what, count in lost.items() if count]
        if reasons:
            self.stdout.write(f"safe to switch: no, because {' and '.join(reasons)} (the lines marked {Mark.LOST})")
            raise SystemExit(1)
        self.stdout.write("safe to switch: yes")
        feed = f"{settings.PUBLISH_URL}/feed.xml"
        self.stdout.write(f"  Let the old host redirect its feed to {feed} for good (301), at least for weeks.")
        if not urls:
            self.stdout.write("  The addresses of the old site were not looked at: give its sitemap, too.")

    def _print(self, title: str, lines: Iterator[Line]) -> int:
        """Print the lines, and how many of each mark there are. Return how many are lost."""
        counts: Counter[Mark] = Counter()
        self.stdout.write(title)
        for line in lines:
            counts[line.mark] += 1
            self.stdout.write(f"  {line.mark:9}  {line.old or '–'}  |  {line.ours or '–'}")
            for remark in line.remarks:
                self.stdout.write(f"             {remark}")
        self.stdout.write("  " + ", ".join(f"{counts[mark]} {mark}" for mark in Mark if counts[mark]))
        return counts[Mark.LOST]


def _compare_feeds(old: HostFeed) -> Iterator[Line]:
    documents = [data for _address, data in podcast_feed_pages()]
    pages = [read_host_feed(data) for data in documents]
    ours = replace(pages[0], items=tuple(item for page in pages for item in page.items))
    findings = [finding for data in documents for finding in find_violations(data)]
    faults = [f"{f.place} {f.rule.message} {f.quote}".strip() for f in findings if f.rule.level is Level.ERROR]
    yield from compare_show(old, ours, is_hidden=Podcast.current().is_notes_only, faults=faults)
    yield from compare_items(old, ours)
