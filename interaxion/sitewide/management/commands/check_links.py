"""Probe every address that the content links to, and print the dead and the moved ones."""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from episodes.models import Episode
from episodes.numbers import parse_number
from interaxion.content.linking.checking import find_addresses, forget_unlinked, oldest_first, probe_links
from interaxion.content.linking.health import LinkState
from interaxion.content.linking.links import Link
from interaxion.content.linking.same_works import find_same_works
from interaxion.content.owned_rows import owned_by_any
from interaxion.web.answers import archive_address
from interaxion.web.probing import PAUSE

DAY = 24 * 60 * 60.0  # seconds


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Probe links: fine, moved, dead (gone twice, a day apart) or unknown. One line for each that is not fine."
    stealth_options = ("allowed_networks", "pause")

    def add_arguments(self, parser):
        parser.add_argument("--episode", metavar="NUMBER", help="only the links of this episode, drafts too")
        parser.add_argument("--limit", type=int, metavar="N", help="at most N addresses, those asked longest ago first")

    def handle(self, *args, episode, limit, allowed_networks=(), pause=PAUSE, **options):
        links = self._find_episode(episode).links.all() if episode else Link.objects.all()
        addresses = find_addresses(links)
        urls = oldest_first(addresses)[:limit]
        counts: Counter[str] = Counter()
        for status in probe_links(urls, addresses, seconds=DAY, pause=pause, allowed_networks=allowed_networks):
            counts[status.state] += 1
            if status.state == LinkState.OK:
                continue
            line = f"{status.state}: {status.code or 'no answer'}: {status.url}"
            if status.state == LinkState.MOVED:
                line += f" → {status.final_url}"
            self.stdout.write(line)
            if status.failures:
                where = Link.objects.filter(owned_by_any(addresses[status.url])).values_list("path", flat=True)
                self.stdout.write(f"    in {', '.join(sorted(set(where)))}")
                self.stdout.write(f"    {archive_address(status.url, timezone.now())}")
        if not episode:
            forget_unlinked(find_addresses(Link.objects.all()))
            if same := find_same_works():
                self.stdout.write(f"{len(same)} works may be one: see the list of works in the admin")
        self.stdout.write(", ".join(f"{counts[state]} {state}" for state in LinkState.values))

    def _find_episode(self, text: str) -> Episode:
        number = parse_number(text)
        found = Episode.objects.filter(number=number).first() if number is not None else None
        if found is None:
            raise CommandError(f"There is no episode {text}.")
        return found
