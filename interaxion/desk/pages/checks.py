"""The checks in the admin: beside the preview, on the page that asks before publishing, as a column of the lists."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm, BaseInlineFormSet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.utils import timezone
from django.utils.html import json_script
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.linking.checking import find_addresses, oldest_first, probe_links
from interaxion.content.linking.health import LinkState, LinkStatus
from interaxion.content.publishing.publishable import Publishable
from interaxion.desk.protocol import DeskAdmin
from interaxion.text.problems import Level, Problem
from interaxion.web.answers import archive_address
from interaxion.web.ssrf_guard import IPNetwork

#: What somebody who pressed a button waits for at most.
SECONDS = 20.0
PAUSE = 0.5


class ProblemsColumn(admin.ModelAdmin):
    """`problem_count` for `list_display`: as counted after the last save, so a list renders nothing."""

    @admin.display(description=_("checks"))
    def problem_count(self, thing: Publishable) -> str:
        counted = next(iter(thing.problem_counts.all()), None)  # prefetched
        if counted is None:
            return "–"
        parts = []
        if counted.errors:
            parts.append(ngettext("%d error", "%d errors", counted.errors) % counted.errors)
        if counted.warnings:
            parts.append(ngettext("%d warning", "%d warnings", counted.warnings) % counted.warnings)
        return ", ".join(parts) or "✓"


# --- beside the preview ---


def problems_part(thing: Publishable, form: BaseForm, formsets: Iterable[BaseInlineFormSet]) -> str:
    """The problems of what is typed, as data behind the page. No header: proxies cut those at 4 kB."""
    formsets = list(formsets)
    return str(json_script([_as_data(problem, thing, form, formsets) for problem in thing.problems()], "problems"))


def _as_data(problem: Problem, thing: Publishable, form: BaseForm, formsets: list[BaseInlineFormSet]) -> dict[str, Any]:
    """`target` is the id of the field, `line` the line in it, counted from 0; both only where they are known."""
    target, line = "", problem.line - 1 if problem.line else None
    row = _find_row(problem, formsets)
    if row is not None:
        name = problem.row_field if problem.row_field in row.fields else next(iter(row.fields))
        target = row[name].auto_id
    elif problem.field in form.fields:
        target = form[problem.field].auto_id
    elif problem.place in (lines := getattr(thing, "typed_lines", {})) and "notes" in form.fields:
        head, body = lines[problem.place]
        target, line = form["notes"].auto_id, head if line is None else body + line
    elif any(formset.prefix == problem.field for formset in formsets):
        target = f"{problem.field}-group"
    return {
        "is_error": problem.level is Level.ERROR,
        "message": str(problem),
        "target": target,
        "line": line,
        "spec": problem.spec,
        "offer": problem.offer,
    }


def _find_row(problem: Problem, formsets: list[BaseInlineFormSet]) -> BaseForm | None:
    rows = (row for formset in formsets if formset.prefix == problem.field for row in formset.forms)
    return next((row for row in rows if problem.place and row.instance.key == problem.place), None)


# --- before publishing ---


def with_links(problems: Iterable[Problem], thing: Publishable, change_url: str) -> list[tuple[Problem, str]]:
    """Each problem with the address of the field that mends it."""
    return [(problem, _field_url(problem, thing, change_url)) for problem in problems]


def _field_url(problem: Problem, thing: Publishable, change_url: str) -> str:
    if problem.place:
        keys = [row.key for row in getattr(thing, problem.field).all()]
        if problem.place in keys:
            return f"{change_url}?notes=rows#id_{problem.field}-{keys.index(problem.place)}-{problem.row_field or 'id'}"
    if problem.field in thing.snapshot_rows:
        return f"{change_url}#{problem.field}-group"
    return f"{change_url}#id_{problem.field}" if problem.field else change_url


# --- the links of one thing, now ---


def probe_links_view(
    model_admin: DeskAdmin,
    request: HttpRequest,
    object_id: str,
    *,
    allowed_networks: Sequence[IPNetwork] = (),
) -> HttpResponse:
    """POST asks for the links of one thing, for at most twenty seconds, and says what came of it."""
    thing = model_admin.get_object(request, unquote(object_id))
    if not model_admin.has_change_permission(request, thing):
        raise PermissionDenied
    if thing is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    addresses = find_addresses(thing.links.all())
    checked = list(
        probe_links(oldest_first(addresses), addresses, seconds=SECONDS, pause=PAUSE, allowed_networks=allowed_networks)
    )
    at = thing.dated_at or timezone.now()
    said = [
        {"message": message, "url": status.url, "offer": archive_address(status.url, at) if status.failures else ""}
        for status in checked
        if (message := _say(status))
    ]
    return JsonResponse(
        {"message": _sum_up(checked, len(addresses)), "links": said}, json_dumps_params={"ensure_ascii": False}
    )


def _sum_up(checked: Sequence[LinkStatus], total: int) -> str:
    message = ngettext("%(count)d link asked for.", "%(count)d links asked for.", len(checked))
    message %= {"count": len(checked)}
    fine = sum(status.state in {LinkState.OK, LinkState.MOVED} for status in checked)
    message += " " + gettext("%(count)d answer.") % {"count": fine}
    if left := total - len(checked):
        message += " " + gettext("%(count)d are left for the next time: press again.") % {"count": left}
    return message


def _say(status: LinkStatus) -> str:
    """What is worth saying of a link, "" for nothing."""
    if status.state == LinkState.DEAD:
        return gettext("Dead (%(code)s)") % {"code": status.code or gettext("no such host")}
    if status.failures:
        code = status.code or gettext("no such host")
        return gettext("Gone today (%(code)s); it counts as dead if it still is tomorrow") % {"code": code}
    if status.state == LinkState.MOVED:
        return gettext("Moved to %(url)s") % {"url": status.final_url}
    return ""
