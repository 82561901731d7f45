"""The job that asks for all links of one thing over the network, through the SSRF guard."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.jobs.job import Job
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.queueing import queue_job
from interaxion.content.jobs.work import Work
from interaxion.content.linking.checking import find_addresses, oldest_first, probe_links
from interaxion.content.linking.health import LinkState
from interaxion.content.publishing.publishable import Publishable
from interaxion.web.answers import archive_address
from interaxion.web.ssrf_guard import IPNetwork

#: The longest time for the links of one thing, in seconds; the rest is left for the next time.
SECONDS = 600.0
#: The pause between two requests to one host, in seconds.
PAUSE = 0.5


def queue_link_check(thing: Publishable, user: Any) -> Job:
    inputs = {"model": thing._meta.label_lower, "pk": thing.pk, "at": thing.dated_at and thing.dated_at.isoformat()}
    subject = f"{thing._meta.label_lower} {thing.pk}"
    return queue_job(CHECK_LINKS, subject=subject, about=str(thing), inputs=inputs, user=user)


def check_links(work: Work, *, allowed_networks: Sequence[IPNetwork] = ()) -> None:
    """Ask for the links and keep what came of each. `allowed_networks` pass the guard besides the public ones."""
    thing = apps.get_model(work.inputs["model"]).objects.get(pk=work.inputs["pk"])
    addresses = find_addresses(thing.links.all())
    work.expect(len(addresses))
    work.report = {"total": len(addresses), "at": work.inputs["at"] or work.job.queued_at.isoformat(), "links": []}
    for status in probe_links(
        oldest_first(addresses), addresses, seconds=SECONDS, pause=PAUSE, allowed_networks=allowed_networks
    ):
        kept = {name: getattr(status, name) for name in ("url", "state", "code", "failures", "final_url")}
        work.report["links"].append(kept)
        work.step("%(url)s", url=status.url)


def present_links(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return `{"message": summary, "links": [{"message", "url", "offer"}]}` with the links worth a message.

    `offer` is the address of an archived copy, or "".
    """
    at = parse_datetime(report["at"])
    links = [
        {
            "message": message,
            "url": link["url"],
            "offer": archive_address(link["url"], at) if link["failures"] and at else "",
        }
        for link in report["links"]
        if (message := _message(link))
    ]
    return {"message": _sum_up(report["links"], report["total"]), "links": links}


def _sum_up(checked: Sequence[Mapping[str, Any]], total: int) -> str:
    message = ngettext("%(count)d link asked for.", "%(count)d links asked for.", len(checked))
    message %= {"count": len(checked)}
    fine = sum(link["state"] in {LinkState.OK, LinkState.MOVED} for link in checked)
    message += " " + gettext("%(count)d answer.") % {"count": fine}
    if left := total - len(checked):
        message += " " + gettext("%(count)d are left for the next time: press again.") % {"count": left}
    return message


def _message(link: Mapping[str, Any]) -> str:
    """Return a sentence about a link; "" for one that answers where it always did."""
    code = link["code"] or gettext("no such host")
    if link["state"] == LinkState.DEAD:
        return gettext("Dead (%(code)s)") % {"code": code}
    if link["failures"]:
        return gettext("Gone today (%(code)s); it counts as dead if it still is tomorrow") % {"code": code}
    if link["state"] == LinkState.MOVED:
        return gettext("Moved to %(url)s") % {"url": link["final_url"]}
    return ""


def _may_change(user: Any, inputs: Mapping[str, Any]) -> bool:
    app, _dot, model = inputs["model"].partition(".")
    return user.has_perm(f"{app}.change_{model}")


CHECK_LINKS = register(
    JobKind(
        "check_links",
        _("Check of the links of “%(about)s”"),
        check_links,
        _may_change,
        present_links,
        template="admin/link_report.html",
    )
)
