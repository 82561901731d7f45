"""The desk with the longest episode of the show: its form, its preview and its save, and a form of eighty sections."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import partial
from http.cookies import SimpleCookie
from types import SimpleNamespace
from typing import Any

from tests.admin_forms import form_of
from tests.benchmarks.peers.wagtail import serve_wagtail
from tests.benchmarks.sites.shows import LONG
from tests.benchmarks.speed.inside import go_inside
from tests.benchmarks.speed.rounds import Case, measure, median_of
from tests.benchmarks.speed.sections.pages import EPISODES_IN_TURN, WAGTAIL
from tests.benchmarks.speed.servers import ZIPPED, Answer, Sample, Server
from tests.benchmarks.speed.stage import Stage, serve_site
from tests.benchmarks.speed.table import Row

SECTIONS, EDITED = 80, "編集"
BOUNDARY = "f0rm"
#: The name of each row, and the most that it may cost of a page that Wagtail makes.
TARGETS = {"form": 6.0, "preview": 5.6, "save": 7.5, f"form of {SECTIONS} sections": 15.0, "list of episodes": None}


class Desk:
    """An administrator's browser at the form of one thing."""

    def __init__(self, server: Server, cookie: str) -> None:
        self.server, self.cookies, self.edits = server, SimpleCookie(cookie), 0

    @property
    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        return {"Cookie": cookies, **ZIPPED}

    def open(self, path: str) -> Sample:
        return self.server.measure(path, headers=self.headers)

    def post(self, form: str, to: str, expect: int) -> Sample:
        """Load the form, change a sentence and send it; only the sending is measured."""
        self.edits += 1
        fields = self.fill_in(self.server.request(form, headers={"Cookie": self.headers["Cookie"]}))
        text = fields["sections-1-body"].partition(EDITED)[0].rstrip()
        body = _as_multipart(fields | {"sections-1-body": f"{text}\r\n\r\n{EDITED}{self.edits}"})
        headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", **self.headers}
        return self.server.measure(to, method="POST", expect=expect, body=body, headers=headers)

    def fill_in(self, form: Answer) -> dict[str, Any]:
        self.cookies.load(form.headers.get("Set-Cookie", ""))
        return form_of(SimpleNamespace(content=form.body), "episode_form")


def _as_multipart(fields: Mapping[str, Any]) -> bytes:
    """Return the body of a form as browsers send it."""
    values = [
        (name, each) for name, value in fields.items() for each in (value if isinstance(value, list) else [value])
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="'
    return "".join([*(f'{head}{name}"\r\n\r\n{value}\r\n' for name, value in values), f"--{BOUNDARY}--\r\n"]).encode()


def rows(stage: Stage, rounds: int) -> Iterator[Row]:
    with ExitStack() as stack:
        server = stack.enter_context(serve_site(stage.site))
        inside = stack.enter_context(go_inside(stage.site))
        desk = Desk(server, inside("login"))
        episodes = "/en/admin/episodes/episode/"
        long, many = (f"{episodes}{pk}/change/" for pk in (inside("key_of", number=LONG), inside("draft", sections=80)))
        cases: dict[str, Case] = {
            "form": partial(desk.open, long),
            "preview": partial(desk.post, long, f"{long}preview/", 200),
            "save": partial(desk.post, long, long, 302),
            f"form of {SECTIONS} sections": partial(desk.open, many),
            "list of episodes": partial(desk.open, episodes),
        }
        if not stage.no_peer:
            peer = stack.enter_context(serve_wagtail(stage.peer))
            cases[WAGTAIL] = median_of([partial(peer.measure, f"/{each}/") for each in EPISODES_IN_TURN])
        results = measure(cases, rounds)
    for name, target in TARGETS.items():
        against: dict[str, Any] = (
            {} if stage.no_peer else {"ratio": results.ratio(name, WAGTAIL), "of": WAGTAIL, "target": target}
        )
        yield Row(f"desk: {name}", results.cpu(name), wall=results.wall(name), **against)
