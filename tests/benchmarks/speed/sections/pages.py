"""Public pages: made anew and kept, beside Wagtail without and with its cache, a bare view and a file of nginx."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

from tests.benchmarks.peers.files import serve_bare_view, serve_files
from tests.benchmarks.peers.missing import Missing
from tests.benchmarks.peers.wagtail import serve_wagtail
from tests.benchmarks.speed.inside import Inside, go_inside
from tests.benchmarks.speed.rounds import Case, Rounds, measure, median_of
from tests.benchmarks.speed.servers import NONE, ZIPPED, Headers, Sample, Server
from tests.benchmarks.speed.stage import EPISODES, Stage, serve_site
from tests.benchmarks.speed.table import Row

#: Requests of one measurement of what is kept, of a page that is made, and of the episodes that take turns.
KEPT, MADE, EPISODES_IN_TURN = 200, 10, range(6, EPISODES, 8)
PAGE, SEARCH = "/57", "/search?q=%E8%B6%85%E4%BC%9D%E5%B0%8E"
WAGTAIL, CACHED, LISTED, RSS = "Wagtail", "Wagtail + cache", "Wagtail list", "Wagtail RSS"


def rows(stage: Stage, rounds: int) -> Iterator[Row]:
    with ExitStack() as stack:
        kept, cold = (stack.enter_context(serve_site(stage.site, is_cold=is_cold)) for is_cold in (False, True))
        inside = stack.enter_context(go_inside(stage.site))
        cases = _of_ours(kept, cold, inside)
        page = kept.request(PAGE).body
        peers, missing = _of_peers(stage, stack, page)
        results = measure(cases | peers, rounds)
    yield from _against_targets(results, stage.no_peer)
    yield from missing


def _of_ours(kept: Server, cold: Server, inside: Inside) -> dict[str, Case]:
    etag = kept.request(PAGE, headers=ZIPPED).headers["ETag"]

    def cold_after_save(path: str, number: int) -> Sample:
        inside("save", number=number)
        return cold.measure(path, headers=ZIPPED)

    def conditional() -> Sample:
        nonlocal etag
        etag = kept.request(PAGE, headers=ZIPPED).headers["ETag"]
        return kept.measure(PAGE, count=KEPT, expect=304, headers={"If-None-Match": etag, **ZIPPED})

    def warm(path: str, headers: Headers = NONE) -> Sample:
        kept.request(path, headers=headers)
        return kept.measure(path, count=KEPT, headers=headers)

    newest, other = EPISODES - 3, 1
    return {
        "episode": median_of([partial(cold_after_save, f"/{each}", each) for each in EPISODES_IN_TURN]),
        "another": median_of([partial(cold_after_save, f"/{each}", other) for each in EPISODES_IN_TURN]),
        "home": median_of([partial(cold_after_save, "/", newest)] * 3),
        "list": median_of([partial(cold_after_save, "/episodes/", newest)] * 5),
        "feed": median_of([partial(cold_after_save, "/feed.xml", newest)] * 3),
        "search": median_of([partial(cold.measure, SEARCH, headers=ZIPPED)] * 5),
        "kept": partial(warm, PAGE),
        "kept, gzip": partial(warm, PAGE, headers=ZIPPED),
        "kept feed, gzip": partial(warm, "/feed.xml", headers=ZIPPED),
        "304": conditional,
        "healthz": partial(warm, "/healthz"),
    }


def _of_peers(stage: Stage, stack: ExitStack, page: bytes) -> tuple[dict[str, Case], list[Row]]:
    cases: dict[str, Case] = {}
    missing: list[Row] = []
    limits: dict[str, Any] = {"nginx, a file": serve_files, "bare Django view": serve_bare_view}
    for name, start in limits.items():
        try:
            server = stack.enter_context(start(stage.folder / "limits", page))
            cases[name] = partial(server.measure, "/page", count=KEPT)
        except Missing as reason:
            missing.append(Row(name, missing=str(reason)))
    if stage.no_peer:
        return cases, [*missing, Row("all ratios to Wagtail", missing=stage.no_peer)]
    plain, cached = (stack.enter_context(serve_wagtail(stage.peer, is_cached=each)) for each in (False, True))
    cases[WAGTAIL] = median_of([partial(plain.measure, f"/{each}/", headers=ZIPPED) for each in EPISODES_IN_TURN])
    cases[LISTED] = median_of([partial(plain.measure, "/", headers=ZIPPED)] * 5)
    cases[RSS] = median_of([partial(plain.measure, "/feed.xml", headers=ZIPPED)] * 3)
    cases[CACHED] = partial(cached.measure, "/57/", count=KEPT)
    return cases, missing


def _against_targets(results: Rounds, no_peer: str) -> Iterator[Row]:
    def row(name: str, case: str, to: str, target: float | None = None) -> Row:
        if to not in results.samples:
            return Row(name, results.cpu(case), wall=results.wall(case))
        return Row(name, results.cpu(case), "ms", results.ratio(case, to), to, target, results.wall(case))

    yield row("episode page, made anew", "episode", WAGTAIL, 0.4)
    yield row("episode page, after a save of another one", "another", WAGTAIL)
    yield row(f"list of {EPISODES}, made anew", "list", LISTED, 0.5)
    yield row(f"podcast feed of {EPISODES}, made anew", "feed", RSS, 0.66)
    yield row("home, made anew", "home", WAGTAIL)
    yield row("search (never kept)", "search", WAGTAIL)
    yield row("kept page, identity", "kept", CACHED, 1.4)
    yield row("kept page, gzip", "kept, gzip", CACHED, 1.4)
    yield row("304", "304", CACHED, 1.4)
    yield row("kept page against a page that Wagtail makes", "kept, gzip", WAGTAIL, 0.1)
    yield row("kept feed, gzip", "kept feed, gzip", CACHED)
    yield row("/healthz", "healthz", CACHED)
    for name in ("bare Django view", "nginx, a file"):
        if name in results.samples:
            yield row(name, name, CACHED)
            yield row(f"kept page against: {name}", "kept", name)
    for name in () if no_peer else (WAGTAIL, LISTED, RSS, CACHED):
        yield Row(name, results.cpu(name), wall=results.wall(name))
