"""Write the whole site to a folder of Markdown, data and files. Arguments and printing only."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, no_translations

from interaxion.content.exporting.tree import FolderRefused
from interaxion.sitewide.exporting.site import export_site


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Write everything to DIR as Markdown with front matter, data and files, which an import gives back."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR", help="an empty or new folder, or an earlier export")

    @no_translations
    def handle(self, *args, folder: Path, **options):
        try:
            tree = export_site(folder)
        except (FolderRefused, OSError) as problem:
            raise CommandError(str(problem)) from problem
        except KeyboardInterrupt:
            self.stderr.write("Stopped. Every file in the folder is whole; run it again for the rest.")
            raise SystemExit(130) from None
        self.stdout.write(f"{len(tree.written)} files, {tree.changed} of them written or deleted: {folder}")
