"""The same pages, lists, feeds, searches and saves in a show of 100 episodes and in one of SIZE."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from tests.benchmarks.speed.inside import Inside, go_inside
from tests.benchmarks.speed.rounds import Case, Rounds, measure
from tests.benchmarks.speed.sections.in_process import after_save, kept, sample, save
from tests.benchmarks.speed.sections.pages import SEARCH
from tests.benchmarks.speed.stage import Stage, make_site
from tests.benchmarks.speed.table import Row, without_details

SMALL, SIZE = 100, int(os.environ.get("SIZE") or 400)
MOST = 1.5
TAG = "/tags/%E8%B6%85%E4%BC%9D%E5%B0%8E/"
ADMIN = "/en/admin/episodes/episode/"
#: What is asked for, cold, by name.
PAGES = {
    "home": "/",
    "list of episodes": "/episodes/",
    "oldest page of the list": "/episodes/page/1/",
    "speakers": "/speakers/",
    "a host": "/speakers/oka/",
    "tags": "/tags/",
    "a tag": TAG,
    "sitemap": "/sitemap.xml",
    "search": SEARCH,
    "search with a host": f"{SEARCH}%20speaker:oka",
    "search for one character": "/search?q=%E5%85%89",
}
#: The same, compared by their items: a larger show has more of them, up to a limit.
FEEDS = {"podcast feed": "/feed.xml", "Atom feed": "/atom.xml", "feed of a tag": f"{TAG}feed.xml"}


def rows(stage: Stage, rounds: int) -> Iterator[Row]:
    with ExitStack() as stack:
        insides = [stack.enter_context(go_inside(site_of(stage, size))) for size in (SMALL, SIZE)]
        items = {name: [inside("items", path=path) for inside in insides] for name, path in FEEDS.items()}
        small, large = (_cases(inside) for inside in insides)
        both = {f"{SMALL} {name}": case for name, case in small.items()}
        both |= {f"{SIZE} {name}": case for name, case in large.items()}
        results = measure({name: both[name] for name in sorted(both, key=lambda name: name.split(" ", 1)[1])}, rounds)
    yield from without_details(_row(name, results, *items.get(name, (1, 1))) for name in large)


def site_of(stage: Stage, size: int) -> Path:
    """Return a site of `size` episodes: the one of the stage, which grows in a copy."""
    folder = stage.folder / f"site-{size}"
    if not folder.exists():
        shutil.copytree(stage.site, folder)
    return make_site(folder, size)


def _cases(inside: Inside) -> dict[str, Case]:
    cookie = inside("login")
    change = f"{ADMIN}{inside('key_of', number=57)}/change/"
    return {
        "episode page": partial(after_save, inside, "/57", 57),
        **{name: partial(sample, inside, path) for name, path in (PAGES | FEEDS).items()},
        "store()": partial(save, inside, 57),
        "list of the desk": partial(sample, inside, ADMIN, cookie=cookie),
        "start page of the desk": partial(sample, inside, "/en/admin/", cookie=cookie),
        "form of the desk": partial(sample, inside, change, cookie=cookie),
        "kept page": partial(kept, inside, "/57"),
    }


def _row(name: str, results: Rounds, few: int, many: int) -> Row:
    small, large = f"{SMALL} {name}", f"{SIZE} {name}"
    by_items = f", each of {many} items" if many > 1 else ""
    ratio = results.ratio(large, small) * few / many
    return Row(f"{name}, {SIZE} episodes{by_items}", results.cpu(large) / many, "ms", ratio, f"{SMALL} episodes", MOST)
