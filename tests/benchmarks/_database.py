"""Django with a throw-away database, of the kind that DATABASE_URL names, for benchmarks outside pytest."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django


@contextmanager
def throwaway_database() -> Iterator[None]:
    """Set Django up with an empty database, and with files in a folder that lives as long as the block.

    Models can be imported inside the block only.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interaxion.settings")
    with tempfile.TemporaryDirectory(prefix="interaxion-bench-") as folder:
        os.environ.setdefault("VAR_DIR", folder)
        os.environ.setdefault("MEDIA_ROOT", str(Path(folder, "media")))
        Path(folder, "static").mkdir()
        django.setup()
        from django.db import connection  # noqa: PLC0415
        from django.test.utils import (  # noqa: PLC0415
            setup_databases,
            setup_test_environment,
            teardown_databases,
            teardown_test_environment,
        )

        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder, "bench.sqlite3"))
        setup_test_environment()
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            yield
        finally:
            teardown_databases(databases, verbosity=0)
            teardown_test_environment()
