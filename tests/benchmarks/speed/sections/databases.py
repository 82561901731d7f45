"""PostgreSQL instead of SQLite, and Redis instead of the memory of a process: their servers' time counts too."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests.benchmarks.speed.inside import Inside, go_inside
from tests.benchmarks.speed.processes import cpu_seconds, tree_of
from tests.benchmarks.speed.rounds import Case, Rounds, measure, median_of
from tests.benchmarks.speed.sections.pages import KEPT, PAGE, SEARCH
from tests.benchmarks.speed.servers import ZIPPED, Sample, Server
from tests.benchmarks.speed.stage import EPISODES, Stage, make_site, serve_site
from tests.benchmarks.speed.table import Row
from tests.services import ServiceMissing, postgres, running_redis

MOST_OF_SQLITE = 1.6
FEED = "/feed.xml"


def rows(stage: Stage, rounds: int) -> Iterator[Row]:
    try:
        yield from _with_postgres(stage, rounds)
    except ServiceMissing as reason:
        yield Row("PostgreSQL", missing=str(reason))
    try:
        yield from _with_redis(stage, rounds)
    except ServiceMissing as reason:
        yield Row("Redis", missing=str(reason))


def _with_postgres(stage: Stage, rounds: int) -> Iterator[Row]:
    with ExitStack() as stack:
        url = stack.enter_context(postgres())
        folder = stage.folder / "site-postgres"
        folder.mkdir(exist_ok=True)
        make_site(folder, EPISODES, settings={"DATABASE_URL": url})
        cases: dict[str, Case] = {}
        engines: list[tuple[str, Path, dict[str, str]]] = [
            ("SQLite", stage.site, {}),
            ("PostgreSQL", folder, {"DATABASE_URL": url}),
        ]
        for name, site, settings in engines:
            inside = stack.enter_context(go_inside(site, settings))
            database = inside("postmaster")
            kept, cold = (
                stack.enter_context(serve_site(site, is_cold=is_cold, also=database, settings=settings))
                for is_cold in (False, True)
            )
            cases |= {f"{case}, {name}": work for case, work in _cases(kept, cold, inside, database).items()}
        results = measure(cases, rounds)
    for case in ("kept page", "304", "episode page, made anew", "search"):
        yield _row(results, case, "PostgreSQL", "SQLite", MOST_OF_SQLITE)
    yield _row(results, "episode page, after a save of another one", "PostgreSQL", "SQLite", None)


def _with_redis(stage: Stage, rounds: int) -> Iterator[Row]:
    with ExitStack() as stack:
        url, process = stack.enter_context(running_redis())
        cases: dict[str, Case] = {}
        caches: list[tuple[str, dict[str, str], int]] = [("memory", {}, 0), ("Redis", {"CACHE_URL": url}, process.pid)]
        for name, settings, also in caches:
            server = stack.enter_context(serve_site(stage.site, also=also, settings=settings))
            for case, path in (("kept page", PAGE), ("kept feed", FEED)):
                cases[f"{case}, {name}"] = partial(server.measure, path, count=KEPT, headers=ZIPPED)
        results = measure(cases, rounds)
    for case in ("kept page", "kept feed"):
        yield _row(results, case, "Redis", "memory", None)


def _cases(kept: Server, cold: Server, inside: Inside, database: int) -> dict[str, Case]:
    def made_anew(saved: int = 57) -> Sample:
        inside("save", number=saved)
        return cold.measure(PAGE, headers=ZIPPED)

    def save() -> Sample:
        server = tree_of(database) if database else []
        before = cpu_seconds(server)
        spent = inside("save", number=57)["cpu"] + (cpu_seconds(server) - before) * 1000
        return Sample(spent, spent)

    def conditional() -> Sample:
        etag = kept.request(PAGE, headers=ZIPPED).headers["ETag"]
        return kept.measure(PAGE, count=KEPT, expect=304, headers={"If-None-Match": etag, **ZIPPED})

    def warm() -> Sample:
        kept.request(PAGE, headers=ZIPPED)
        return kept.measure(PAGE, count=KEPT, headers=ZIPPED)

    return {
        "kept page": warm,
        "304": conditional,
        "episode page, made anew": median_of([made_anew] * 5),
        "episode page, after a save of another one": median_of([partial(made_anew, 1)] * 5),
        "store()": save,
        "search": median_of([partial(cold.measure, SEARCH, headers=ZIPPED)] * 5),
    }


def _row(results: Rounds, case: str, name: str, other: str, target: float | None) -> Row:
    this = f"{case}, {name}"
    ratio = results.ratio(this, f"{case}, {other}")
    return Row(this, results.cpu(this), "ms", ratio, other, target, results.wall(this))
