"""The ground of all measurements: our site with a show, and the same show for the peers, in a throw-away folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.peers import wagtail
from tests.benchmarks.peers.missing import Missing
from tests.benchmarks.speed.inside import NONE, Settings, go_inside, site_environment
from tests.benchmarks.speed.servers import Server
from tests.drills.site import SERVER, manage, serve
from tests.services import free_port

#: As many as the real show has: its feed holds them all.
EPISODES = 78
COLD = [*SERVER, "tests.benchmarks.speed.cold_wsgi"]


@dataclass(frozen=True)
class Stage:
    """`site` is the VAR_DIR of ours, `peer` the folder of Wagtail's; `no_peer` says why there is none."""

    folder: Path
    site: Path
    peer: Path
    no_peer: str


def make_site(folder: Path, size: int, show: Path | None = None, settings: Settings = NONE) -> Path:
    """Make a site of `size` episodes in `folder`, and write what it says to the file `show`."""
    manage(folder, "prepare", settings=site_environment(folder, settings))
    with go_inside(folder, settings) as inside:
        inside("fill", size=size)
        if show:
            inside("describe", file=str(show))
    manage(folder, "tick", "--links", "0", settings=site_environment(folder, settings))  # what the worker would write
    return folder


def set_stage(folder: Path) -> Stage:
    """Make what is not in `folder` from another time, and bring that up to date."""
    show, site, peer, no_peer = folder / "show.jsonl", folder / "site", folder / "wagtail", ""
    site.mkdir(exist_ok=True)
    make_site(site, EPISODES, show)
    try:
        wagtail.install()
        if not peer.exists():
            wagtail.fill(peer, show)
        with serve_site(site) as server:
            pages = {"/57/": "/57", "/": "/episodes/"}
            wagtail.fit(peer, {path: len(server.request(ours).body) for path, ours in pages.items()})
    except Missing as reason:
        no_peer = str(reason)
    return Stage(folder, site, peer, no_peer)


@contextmanager
def serve_site(
    folder: Path, *, is_cold: bool = False, workers: int = 1, also: int = 0, settings: Settings = NONE
) -> Iterator[Server]:
    """Serve our site as `make run` does; `is_cold` empties all caches before each request."""
    port = free_port()
    environment = site_environment(folder, settings) | {"PORT": str(port), "WEB_CONCURRENCY": str(workers)}
    with serve(COLD if is_cold else SERVER, port, environment, folder / f"log{port}") as pid:
        yield Server(port, pid, also)
