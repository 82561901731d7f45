"""Forged requests to every route, with hidden content of every kind and state: no 500, and no leak.

1,500 requests, always the same ones; `make fuzz` sends 10,000 others (FORGED_REQUESTS, FORGED_SEED).
"""

import gzip
import logging
import os
import re
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.core.signals import got_request_exception, request_finished, request_started
from django.db import close_old_connections, connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from interaxion.serving.cookies import DESK
from tests.factories import (
    make_category,
    make_chapter,
    make_course,
    make_episode,
    make_letter,
    make_page,
    make_post,
    make_speaker,
    make_user,
)
from tests.forging import FOREIGN, Forged, forge
from tests.sitewide.test_leaks import HIDDEN, LISTS, hide, twin  # noqa: F401  `twin` is a fixture

COUNT = int(os.environ.get("FORGED_REQUESTS") or 1500)
SEED = int(os.environ.get("FORGED_SEED") or 20261130)
#: What only hidden things hold, by where it stands.
WORDS = {part: f"quokka{part}" for part in ("title", "text", "person", "tag", "shelf", "letter", "file", "paper")}
pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.filterwarnings("ignore:No directory at")]


@dataclass
class Answer:
    """The response to a forged request, and the traceback if the site failed."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes
    failure: str

    @property
    def text(self) -> str:
        head = "\n".join(f"{name}: {unquote(value)}" for name, value in self.headers)
        return f"{head}\n{unquote(self.body.decode(errors='replace'))}".casefold()

    def header(self, name: str) -> str:
        return next((value for other, value in self.headers if other == name), "")


def make_hidden(why: str, number: int) -> list[str]:
    """Make one thing of each kind in this state, and return the addresses."""
    title, text, paper = WORDS["title"], WORDS["text"], f"[{WORDS['paper']}](https://doi.org/10.1000/{why})"
    speaker = make_speaker(name=f"{WORDS['person']} {why}", bio=text)
    tags = (f"{WORDS['tag']}-{why}", "twin")
    make_category(slug=f"shelf-{why}", name=WORDS["shelf"])
    course = make_course(slug=f"course-{why}", title=title, summary=text)
    body = f"{text} {paper}\n"
    audio: dict[str, Any] = {"audio_url": f"https://example.org/{WORDS['file']}.mp3", "audio_bytes": 1}
    things = [
        course,
        make_chapter(course=course, source=body, title=title, tags=tags, live=True),
        make_episode(number=str(number), title=title, notes=f"### 0:10 {body}", speakers=(speaker,), **audio),
        make_post(title=title, path=f"/blog/{why}", body=body, authors=(speaker,), tags=tags),
        make_post(title=title, path=f"/shelf-{why}/one", category=f"shelf-{why}"),
        make_page(title=title, path=f"/page-{why}/", body=text, in_navigation=True),
    ]
    for thing in things:
        hide(thing, why)
    return [*(thing.path for thing in things), speaker.path, f"/tags/{tags[0]}/", f"/shelf-{why}/", f"/{number}"]


def routes(patterns: list[URLPattern | URLResolver], prefix: str = "/") -> Iterator[str]:
    """Yield an address for each route of the site."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield re.sub(r"<[^>]*>|[\^$()?]", lambda found: "1" if found.group().startswith("<") else "", route)


@pytest.fixture
def addresses(twin, settings) -> dict[bool, list[str]]:  # noqa: F811
    """Make a site, and return the addresses that everybody asks for, and those for somebody logged in."""
    settings.IS_PRODUCTION = True  # forwarding headers are read
    settings.SENDS_MAIL = True
    make_letter(body=WORDS["letter"], name=WORDS["person"])
    hidden = [address for at, why in enumerate(HIDDEN) for address in make_hidden(why, 61 + at)]
    ordinary = [*LISTS, *LISTS, *routes(get_resolver().url_patterns), "/static/css/tokens.css", "/media/a.png"]
    desk = [address for address in ordinary if DESK.match(address)]
    public = [address for address in ordinary if not DESK.match(address)]
    return {False: [*public, *hidden, *hidden, *desk[::5]], True: [*desk, *hidden]}


@pytest.fixture
def send(caplog) -> Iterator[Callable[[Forged], Answer]]:
    """Return what a server does with a request: it calls the WSGI application and reads the answer."""
    caplog.set_level(logging.CRITICAL)
    application = import_module("interaxion.wsgi").application
    failures: list[str] = []

    def note(**_signal: object) -> None:
        failures.append(traceback.format_exc())

    def answer(forged: Forged) -> Answer:
        failures.clear()
        began: list[tuple[str, list[tuple[str, str]]]] = []
        with transaction.atomic():
            parts = application(forged.environ(), lambda status, headers, *_: began.append((status, headers)))
            body = b"".join(parts)
            getattr(parts, "close", lambda: None)()  # only a response must be closed, no list
            transaction.set_rollback(True)  # the next request finds the same site
        status, headers = began[-1]
        if ("Content-Encoding", "gzip") in headers and body:
            body = gzip.decompress(body)
        return Answer(int(status.split()[0]), headers, body, "".join(failures))

    got_request_exception.connect(note)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)  # the connection of the test holds what it made
    yield answer
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    got_request_exception.disconnect(note)


def faults(forged: Forged, answer: Answer, *, is_known: bool) -> Iterator[str]:
    """Yield what is wrong with an answer; `is_known`: it is for somebody who may see everything."""
    if answer.status >= 500:
        yield answer.failure
    if answer.header("Location") and urlsplit(answer.header("Location")).netloc not in {"", "testserver"}:
        yield f"it leads to {answer.header('Location')}"
    if is_known:
        return
    yield from (f"it says {word}" for word in WORDS.values() if word in answer.text and not forged.says(word))
    if FOREIGN in answer.text:
        yield "it repeats a header"
    if answer.header("Set-Cookie") and not DESK.match(forged.path.decode(errors="replace")):
        yield "it sets a cookie"


def test_forged_request_is_answered_without_a_failure_and_without_a_leak(addresses, send):
    client = Client()
    client.force_login(make_user(is_superuser=True))
    token = "a" * 32
    known = {"COOKIE": f"sessionid={client.session.session_key}; csrftoken={token}", "X_CSRFTOKEN": token}
    found = []
    count = COUNT if connection.vendor == "sqlite" else COUNT // 5

    requests = {who: forge(addresses[who], [*WORDS.values()], seed=SEED + who) for who in (False, True)}
    for number in range(count):
        is_known = number % 3 == 0
        forged = next(requests[is_known])
        if is_known:
            forged.headers |= known
        for fault in faults(forged, send(forged), is_known=is_known):
            found.append(f"{forged}\n{fault}")

    if found:
        pytest.fail(f"{len(found)} faults, seed {SEED}, such as\n" + "\n".join(found[:9]), pytrace=False)
