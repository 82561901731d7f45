"""The job that fetches the pictures of other sites for what was imported."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from interaxion.content.importing.outcome import Outcome, WantedPicture
from interaxion.content.importing.remote_pictures import (
    PROBLEMS,
    derive_again,
    fetch_picture,
    fill_field,
    find_remote_pictures,
    why_not,
)
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.queueing import queue_job
from interaxion.content.jobs.work import Work
from interaxion.web.ssrf_guard import IPNetwork


def queue_pictures(user: Any, outcomes: Iterable[Outcome] = ()) -> Job:
    """Queue the fetching for all imported texts, and for the fields that these outcomes of an import name."""
    wanted = [asdict(each) for outcome in outcomes for each in outcome.wanted_pictures]
    subject = sha256(json.dumps(wanted).encode()).hexdigest() if wanted else "all"
    return queue_job(FETCH_PICTURES, subject=subject, about="", inputs={"fields": wanted}, user=user)


def fetch_pictures(work: Work, *, allowed_networks: Sequence[IPNetwork] = ()) -> None:
    """Fetch one picture after the other, and render what names it. `allowed_networks` pass the guard, too."""
    things = list(find_remote_pictures())
    fields = [WantedPicture(**each) for each in work.inputs.get("fields", [])]
    problems: dict[str, str] = {}
    fetched: set[str] = set()
    work.expect(len({url for _thing, urls in things for url in urls}) + len(fields))
    work.report = {"fetched": 0, "problems": []}

    def attempt(url: str, fetch: Callable[[], object]) -> None:
        try:
            if fetch():
                fetched.add(url)
        except PROBLEMS as problem:
            problems[url] = why_not(url, problem)
        work.report |= {"fetched": len(fetched), "problems": [{"url": u, "why": problems[u]} for u in problems]}
        work.step("%(url)s", url=url)

    for thing, urls in things:
        for url in urls:
            if url not in fetched and url not in problems:
                attempt(url, partial(fetch_picture, url, allowed_networks=allowed_networks))
        if not fetched.isdisjoint(urls):
            derive_again(thing)
    for wanted in fields:
        attempt(wanted.url, partial(fill_field, wanted, allowed_networks=allowed_networks))


def present_pictures(report: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the report with a sentence that sums it up."""
    message = ngettext("%(count)d picture was fetched.", "%(count)d pictures were fetched.", report["fetched"])
    return {"message": message % {"count": report["fetched"]}, **report}


def may_fetch(user: Any, inputs: Mapping[str, Any]) -> bool:
    return user.has_perm("episodes.publish_episode")


FETCH_PICTURES = register(
    JobKind(
        "fetch_pictures",
        _("Fetching the pictures of other sites"),
        fetch_pictures,
        may_fetch,
        present_pictures,
        "admin/fetched_pictures.html",
    )
)
