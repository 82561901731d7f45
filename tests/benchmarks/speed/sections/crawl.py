"""Every kind of address at SIZE episodes: the first, the middle and the last one, and BENCH_CRAWL= more by chance."""

import os
import random
import re
import statistics
from collections.abc import Iterator
from contextlib import ExitStack
from typing import NamedTuple
from urllib.parse import unquote

from tests.benchmarks.peers.wagtail import serve_wagtail
from tests.benchmarks.sites.shows import SEED
from tests.benchmarks.speed.inside import go_inside
from tests.benchmarks.speed.sections.growth import SIZE, site_of
from tests.benchmarks.speed.sections.pages import WAGTAIL
from tests.benchmarks.speed.servers import Server
from tests.benchmarks.speed.stage import Stage, serve_site
from tests.benchmarks.speed.table import Row, without_details

BY_CHANCE = int(os.environ.get("BENCH_CRAWL") or 200)
#: The most that any page may cost of one that Wagtail makes; this is measured before every so many of ours, and ours
#: only after some that warm the server up.
MOST, EVERY, WARMING = 14, 25, 20
FURTHER = re.compile(r'(?:href="|<atom:link[^>]*href="|<loc>)(?:https?://[^/"<]+)?(/[^"<]*/page/\d+[^"<]*)')


class Visit(NamedTuple):
    kind: str
    path: str
    status: int
    cpu: float


def rows(stage: Stage, rounds: int) -> Iterator[Row]:
    with ExitStack() as stack:
        site = site_of(stage, SIZE)
        with go_inside(site) as inside:
            pages = inside("addresses")
        ours = stack.enter_context(serve_site(site, is_cold=True))
        peer = None if stage.no_peer else stack.enter_context(serve_wagtail(stage.peer))
        visits, unit = crawl(ours, peer, pages)
    yield from _rows_of(visits, unit)
    if stage.no_peer:
        yield Row("against Wagtail", missing=stage.no_peer)


def crawl(ours: Server, peer: Server | None, pages: dict[str, list[str]]) -> tuple[list[Visit], float | None]:
    """Return a visit for each address, and what a page costs Wagtail meanwhile."""
    dice = random.Random(SEED)  # noqa: S311 (no secret)
    everything = [(kind, path) for kind, paths in pages.items() for path in paths]
    asked = [(kind, path) for kind, paths in pages.items() for path in _first_middle_last(paths)]
    asked += dice.sample(everything, min(BY_CHANCE, len(everything)))
    known = {path for _kind, path in asked}
    visits: list[Visit] = []
    units: list[float] = []
    further: dict[str, list[str]] = {}
    for _kind, path in asked[:WARMING]:
        ours.request(path)

    def visit(kind: str, path: str) -> None:
        if peer and len(visits) % EVERY == 0:
            units.append(peer.measure("/57/", count=3).cpu)
        answer, cpu = ours.spend(path)
        if units and cpu > MOST / 2 * units[-1]:  # that another program was in the way is no finding
            cpu = statistics.median([cpu, ours.spend(path)[1], ours.spend(path)[1]])
        visits.append(Visit(kind, path, answer.status, cpu))
        for link in FURTHER.findall(answer.body.decode(errors="replace")):
            if link not in known:
                known.add(link)
                further.setdefault(f"further pages of {kind}", []).append(link)

    for kind, path in asked:
        visit(kind, path)
    for kind, paths in list(further.items()):
        for path in _first_middle_last(paths):
            visit(kind, path)
    return visits, statistics.median(units) if units else None


def _first_middle_last(paths: list[str]) -> list[str]:
    return list(dict.fromkeys([paths[0], paths[len(paths) // 2], paths[-1]])) if paths else []


def _rows_of(visits: list[Visit], unit: float | None) -> Iterator[Row]:
    failed = [visit for visit in visits if visit.status != 200]
    yield Row(f"{len(visits)} addresses at {SIZE} episodes, other than 200", len(failed), "", target=0)
    for visit in failed[:20]:
        print(f"    {visit.status} {visit.path}")
    by_kind = {visit.kind: visit for visit in sorted(visits, key=lambda visit: visit.cpu)}
    dearest = sorted(by_kind.values(), key=lambda visit: -visit.cpu)
    yield from without_details(_row(visit, unit) for visit in dearest)


def _row(visit: Visit, unit: float | None) -> Row:
    name = f"dearest of {visit.kind}: {unquote(visit.path)[:30]}"
    return Row(name, visit.cpu, "ms", visit.cpu / unit, WAGTAIL, MOST) if unit else Row(name, visit.cpu)
