"""Write the public site as plain files. Arguments and printing only."""

import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.utils import timezone

from interaxion.content.exporting.tree import FolderRefused
from interaxion.sitewide.freezing.publishing import environment_at
from interaxion.sitewide.freezing.site import FreezeFailed, freeze_site
from interaxion.sitewide.management.one_at_a_time import AlreadyRuns, one_at_a_time
from interaxion.sitewide.models import PublishedFiles


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Write every public page to DIR as a file, for hosts without a program. Only files that differ are written."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR", help="an empty or new folder, or an earlier one")
        parser.add_argument(
            "--site-url",
            default=settings.PUBLISH_URL,
            metavar="URL",
            help="where the files will be served (PUBLISH_URL, else SITE_URL)",
        )

    def handle(self, *args, folder: Path, site_url: str, **options):
        site_url = site_url.rstrip("/")
        if site_url != settings.SITE_URL:
            # Settings are read once, so another process makes the pages for that address.
            sys.stdout.flush()
            os.execve(  # noqa: S606 (this very command)  # nosec B606
                sys.executable, [sys.executable, *sys.argv], environment_at(site_url) | {"PUBLISH_URL": site_url}
            )
        self._freeze(folder)

    @no_translations
    def _freeze(self, folder: Path):
        try:
            with one_at_a_time("freeze", waits=True):
                frozen = freeze_site(folder)
        except (FolderRefused, FreezeFailed, AlreadyRuns, OSError) as problem:
            raise CommandError(str(problem)) from problem
        except KeyboardInterrupt:
            self.stderr.write("Stopped. Every file in the folder is whole; run it again for the rest.")
            raise SystemExit(130) from None
        PublishedFiles.objects.update_or_create(pk=1, defaults={"frozen_at": timezone.now()})
        for message, params in frozen.notes:
            self.stderr.write(message % params)
        self.stdout.write(
            f"{len(frozen.tree.written)} files, {frozen.tree.changed} of them written or deleted: {folder}"
        )
