"""The work of a process inside the site: `python -m tests.benchmarks.speed.commands`, see `inside.py`."""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interaxion.settings")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from episodes.models import Episode  # noqa: E402
from interaxion.content.saving.storing import store  # noqa: E402
from interaxion.sitewide.exporting.site import export_site  # noqa: E402
from interaxion.wsgi import application as site  # noqa: E402
from tests.benchmarks.sites.addresses import addresses  # noqa: E402
from tests.benchmarks.sites.describing import describe  # noqa: E402
from tests.benchmarks.sites.filling import fill  # noqa: E402
from tests.benchmarks.sites.shows import write_notes  # noqa: E402
from tests.benchmarks.speed.emptying import empty_caches  # noqa: E402
from tests.factories import make_episode, make_user  # noqa: E402

STARS = "★"


def save(number: int) -> dict[str, float]:
    """Change a word of an episode and store it, as a host does. Return milliseconds and queries."""
    episode = Episode.objects.get(number=number)
    is_marked = episode.summary.endswith(STARS)
    episode.summary = episode.summary.removesuffix(STARS) if is_marked else episode.summary + STARS
    return _measured(lambda: store(episode, user=None))


def get(path: str, is_cold: bool = True, count: int = 1, cookie: str = "") -> dict[str, Any]:
    """Answer a GET without a server. Return milliseconds and queries of one, and the status."""
    statuses: list[str] = []
    address, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
        # As WSGI has it: the bytes of the address, each a character.
        "PATH_INFO": unquote_to_bytes(address).decode("latin-1"), "SERVER_PORT": "80", "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "gzip", "HTTP_COOKIE": cookie, "wsgi.url_scheme": "http",
        "wsgi.input": sys.stdin.buffer, "wsgi.errors": sys.stderr,
    }  # fmt: skip

    def answer() -> None:
        for _ in range(count):
            if is_cold:
                empty_caches()
            response = site(dict(environ), lambda status, headers, *_: statuses.append(status))
            b"".join(response)
            getattr(response, "close", lambda: None)()

    measured = _measured(answer)
    return {name: value / count for name, value in measured.items()} | {"status": int(statuses[-1][:3])}


def items(path: str) -> int:
    """Return how many items a feed has."""
    body = Client().get(path, headers={"host": "127.0.0.1"}).content
    return body.count(b"</item>") + body.count(b"</entry>")


def login() -> str:
    """Return the cookie of an administrator."""
    client = Client()
    user = User.objects.filter(is_superuser=True).first() or make_user(is_superuser=True)
    client.force_login(user)
    return f"sessionid={client.cookies['sessionid'].value}"


def draft(sections: int) -> int:
    """Make a draft with so many sections, unless there is one; return its primary key."""
    if known := Episode.objects.filter(title=f"{sections}").first():
        return int(known.pk)
    notes = write_notes(random.Random(sections), 1, sections=sections)  # noqa: S311 (no secret)
    return int(make_episode(number=None, title=f"{sections}", notes=notes).pk)


def key_of(number: int) -> int:
    return int(Episode.objects.get(number=number).pk)


def export(folder: str) -> None:
    export_site(Path(folder))


def postmaster() -> int:
    """Return the first process of the PostgreSQL server; 0 with SQLite, which has none."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_read_file('postmaster.pid')")
        return int(cursor.fetchone()[0].split()[0])


def _measured(work: Callable[[], Any]) -> dict[str, float]:
    queries = 0

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*args)

    start = time.process_time()
    with connection.execute_wrapper(count):
        work()
    return {"cpu": (time.process_time() - start) * 1000, "queries": queries}


COMMANDS: dict[str, Callable[..., Any]] = {
    each.__name__: each
    for each in (addresses, describe, draft, export, fill, get, items, key_of, login, postmaster, save)
}


def main() -> None:
    for line in sys.stdin:
        command, arguments = json.loads(line)
        sys.stdout.write(json.dumps(COMMANDS[command](**arguments)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
