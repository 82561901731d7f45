"""A worker is killed (SIGKILL) in the middle of an import: another one begins again, and everything is in once."""

import io
import json
import os
import signal
import sqlite3
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from tests.drills.site import Site, serve_site
from tests.drills.staff import Account
from tests.drills.visitors import Readers

#: Posts in the import, and how many of them are in when the worker is killed.
COUNT, BEFORE = 150, 5
PATIENCE = 120  # seconds

#: Posts with a number of revisions or links that a second run would have changed.
TWICE = """
    SELECT post.path FROM posts_post AS post WHERE post.path LIKE '/blog/drill-%' AND (
        post.version != 1
        OR (SELECT count(*) FROM content_revision AS revision JOIN django_content_type AS type
            ON type.id = revision.content_type_id AND type.model = 'post'
            WHERE revision.object_id = post.id) != 1)
"""


def run(seconds: float, *, most: float = 1) -> Iterator[str]:
    with serve_site() as site:
        editor, readers = Account(site, "editor", "editor-of-the-demo"), Readers(site.port)
        readers.warm_up()
        dry_run = upload(editor)
        watch(editor, dry_run, readers, lambda status: status["is_over"])
        page = press(editor, dry_run)
        before = watch(editor, page, readers, lambda status: status["done"] >= BEFORE)
        kill_worker(site)
        after = watch(editor, page, readers, lambda status: status["is_over"])
        yield f"{readers}; killed after {before['done']} of {before['total']} files, then {after['label']}"
        check(site, after)
        readers.check(most)


def upload(editor: Account) -> str:
    """Upload a zip and return the page of its dry run."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(COUNT):
            meta = f"layout: blog\ntitle: 題{number}\npermalink: /blog/drill-{number}\ndate: 2026-01-01"
            archive.writestr(f"drill-{number}.md", f"---\n{meta}\n---\n\n[例](https://example.org/{number})\n")
    return editor.go("/en/admin/import/", upload=("file", "drill.zip", packed.getvalue()))


def press(editor: Account, dry_run: str) -> str:
    job = dry_run.rstrip("/").rpartition("/")[2]
    return editor.go("/en/admin/import/", {"job": job})


def watch(editor: Account, page: str, readers: Readers, until: Callable[[dict], bool]) -> dict:
    """Read pages until the status of the job is as wanted, and return it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        _status, body = editor.ask("GET", page + "status/")
        if until(status := json.loads(body)):
            return status
        readers.read_one("/healthz")
        readers.read_one("/")
    raise AssertionError(f"{page} is not done after {PATIENCE} s: {status}")


def kill_worker(site: Site) -> None:
    """The worker holds a file with its process id while it runs a job."""
    (lease,) = Path(site.folder, "jobs").iterdir()
    os.kill(int(lease.read_text()), signal.SIGKILL)


def check(site: Site, status: dict) -> None:
    assert status["label"] == "done", status
    with closing(sqlite3.connect(site.folder / "interaxion.sqlite3")) as database:
        posts = database.execute("SELECT count(*) FROM posts_post WHERE path LIKE '/blog/drill-%'").fetchone()
        assert posts == (COUNT,), posts
        assert database.execute(TWICE).fetchall() == []
        # The demo's audio is measured by jobs, too.
        query = "SELECT kind, state, losses FROM content_job WHERE kind LIKE 'import%' ORDER BY id"
        jobs = database.execute(query).fetchall()
        assert jobs == [("import_dry_run", "done", 0), ("import", "done", 1)], jobs
