"""Bring a backup back into an empty site. Arguments and printing only."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, no_translations

from interaxion.sitewide.backup.refusals import BackupRefused
from interaxion.sitewide.backup.restoring import restore_backup


class Command(BaseCommand):
    requires_system_checks = ()
    help = (
        "Restore the backup FILE into an empty site, or in place of a demo that nobody touched. It overwrites nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE", help="a file that `backup` wrote")

    @no_translations
    def handle(self, *args, file: Path, **options):
        try:
            manifest = restore_backup(file, tell=self.stdout.write)
        except BackupRefused as problem:
            raise CommandError(str(problem)) from problem
        except KeyboardInterrupt:
            self.stderr.write("Stopped. Nothing was restored, and the site is as before.")
            raise SystemExit(130) from None
        self.stdout.write(f"Restored as of {manifest.made_at}: {manifest}. If the server runs, start it again.")
