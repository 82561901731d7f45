"""The podcast feed of 100 and of 1,000 episodes: `python -m tests.benchmarks.feeds`, larger with SIZE=5000.

Cold is a request with an empty page cache, warm the same again, 304 the answer to an app that has the feed already;
peak is the memory of Python's own objects in one request. A feed of more than 1,000 episodes has pages: `all pages` is
an app that reads every one of them. The benchmark fails if more episodes take more queries.
The database is a throw-away one of the kind that DATABASE_URL names.
"""

import os
import time
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.benchmarks._database import throwaway_database

ROUNDS = 10
NOTES = "".join(
    f"### {minute}:00 第{minute}の話\n\n"
    + "".join(f"- [格子の論文 {n}](https://example.org/{minute}/{n}) についての説明。\n" for n in range(10))
    + "\n電子がゆっくり動く様子を、長い文で説明しています。" * 5
    + "\n\n"
    for minute in range(12)
)


def fill(size: int) -> None:
    """Make live episodes up to this number, about as long as real ones, each with two speakers."""
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
    """Return requests per second, and milliseconds of processor time for one."""
    start, busy = time.perf_counter(), time.process_time()
    for _ in range(rounds):
        work()
    took = time.perf_counter() - start
    return rounds / took, (time.process_time() - busy) / rounds * 1000


def report(size: int) -> int:
    """Print the times of a feed of this size; return its number of queries with an empty page cache."""
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

    def get_cold() -> Any:
        caches[PAGES].clear()
        return get()

    def get_all() -> None:
        for page in range(1, -(-size // EPISODES) + 1):
            assert get(page).status_code == 200

    def count_queries(work: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            work()
        return len(queries)

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

    first = measure(get_cold, rounds=1)  # imports, templates
    response = get()
    assert response.status_code == 200
    assert get(etag=response["ETag"]).status_code == 304
    show("cold", get_cold, 3, f"{len(response.content) / 1000:.0f} kB, the first of the process {1 / first[0]:.2f} s")
    show("warm", get, ROUNDS)
    show("304", lambda: get(etag=response["ETag"]), 200)
    if size > EPISODES:
        show("all pages", get_all, 1)
    return count_queries(get_cold)


def main() -> None:
    with throwaway_database():
        from django.db import connection  # noqa: PLC0415

        head = f"{'requests/s':>12}{'CPU ms each':>14}{'queries':>10}{'peak MB':>10}"
        print(f"{'items':>6}  {connection.vendor:<10}{head}")
        queries = {}
        for size in dict.fromkeys([100, int(os.environ.get("SIZE", "1000"))]):
            fill(size)
            queries[size] = report(size)
        assert len(set(queries.values())) == 1, f"more episodes take more queries: {queries}"


if __name__ == "__main__":
    main()
