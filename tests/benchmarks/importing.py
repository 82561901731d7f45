"""The import of a whole site, with its queries for each file, compared with a Jekyll build of the same files.

    python -m tests.benchmarks.importing

The site is that of the tests, and the one in `interaxion/` of the folder that CORPUS names. The database is a
throw-away one of the kind that DATABASE_URL names. Jekyll, if it is on PATH, builds our export of the same content,
which needs none of the site's own plugins: it writes pages, we store, index and log.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks._database import throwaway_database

ROOT = Path(__file__).resolve().parents[2]


def sites() -> list[Path]:
    corpus = os.environ.get("CORPUS")
    return [ROOT / "tests/data/site", *([Path(corpus) / "interaxion"] if corpus else [])]


def report(site: Path) -> None:
    from django.db import connection  # noqa: PLC0415

    from interaxion.content.importing.inputs import ImportInputs  # noqa: PLC0415
    from interaxion.sitewide.exporting.site import export_site  # noqa: PLC0415
    from interaxion.sitewide.importing.plan import import_paths  # noqa: PLC0415

    def measure(name: str) -> float:
        queries = 0

        def count(execute: Callable[..., Any], *args: Any) -> Any:
            nonlocal queries
            queries += 1
            return execute(*args)

        start = time.perf_counter()
        with connection.execute_wrapper(count):
            files = len(import_paths([site], ImportInputs()))
        took = time.perf_counter() - start
        sys.stdout.write(f"{site.name:14}{name:12}{files:>6}{files / took:>10.1f}{queries / files:>14.1f}\n")
        return took

    ours = measure("first")
    measure("again")
    if shutil.which("jekyll"):
        with tempfile.TemporaryDirectory() as folder:
            exported, built = Path(folder, "site"), Path(folder, "built")
            export_site(exported)
            start = time.perf_counter()
            subprocess.run(["jekyll", "build", "--quiet", "--source", exported, "--destination", built], check=True)
            took = time.perf_counter() - start
        sys.stdout.write(f"{site.name:14}{'jekyll':12}{'':6}{took:>9.1f}s, ratio {ours / took:.2f}\n")
    else:
        sys.stdout.write(f"{site.name:14}jekyll is not on PATH\n")


def main() -> None:
    with throwaway_database():
        from django.db import connection  # noqa: PLC0415

        sys.stdout.write(f"{'site':14}{connection.vendor:12}{'files':>6}{'files/s':>10}{'queries/file':>14}\n")
        for site in sites():
            report(site)


if __name__ == "__main__":
    main()
