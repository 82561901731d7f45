"""Our site beside its peers, in one run: `python -m tests.benchmarks.speed [SECTION…]`.

BENCH_PEERS=1 installs Wagtail, BENCH_ROUNDS= sets how often everything is measured, BENCH_JSON= names a file for the
results, BENCH_STAGE= a folder in which the sites stay for another run. Every number is processor time of a server's
whole tree of processes for one request, and a ratio is the median of the ratios within each round. A page is *made
anew* by the first request after a save of the episode that it shows, with all caches empty: another process saves it,
which counts in the rows of the desk.
"""

import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.benchmarks.speed.sections import crawl, databases, desk, growth, imports, in_process, memory, pages
from tests.benchmarks.speed.stage import EPISODES, Stage, set_stage
from tests.benchmarks.speed.table import Row, print_rows, to_markdown, write_json

SECTIONS: dict[str, Callable[[Stage, int], Iterator[Row]]] = {
    "pages": pages.rows,
    "in_process": in_process.rows,
    "desk": desk.rows,
    "databases": databases.rows,
    "memory": memory.rows,
    "growth": growth.rows,
    "crawl": crawl.rows,
    "imports": imports.rows,
}
NOTES = """
What is kept: ours keeps whole pages, each under a key that changes with every save; nothing of it can be stale.
Wagtail + cache is Django's per-site cache, which may be stale for its 600 s. Wagtail and the bare view keep nothing.
The Wagtail site shows the same text, tags, speakers and neighbours; the rest of its page is literal text of as many
bytes as ours has: backlinks, related episodes, the player's chapters and the like cost it nothing.
"""


def main(names: list[str]) -> int:
    rounds = int(os.environ.get("BENCH_ROUNDS") or 5)
    results: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="interaxion-bench-") as temporary:
        folder = os.environ.get("BENCH_STAGE") or temporary
        start = time.perf_counter()
        stage = set_stage(Path(folder))
        print(f"{EPISODES} episodes, {rounds} rounds; made in {time.perf_counter() - start:.0f} s")
        for name in names or SECTIONS:
            results += print_rows(name, _measurable(name, SECTIONS[name](stage, rounds)))
    print(NOTES)
    print(to_markdown(results))
    if file := os.environ.get("BENCH_JSON"):
        write_json(Path(file), {"episodes": EPISODES, "rounds": rounds, "load": os.getloadavg()}, results)
    return int(any(row.is_failure for row in results))


def _measurable(name: str, rows: Iterator[Row]) -> Iterator[Row]:
    """Yield the rows; if the measurement breaks off, a row that says so, since the other sections still count."""
    try:
        yield from rows
    except Exception as problem:
        traceback.print_exc()
        yield Row(name, missing=f"{type(problem).__name__}: {problem}".splitlines()[0], is_failure=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
