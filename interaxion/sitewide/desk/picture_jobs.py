"""The job that fetches the pictures of other sites for what was imported."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from interaxion.content.importing.remote_pictures import (
    PROBLEMS,
    derive_again,
    fetch_picture,
    find_remote_pictures,
    why_not,
)
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.queueing import queue_job
from interaxion.content.jobs.work import Work
from interaxion.web.ssrf_guard import IPNetwork


def queue_pictures(user: Any) -> Job:
    return queue_job(FETCH_PICTURES, subject="all", about="", inputs={}, user=user)


def fetch_pictures(work: Work, *, allowed_networks: Sequence[IPNetwork] = ()) -> None:
    """Fetch one picture after the other, and render what names it. `allowed_networks` pass the guard, too."""
    things = list(find_remote_pictures())
    problems: dict[str, str] = {}
    fetched: set[str] = set()
    work.expect(len({url for _thing, urls in things for url in urls}))
    work.report = {"fetched": 0, "problems": []}
    for thing, urls in things:
        for url in urls:
            if url in fetched or url in problems:
                continue
            try:
                fetch_picture(url, allowed_networks=allowed_networks)
                fetched.add(url)
            except PROBLEMS as problem:
                problems[url] = why_not(url, problem)
            work.report |= {"fetched": len(fetched), "problems": [{"url": u, "why": problems[u]} for u in problems]}
            work.step("%(url)s", url=url)
        if not fetched.isdisjoint(urls):
            derive_again(thing)


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
