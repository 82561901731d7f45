"""The memory of two workers with all that runs beside them: fresh, and after every page, both feeds and a search."""

import random
from collections.abc import Iterator

from tests.benchmarks.peers.wagtail import serve_wagtail
from tests.benchmarks.sites.shows import SEED
from tests.benchmarks.speed.inside import go_inside
from tests.benchmarks.speed.processes import cpu_seconds, pss_megabytes
from tests.benchmarks.speed.servers import ZIPPED, Server
from tests.benchmarks.speed.stage import EPISODES, Stage, serve_site
from tests.benchmarks.speed.table import Row

WORKERS = 2
#: Requests of each address, so that both workers get nearly every one.
TIMES = 3
#: Of processor time: the most that a crawl may take after a save, which makes every kept page old.
CRAWL_SECONDS = 5
#: Pages of works, of which there are thousands: so many by chance.
WORKS = 100


def rows(stage: Stage, rounds: int) -> Iterator[Row]:
    with go_inside(stage.site) as inside:
        pages = inside("addresses")
    random.Random(SEED).shuffle(pages["works"])  # noqa: S311 (no secret)
    ours = [path for kind, paths in pages.items() for path in paths[: WORKS if kind == "works" else None]]
    ours = [path for path in ours if not path.startswith("/en/")]
    theirs = ["/", "/feed.xml", *(f"/{number}/" for number in range(1, EPISODES + 1))]
    with serve_site(stage.site, workers=WORKERS) as server:
        fresh, after, seconds = _before_and_after(server, ours)
    yield Row(f"a crawl of {len(ours)} pages, none kept", seconds, "s", target=CRAWL_SECONDS)
    yield Row("our memory, two workers, fresh", fresh, "MB")
    yield Row(f"after {len(ours)} pages, feeds and searches", after, "MB", after / fresh, "fresh", 1.25)
    if stage.no_peer:
        yield Row("memory of Wagtail", missing=stage.no_peer)
        return
    with serve_wagtail(stage.peer, workers=WORKERS) as server:
        fresh, most, _seconds = _before_and_after(server, theirs * (len(ours) // len(theirs)))
    yield Row("Wagtail's memory, two workers, fresh", fresh, "MB")
    yield Row("Wagtail's memory after as many pages", most, "MB")
    yield Row("ours after all that, against Wagtail's", after, "MB", after / most, "Wagtail", 1)


def _before_and_after(server: Server, paths: list[str]) -> tuple[float, float, float]:
    """Return megabytes before any page and after all of them, and the seconds of processor time of the first round.

    Each request has a connection of its own, so that it may reach either worker.
    """
    processes, seconds = server.processes(), []
    fresh, before = pss_megabytes(processes), cpu_seconds(processes)
    for _ in range(TIMES):
        for path in paths:
            server.forget_connection()
            answer = server.request(path, headers=ZIPPED)
            assert answer.status == 200, f"{path}: {answer.status}"
        seconds.append(cpu_seconds(processes) - before)
    return fresh, pss_megabytes(server.processes()), seconds[0]
