"""Everything that comes before the server, at the first start and after each update; idempotent.

Back up an older database, migrate it, fill an empty one with the demo, collect the static files, compile the code.
"""

import sys
from compileall import compile_dir
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from interaxion.content.parts.part import lacks_parts, queue_missing_parts
from interaxion.content.publishing.publishable import kinds
from interaxion.sitewide.backup.first_release import LAST_CODE, BeforeFirstRelease, rename_migrations
from interaxion.sitewide.backup.keeping import new_place
from interaxion.sitewide.backup.refusals import BackupRefused
from interaxion.sitewide.backup.writing import write_backup
from interaxion.sitewide.demo.loading import DEMO_LOGINS, has_demo_logins, load_demo
from interaxion.sitewide.management.one_at_a_time import one_at_a_time
from interaxion.sitewide.stored_pages.stored_page import queue_missing_pages
from interaxion.text.markdown import RENDER_VERSION

PACKAGES = ("interaxion", "episodes", "posts", "courses")


class Command(BaseCommand):
    help = "Make database and static files ready to serve. DEMO=0 in the environment leaves an empty database empty."

    def handle(self, *args, **options):
        with one_at_a_time("prepare"):
            self._prepare_database()
            call_command("collectstatic", interactive=False, verbosity=0)
            self._compile_code()

    def _prepare_database(self) -> None:
        lacks_migrations, is_new = self._read_migrations()
        is_old = lacks_migrations and not is_new
        if is_old:
            self._back_up()
        if lacks_migrations:
            self.stdout.write("Preparing the database…")
            call_command("migrate", interactive=False, verbosity=0)
        if is_old or self._is_outdated():  # nobody knows what a migration left underived
            call_command("rebuild", outdated=not is_old, stdout=self.stdout)
        if lacks_parts():  # those of another release do not count; the worker writes them once the server runs
            queue_missing_parts()
            queue_missing_pages()
        if settings.DEMO and self._is_empty():
            self.stdout.write("Loading the demo content…")
            load_demo()
        if has_demo_logins():
            self.stdout.write(f"Demo logins for {settings.SITE_URL}/admin/ (name / password):")
            for name, password in DEMO_LOGINS.items():
                self.stdout.write(f"  {name} / {password}")
        elif not get_user_model().objects.filter(is_superuser=True, is_active=True).exists():
            self.stdout.write(f"There is no administrator yet. Make one: {_python()} manage.py createsuperuser")

    def _compile_code(self) -> None:
        """Write the byte code of our packages, where that is possible: without it each command starts 0.4 s later.

        A service may run later as somebody who cannot write it, or with PYTHONDONTWRITEBYTECODE.
        """
        for package in PACKAGES:
            compile_dir(settings.BASE_DIR / package, quiet=2)

    def _back_up(self) -> None:
        self.stdout.write("The database is of an older version. A backup of everything first…")
        try:
            place = new_place()
            write_backup(place)
        except BackupRefused as problem:
            raise CommandError(
                f"{problem} The database is as it was. Make room for a backup, or go on without one:"
                " `manage.py migrate`, then this command again."
            ) from problem
        self.stdout.write(f"The backup: {place}")

    def _read_migrations(self) -> tuple[bool, bool]:
        """Whether the database lacks migrations, and whether it has none at all."""
        try:
            rename_migrations()
        except BeforeFirstRelease as missing:
            raise CommandError(
                f"The database is from before version 1.0.0 and lacks the last changes of that time ({missing}). It is"
                f" as it was. Start that code once, then this one: {LAST_CODE}, make run, git switch -, make run"
            ) from missing
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        return bool(plan), not executor.loader.applied_migrations

    def _is_outdated(self) -> bool:
        return any(kind.objects.exclude(render_version=RENDER_VERSION).exists() for kind in kinds())

    def _is_empty(self) -> bool:
        return not any(kind.objects.exists() for kind in kinds())


def _python() -> str:
    """Return what to type for this Python in the folder of the site: `.venv/bin/python` after `make run`."""
    program = Path(sys.executable)
    return str(program.relative_to(settings.BASE_DIR)) if program.is_relative_to(settings.BASE_DIR) else "python"
