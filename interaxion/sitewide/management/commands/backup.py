"""Write the whole site into one file, while it runs. Arguments and printing only."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, no_translations

from interaxion.sitewide.backup.keeping import new_place
from interaxion.sitewide.backup.refusals import BackupRefused
from interaxion.sitewide.backup.writing import write_backup


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Write everything into the new zip FILE, which `restore` brings back; the site may be in use meanwhile."

    def add_arguments(self, parser):
        parser.add_argument(
            "file", nargs="?", type=Path, metavar="FILE", help="without it: VAR_DIR/backups, named by the time"
        )

    @no_translations
    def handle(self, *args, file: Path | None, **options):
        try:
            file = file or new_place()
            manifest = write_backup(file)
        except BackupRefused as problem:
            raise CommandError(str(problem)) from problem
        except KeyboardInterrupt:
            self.stderr.write("Stopped. No backup was written.")
            raise SystemExit(130) from None
        self.stdout.write(f"{file}: {manifest}, {file.stat().st_size / 1e6:.1f} MB, checked")
