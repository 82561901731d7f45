"""Search over generated text, compared with its targets: `python -m tests.benchmarks.search`, larger with SIZE=100000.

The database is a throw-away one of the kind that DATABASE_URL names (SQLite by itself;
`python -m tests.services postgres -- python -m tests.benchmarks.search` for PostgreSQL). SQLite runs in this process:
its times are processor times, which other work on the machine does not lengthen.
"""

import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.benchmarks._database import throwaway_database

ROUNDS = 20
#: Milliseconds, 95th percentile: the index alone for twenty pages, at any size; a whole search, at 2,000 pages.
INDEX_TARGETS = {"sqlite": 0.5, "postgresql": 15.0}
FIND_TARGETS = {("sqlite", 2_000): 3.0}
#: Speakers, and of how many pages they speak in one: a host, and a guest. Each filters the word that is measured alone.
SPEAKERS = {"host": 2, "guest": 100}
WORD = "超伝導"
COLUMNS = "{:<24}{:>14}{:>14}{:>14}{:>10}"


def time_calls(work: Callable[[], object], clock: Callable[[], float]) -> list[float]:
    """Return the milliseconds of each call, the shortest first."""
    times = []
    for _ in range(ROUNDS):
        start = clock()
        work()
        times.append((clock() - start) * 1000)
    return sorted(times)


def milliseconds(work: Callable[[], object], clock: Callable[[], float]) -> str:
    """Return the median and the 95th percentile of one call."""
    times = time_calls(work, clock)
    return f"{statistics.median(times):.2f}/{times[int(ROUNDS * 0.95) - 1]:.2f}"


def measure(size: int) -> None:
    # Django must be set up before its models are imported.
    from django.db import connection  # noqa: PLC0415

    from interaxion.content.search import finding, index  # noqa: PLC0415
    from interaxion.text.search.grams import shelf_gram  # noqa: PLC0415
    from interaxion.text.search.query import parse_query  # noqa: PLC0415
    from tests.content.search.generated import QUERIES, store_rows  # noqa: PLC0415

    start = time.perf_counter()
    store_rows(size, words=800)
    took = time.perf_counter() - start
    write_speakers(size)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        f"{connection.vendor}, {size} pages of about 1,700 characters: {took:.1f} s, {took / size * 1000:.2f} ms each"
    )
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    targets = (INDEX_TARGETS.get(connection.vendor, ""), FIND_TARGETS.get((connection.vendor, size), ""))
    print(COLUMNS.format("ms, p50/p95", "index", "find", "20 excerpts", "pages"))
    print(COLUMNS.format("target", *targets, "", ""))
    for typed in QUERIES:
        query = parse_query(typed)
        grams = set().union(*(term.grams() for term in query.terms)) | {shelf_gram("content")}
        findings = finding.find(query)
        print(
            COLUMNS.format(
                typed,
                milliseconds(partial(index.find_candidates, [grams], most=20), clock),
                milliseconds(partial(finding.find, query), clock),
                milliseconds(partial(excerpts, findings.matches[:20], query), clock),
                f"{len(findings.matches)}{'+' if findings.is_capped else ''}",
            )
        )
    plain = statistics.median(time_calls(partial(find_filtered, WORD), clock))
    print(f"\nwhole, with the reading of the filter, p50: {WORD} {plain:.2f} ms")
    for name, share in SPEAKERS.items():
        typed = f"speaker:{name} {WORD}"
        took = statistics.median(time_calls(partial(find_filtered, typed), clock))
        pages = len(find_filtered(typed).matches)
        print(f"{typed} (in {size // share} pages): {took:.2f} ms, {took / plain:.1f} times as long, {pages} pages")


def write_speakers(size: int) -> None:
    """Write the posts of the rows, as far as filters read them, with their speakers."""
    from django.utils import timezone  # noqa: PLC0415

    from posts.models import Category, Post, PostAuthorship  # noqa: PLC0415
    from tests.factories import make_speaker  # noqa: PLC0415

    category, _is_new = Category.objects.get_or_create(slug="blog")
    facts = {"category": category, "status": "published", "publish_at": timezone.now()}
    Post.objects.bulk_create(Post(pk=pk, path=f"/blog/{pk}", **facts) for pk in range(1, size + 1))
    for name, share in SPEAKERS.items():
        speaker = make_speaker(name=name)
        PostAuthorship.objects.bulk_create(
            PostAuthorship(post_id=pk, speaker=speaker) for pk in range(share, size + 1, share)
        )


def find_filtered(typed: str) -> Any:
    """Search as the page does: filters are read and turned into the content that they name."""
    from interaxion.content.search.finding import find  # noqa: PLC0415
    from interaxion.sitewide.pages.search_filters import Names, passing_all  # noqa: PLC0415
    from interaxion.text.search.query import parse_query  # noqa: PLC0415

    names = Names()
    query = parse_query(typed, names.is_name)
    filters = names.read(query.filters)
    return find(query, within=passing_all(filters))


def excerpts(matches: Any, query: Any) -> list[Any]:
    from interaxion.content.search.results import read  # noqa: PLC0415

    return [(result.title, result.hits) for result in read(matches, query)]


def main() -> None:
    with throwaway_database():
        measure(int(os.environ.get("SIZE", "2000")))


if __name__ == "__main__":
    main()
