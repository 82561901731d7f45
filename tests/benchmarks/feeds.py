"""The podcast feed of 100 and of 1,000 episodes: `python -m tests.benchmarks.feeds`, larger with SIZE=5000.

Cold is the first request of a process, warm the same again, 304 what an app gets that has the feed already.
A feed of more than 100 episodes has pages: `all pages` is a directory that reads every one of them.
The database is a throw-away one of the kind that DATABASE_URL names.
"""

import os
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

ROUNDS = 10
NOTES = "".join(
    f"### {minute}:00 第{minute}の話\n\n"
    + "".join(f"- [格子の論文 {n}](https://example.org/{minute}/{n}) についての説明。\n" for n in range(10))
    + "\n電子がゆっくり動く様子を、長い文で説明しています。" * 5
    + "\n\n"
    for minute in range(12)
)


def fill(size: int) -> None:
    """As many live episodes of about the length of real ones, each with two speakers."""
    from episodes.models import Appearance, Episode  # noqa: PLC0415
    from tests.factories import make_episode, make_speaker  # noqa: PLC0415

    known = Episode.objects.count()
    people = (make_speaker(), make_speaker())
    audio: dict[str, Any] = {"audio_url": "https://audio.example/0.mp3", "audio_bytes": 1, "audio_seconds": 3600}
    first = make_episode(number=str(known + 1), notes=NOTES, speakers=people, live=True, **audio)
    fields = {f.name: getattr(first, f.name) for f in Episode._meta.concrete_fields}
    copies = [
        Episode(
            **fields
            | {
                "id": None,
                "number": number,
                "path": f"/{number}",
                "guid": f"bench-{number}",
                "audio_url": f"https://audio.example/{number}.mp3",
                "publish_at": first.publish_at - timedelta(days=size - number),
            }
        )
        for number in range(known + 2, size + 1)
    ]
    Episode.objects.bulk_create(copies, batch_size=50)
    made = Episode.objects.filter(number__gt=known + 1).values_list("pk", flat=True)
    Appearance.objects.bulk_create(Appearance(episode_id=pk, speaker=person) for pk in made for person in people)


def measure(work: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, float]:
    """Requests a second, and milliseconds of processor time for one."""
    start, busy = time.perf_counter(), time.process_time()
    for _ in range(rounds):
        work()
    took = time.perf_counter() - start
    return rounds / took, (time.process_time() - busy) / rounds * 1000


def report(size: int) -> None:
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = Client()

    def get(page: int = 1, etag: str = "") -> Any:
        headers = {"if-none-match": etag} if etag else {}
        return client.get("/feed.xml", {"page": page} if page > 1 else {}, headers=headers)

    def get_all() -> None:
        for page in range(1, -(-size // 100) + 1):
            assert get(page).status_code == 200

    def show(name: str, measured: tuple[float, float], queries: int | str, more: str = "") -> None:
        print(f"{size:>6}  {name:<10}{measured[0]:>12.1f}{measured[1]:>14.2f}{queries:>10}  {more}")

    cold = measure(get, rounds=1)
    response = get()
    assert response.status_code == 200
    with CaptureQueriesContext(connection) as asked:
        get()
        queries = len(asked)
    with CaptureQueriesContext(connection) as asked:
        assert get(etag=response["ETag"]).status_code == 304
        unchanged = len(asked)
    tracemalloc.start()
    get()
    peak = tracemalloc.get_traced_memory()[1] / 1_000_000
    tracemalloc.stop()
    show("cold", cold, queries, f"{len(response.content) / 1000:.0f} kB, at most {peak:.1f} MB of memory")
    show("warm", measure(get), queries)
    show("304", measure(lambda: get(etag=response["ETag"]), rounds=200), unchanged)
    if size > 100:
        show("all pages", measure(get_all, rounds=1), "")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interaxion.settings")
    with tempfile.TemporaryDirectory(prefix="interaxion-bench-") as folder:
        os.environ.setdefault("VAR_DIR", folder)
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
            print(f"{'items':>6}  {connection.vendor:<10}{'requests/s':>12}{'CPU ms each':>14}{'queries':>10}")
            for size in dict.fromkeys([100, int(os.environ.get("SIZE", "1000"))]):
                fill(size)
                report(size)
        finally:
            teardown_databases(databases, verbosity=0)
            teardown_test_environment()


if __name__ == "__main__":
    main()
