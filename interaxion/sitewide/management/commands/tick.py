"""Periodic work that no request can do. Any timer may run it, at any interval: it is idempotent."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from episodes.letters.letters import Letter
from episodes.whole_show.following import queue_if_due
from interaxion.content.changes.changes import Change
from interaxion.content.collecting.collected_link import CollectedLink
from interaxion.content.files.disk_storage import sweep_parts
from interaxion.content.files.video_stills import fetch_waiting_stills
from interaxion.content.jobs.sweeping import sweep_jobs
from interaxion.content.jobs.worker import run_waiting
from interaxion.content.linking.checking import find_addresses, find_due, forget_unlinked, probe_links
from interaxion.content.linking.links import Link
from interaxion.content.parts.part import write_missing_parts
from interaxion.content.publishing.working_copies import sweep
from interaxion.content.saving.purging import purge_trash
from interaxion.desk.saving.due_suggestions import write_due_suggestions
from interaxion.sitewide.backup.keeping import keep_newest
from interaxion.sitewide.desk.letters_mail import tell_of_letters
from interaxion.sitewide.importing.database_copies import sweep_copies
from interaxion.sitewide.management.one_at_a_time import AlreadyRuns, one_at_a_time
from interaxion.sitewide.stored_pages.renewing import renew_pages
from interaxion.sitewide.stored_pages.stored_page import write_missing_pages
from interaxion.web.probing import PAUSE

#: Seconds for which stored pages are looked at, the longest unseen first.
PAGES_FOR = 5


class Command(BaseCommand):
    requires_system_checks = ()
    help = (
        "Write suggestions that were taken for now, empty the trash of what is 30 days old, forget what changes of that"
        " age replaced, throw away forgotten working"
        " copies, letters long put aside and all but the newest backups in VAR_DIR/backups, write what lists and feeds"
        " lack and the pages that have changed, fetch the stills of videos, follow the feed of the host that has the"
        " audio, run the jobs that no worker has taken up, and ask again for links whose last answer is old."
    )
    stealth_options = ("allowed_networks", "pause")

    def add_arguments(self, parser):
        parser.add_argument("--links", type=int, default=200, metavar="N", help="at most N addresses (200)")
        parser.add_argument("--seconds", type=float, default=120, metavar="S", help="for at most S seconds (120)")

    def handle(self, *args, **options):
        try:
            with one_at_a_time("tick", waits=False):
                self._work(**options)
        except AlreadyRuns:
            self.stdout.write("another tick is at work; nothing to do")

    def _work(self, *, links, seconds, allowed_networks=(), pause=PAUSE, **options):
        for name in purge_trash(timezone.now()):
            self.stdout.write(f"deleted for good: {name}")
        for outcome in write_due_suggestions(timezone.now()):
            self.stdout.write(outcome)
        sweep()
        sweep_parts()
        Change.objects.expired(timezone.now()).delete()
        Letter.objects.long_aside(timezone.now()).delete()
        CollectedLink.objects.long_away(timezone.now()).delete()
        tell_of_letters(timezone.now())
        for backup in keep_newest(settings.BACKUPS_KEPT):
            self.stdout.write(f"deleted: {backup}")
        addresses = find_addresses(Link.objects.all())
        forget_unlinked(addresses)
        due = find_due(addresses, timezone.now())[:links]
        sweep_jobs()
        sweep_copies()
        write_missing_parts.call()
        fetch_waiting_stills.call()
        queue_if_due()
        run_waiting()
        write_missing_pages.call()
        renew_pages(seconds=PAGES_FOR)  # after all that changes what pages show
        probed = list(probe_links(due, addresses, seconds=seconds, pause=pause, allowed_networks=allowed_networks))
        self.stdout.write(f"links asked for: {len(probed)} of {len(due)}")
