"""The button that asks for the links of one thing now, over the network, through the SSRF guard."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from interaxion.content.linking.checking import find_addresses, oldest_first, probe_links
from interaxion.content.linking.health import LinkState, LinkStatus
from interaxion.desk.pages.access import thing_to_edit
from interaxion.desk.protocol import DeskAdmin
from interaxion.web.answers import archive_address
from interaxion.web.ssrf_guard import IPNetwork

#: The longest time, in seconds, that somebody waits who pressed the button.
SECONDS = 20.0
#: The pause between two requests, in seconds.
PAUSE = 0.5


def probe_links_view(
    model_admin: DeskAdmin,
    request: HttpRequest,
    object_id: str,
    *,
    allowed_networks: Sequence[IPNetwork] = (),
) -> HttpResponse:
    """POST: answer `{"message": summary, "links": [{"message", "url", "offer"}]}` with the links worth a message.

    `offer` is the address of an archived copy, or "". `allowed_networks` pass the SSRF guard besides the public ones.
    """
    thing = thing_to_edit(model_admin, request, object_id)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    addresses = find_addresses(thing.links.all())
    checked = list(
        probe_links(oldest_first(addresses), addresses, seconds=SECONDS, pause=PAUSE, allowed_networks=allowed_networks)
    )
    at = thing.dated_at or timezone.now()
    links = [
        {"message": message, "url": status.url, "offer": archive_address(status.url, at) if status.failures else ""}
        for status in checked
        if (message := _message(status))
    ]
    return JsonResponse(
        {"message": _sum_up(checked, len(addresses)), "links": links}, json_dumps_params={"ensure_ascii": False}
    )


def _sum_up(checked: Sequence[LinkStatus], total: int) -> str:
    message = ngettext("%(count)d link asked for.", "%(count)d links asked for.", len(checked))
    message %= {"count": len(checked)}
    fine = sum(status.state in {LinkState.OK, LinkState.MOVED} for status in checked)
    message += " " + gettext("%(count)d answer.") % {"count": fine}
    if left := total - len(checked):
        message += " " + gettext("%(count)d are left for the next time: press again.") % {"count": left}
    return message


def _message(status: LinkStatus) -> str:
    """Return a sentence about a link; "" for one that answers where it always did."""
    if status.state == LinkState.DEAD:
        return gettext("Dead (%(code)s)") % {"code": status.code or gettext("no such host")}
    if status.failures:
        code = status.code or gettext("no such host")
        return gettext("Gone today (%(code)s); it counts as dead if it still is tomorrow") % {"code": code}
    if status.state == LinkState.MOVED:
        return gettext("Moved to %(url)s") % {"url": status.final_url}
    return ""
