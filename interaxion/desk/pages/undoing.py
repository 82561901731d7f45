"""*Undo*: the button in the message after a transition, and the view that it posts to."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.saving.storing import StaleVersion
from interaxion.content.saving.taking_down import TakesDown, what_goes
from interaxion.content.saving.transitions import PublishingRefused
from interaxion.content.saving.undoing import ChangedSince, undo
from interaxion.desk.human_time import moment_of
from interaxion.desk.protocol import DeskAdmin

#: The POST field with the primary keys of the log entries to undo, separated by commas.
ENTRIES = "entry"


def tell(model_admin: DeskAdmin, request: HttpRequest, moved: Sequence[tuple[Publishable, LogEntry]]) -> None:
    """Show one message for all that moved at once, with a button to undo it.

    The button belongs to the form `undo`, which is on every page of the admin, so the message holds no CSRF token.
    """
    if not moved:
        return
    names = describe([thing for thing, _entry in moved])
    button = '{} <button type="submit" form="undo" formaction="{}" name="{}" value="{}">{}</button>'
    keys = ",".join(str(entry.pk) for _thing, entry in moved)
    messages.success(request, format_html(button, names, model_admin.url_of("undo"), ENTRIES, keys, _("Undo")))


def describe(things: Sequence[Publishable]) -> str:
    """Return the names of things, each with its state, as a message says them."""
    return "; ".join(": ".join(filter(None, (str(each), each.state_label, moment_of(each)))) for each in things)


def undo_view(model_admin: DeskAdmin, request: HttpRequest) -> HttpResponse:
    """POST `entry`: undo each; ask first about one that visitors would notice and that is not from a moment ago."""
    if not model_admin.has_view_or_change_permission(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    keys = [key for key in request.POST.get(ENTRIES, "").split(",") if key.isdecimal() and len(key) < 19]
    of_kind = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model_admin.model))
    entries = list(of_kind.filter(pk__in=keys))
    if not entries:
        return HttpResponseBadRequest()
    undone: list[tuple[Publishable, LogEntry]] = []
    asked: list[tuple[LogEntry, list[str]]] = []
    for entry in entries:
        try:
            moved = undo(entry, user=request.user, is_confirmed="is_confirmed" in request.POST)
        except TakesDown:
            asked.append((entry, what_goes(entry.target)))
        except PublishingRefused as refusal:
            asked.append((entry, [problem.message for problem in refusal.problems]))
        except (ChangedSince, StaleVersion) as changed:
            messages.warning(request, str(changed))
        except (PermissionDenied, ValidationError) as refusal:
            reasons = " ".join(getattr(refusal, "messages", [str(refusal)]))
            messages.error(request, f"{entry.title}: {reasons}")
        else:
            undone.append((moved.entry.target, moved.entry))
    tell(model_admin, request, undone)
    target = entries[0].target if len(entries) == 1 else None
    back = model_admin.url_of("change", target) if target else model_admin.url_of("changelist")
    return _ask(model_admin, request, asked, back) if asked else redirect(back)


def _ask(
    model_admin: DeskAdmin, request: HttpRequest, asked: list[tuple[LogEntry, list[str]]], back: str
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Undo"),
        "asked": asked,
        "keys": ",".join(str(entry.pk) for entry, _reasons in asked),
        "back": back,
    }
    return TemplateResponse(request, "admin/undo.html", context)
