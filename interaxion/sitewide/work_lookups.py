"""Look-ups of works: a job asks the registries of papers and books for what is linked by something live.

Publishing knows nothing of it. The worker looks whether there is anything new to ask for. Off unless `WORK_LOOKUPS` is
set: the registries learn which works the site discusses, and who runs it.
"""

import time
from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import chain
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from episodes.podcast import Podcast
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.queueing import queue_job
from interaxion.content.jobs.watching import watch
from interaxion.content.jobs.work import Work as Progress
from interaxion.content.linking.looking_up import keep_records, works_to_look_up, works_to_look_up_again
from interaxion.content.linking.works import Work
from interaxion.web.bibliography.asking import PAUSE, Asker
from interaxion.web.bibliography.record import Record
from interaxion.web.ssrf_guard import FetchFailed, FetchRefused

#: Works that one job asks about, and after how many of them the answers are stored: each time all pages are made anew.
MOST, AT_ONCE = 200, 20
#: After so many failures in a row the registries, or the network, are away.
MOST_FAILURES = 3
#: They are tried again after this time.
PATIENCE = timedelta(hours=6)


@watch
def look_up_what_is_new() -> None:
    """Queue a look-up if something live links a work that was never looked up. Two light queries if not."""
    if (
        settings.WORK_LOOKUPS
        and works_to_look_up().exists()
        and not Job.objects.find_lately_failed(LOOK_UP.name, PATIENCE)
    ):
        queue_lookups([], user=None)


def queue_lookups(works: Iterable[Work], *, user: Any) -> Job:
    """Queue the look-up of these works, or of all that wait for it."""
    pks = sorted(work.pk for work in works)
    subject = f"works {pks}"[:200] if pks else "all"
    return queue_job(LOOK_UP, subject=subject, about="", inputs={"works": pks}, user=user)


def look_up(work: Progress, *, asker: Asker | None = None, pause: float = PAUSE) -> None:
    """Ask about one work after the other. Raises FetchFailed, FetchRefused if nobody answers; what was found is kept.

    A work whose registry fails while others answer counts as asked, so that it does not stand in the way of the rest.
    """
    asker = asker or Asker(_contact())
    wanted = _wanted(work.inputs["works"])
    work.expect(len(wanted))
    work.report = {"asked": 0, "found": 0}
    answers: dict[int, Record | None] = {}
    failures: dict[int, Exception] = {}  # since the last answer
    try:
        for number, each in enumerate(wanted):
            time.sleep(pause if number else 0)
            try:
                answers |= {each.pk: asker.find(each.kind, each.number), **dict.fromkeys(failures)}
                failures.clear()
            except (FetchFailed, FetchRefused) as problem:
                failures[each.pk] = problem
                if len(failures) == MOST_FAILURES:
                    raise
            if len(answers) >= AT_ONCE:
                _keep(answers, work)
            work.step(ASKED, identifier=each.identifier)
        if failures and not (answers or work.report["asked"]):
            raise next(iter(failures.values()))
        answers |= dict.fromkeys(failures)
    finally:
        _keep(answers, work)


def present_lookups(report: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the report with a sentence that sums it up."""
    message = ngettext(
        "%(count)d work was looked up, and %(found)d of them found.",
        "%(count)d works were looked up, and %(found)d of them found.",
        report["asked"],
    )
    return {"message": message % {"count": report["asked"], "found": report["found"]}, **report}


def may_look_up(user: Any, inputs: Mapping[str, Any]) -> bool:
    return user.has_perm("content.change_work")


def _keep(answers: dict[int, Record | None], work: Progress) -> None:
    if answers:
        keep_records(answers, timezone.now())
        work.report["asked"] += len(answers)
        work.report["found"] += sum(record is not None for record in answers.values())
        answers.clear()


def _wanted(pks: list[int]) -> list[Work]:
    if pks:
        return list(Work.objects.filter(pk__in=pks, merged_into=None).order_by("pk"))
    return list(chain(works_to_look_up()[:MOST], works_to_look_up_again(timezone.now())[:MOST]))[:MOST]


def _contact() -> str:
    """Return how a registry reaches those who run the site. https://github.com/CrossRef/rest-api-doc#etiquette"""
    owner = Podcast.current().owner_email
    return "; ".join(filter(None, (settings.SITE_URL, f"mailto:{owner}" if owner else "")))


ASKED = gettext_noop("%(identifier)s was asked for")
LOOK_UP = register(
    JobKind(
        "look_up_works",
        gettext_lazy("Looking up works"),
        look_up,
        may_look_up,
        present_lookups,
        "admin/lookup_report.html",
    )
)
