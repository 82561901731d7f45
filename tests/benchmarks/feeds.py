"""The podcast feed of 100 and of 1,000 episodes: `python -m tests.benchmarks.feeds`, larger with SIZE=5000.

Cold is a request when nothing is kept of the feed, warm the same again, 304 what an app gets that has it already; peak
is the memory of Python's own objects in one request. A feed of more than 1,000 episodes has pages: `all pages` is an
app that reads every one of them. It fails where more episodes take more queries.
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


def report(size: int) -> int:
    """Returns how many queries the feed takes when nothing is kept of it."""
    from django.core.cache import caches  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from interaxion.serving.public_pages import PAGES  # noqa: PLC0415
    from interaxion.sitewide.feeds import EPISODES  # noqa: PLC0415

    client = Client()

    def get(page: int = 1, etag: str = "") -> Any:
        headers = {"if-none-match": etag} if etag else {}
        return client.get("/feed.xml", {"page": page} if page > 1 else {}, headers=headers)

    def get_anew() -> Any:
        caches[PAGES].clear()
        return get()

    def get_all() -> None:
        for page in range(1, -(-size // EPISODES) + 1):
            assert get(page).status_code == 200

    def count_queries(work: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as asked:
            work()
        return len(asked)

    def peak_of(work: Callable[[], Any]) -> float:
        tracemalloc.start()
        work()
        peak = tracemalloc.get_traced_memory()[1] / 1_000_000
        tracemalloc.stop()
        return peak

    def show(name: str, work: Callable[[], Any], rounds: int, more: str = "") -> None:
        per_second, busy = measure(work, rounds)
        queries, peak = count_queries(work), peak_of(work)
        print(f"{size:>6}  {name:<10}{per_second:>12.1f}{busy:>14.2f}{queries:>10}{peak:>10.1f}  {more}")

    first = measure(get_anew, rounds=1)  # imports, templates
    response = get()
    assert response.status_code == 200
    assert get(etag=response["ETag"]).status_code == 304
    show("cold", get_anew, 3, f"{len(response.content) / 1000:.0f} kB, the first of the process {1 / first[0]:.2f} s")
    show("warm", get, ROUNDS)
    show("304", lambda: get(etag=response["ETag"]), 200)
    if size > EPISODES:
        show("all pages", get_all, 1)
    return count_queries(get_anew)


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
            head = f"{'requests/s':>12}{'CPU ms each':>14}{'queries':>10}{'peak MB':>10}"
            print(f"{'items':>6}  {connection.vendor:<10}{head}")
            queries = {}
            for size in dict.fromkeys([100, int(os.environ.get("SIZE", "1000"))]):
                fill(size)
                queries[size] = report(size)
            assert len(set(queries.values())) == 1, f"more episodes take more queries: {queries}"
        finally:
            teardown_databases(databases, verbosity=0)
            teardown_test_environment()


if __name__ == "__main__":
    main()
