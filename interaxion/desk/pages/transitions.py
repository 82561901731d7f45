"""The buttons *Publish*, *Back to draft* and so on: one view, which calls `transition()`."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import State, Status
from interaxion.content.saving.storing import StaleVersion
from interaxion.content.saving.taking_down import TakesDown
from interaxion.content.saving.transitions import PUBLISHING, PublishingRefused, To, may_transition, transition
from interaxion.desk.mail.events import announce_move
from interaxion.desk.pages.access import thing_to_view
from interaxion.desk.pages.consequences import SEEN, consequences, read_version
from interaxion.desk.pages.undoing import tell
from interaxion.desk.protocol import DeskAdmin
from interaxion.text.characters import FORBIDDEN
from interaxion.text.problems import Problem, error

LABELS = {
    To.PUBLISHED: _("Publish"),
    To.NOW: _("Publish now"),
    To.REVIEW: _("Send to review"),
    To.DRAFT: _("Back to draft"),
    To.TRASH: _("Move to the trash"),
    To.RESTORED: _("Restore"),
}

#: The possible next steps in each state, the likeliest first.
STEPS = {
    State.DRAFT: (To.PUBLISHED, To.REVIEW, To.TRASH),
    State.REVIEW: (To.PUBLISHED, To.DRAFT, To.TRASH),
    State.SCHEDULED: (To.NOW, To.DRAFT, To.TRASH),
    State.LIVE: (To.DRAFT, To.TRASH),
    State.ENDED: (To.PUBLISHED, To.DRAFT, To.TRASH),
    State.TRASHED: (To.RESTORED, To.DRAFT),
}
#: The steps that lead away from the readers: the form shows them apart from the others.
AWAY = {To.DRAFT, To.TRASH}


def steps(thing: Publishable, user: Any) -> list[tuple[To, Any]]:
    """Return the buttons for `user`, as (step, label)."""
    is_trashed_draft = (
        thing.deleted_at and thing.status == Status.DRAFT
    )  # a restored draft is a draft: both buttons would do the same
    return [
        (to, LABELS[to])
        for to in STEPS[thing.state()]
        if may_transition(thing, to, user) and not (is_trashed_draft and to is To.DRAFT)
    ]


def is_handed_over(thing: Publishable, to: To) -> bool:
    """Whether it passes between host and editor: then the page asks for a note."""
    return to is To.REVIEW or (to is To.DRAFT and thing.status == Status.REVIEW)


def transition_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """POST `to` and the `version` that was seen: do the step, if needed after a page that asks. GET: show that page."""
    thing = thing_to_view(model_admin, request, object_id)
    data = request.POST if request.method == "POST" else request.GET
    if data.get("to", "") not in set(To):
        return HttpResponseBadRequest()
    to, seen = To(data["to"]), read_version(data)
    if not may_transition(thing, to, request.user):
        raise PermissionDenied
    problems = thing.problems() if to in PUBLISHING else []
    if request.method == "POST" and ("note" in request.POST or not is_handed_over(thing, to)):
        try:
            moved = transition(
                thing,
                to=to,
                user=request.user,
                note=FORBIDDEN.sub("", request.POST.get("note", "")).strip(),
                is_confirmed="is_confirmed" in request.POST,
                version=seen,
            )
        except PublishingRefused as refusal:
            problems = refusal.problems
        except (StaleVersion, TakesDown):
            thing = thing_to_view(model_admin, request, object_id)
            problems = thing.problems() if to in PUBLISHING else []
        except ValidationError as refusal:
            problems = [*problems, *(error(message, "path") for message in refusal.messages)]
        else:
            announce_move(thing, moved.entry)
            tell(model_admin, request, [(thing, moved.entry)])
            if to in PUBLISHING:
                _offer_what_it_waits_for(request, thing)
            return redirect(model_admin.url_of("change", thing))
    is_asked = request.method == "POST" or SEEN in data
    return _ask(model_admin, request, thing, to, problems, seen if is_asked else None)


def _offer_what_it_waits_for(request: HttpRequest, thing: Publishable) -> None:
    """Offer to publish what it is visible with only: the course of a chapter."""
    for other in thing.windows():
        if other is thing or other.status == Status.PUBLISHED or not may_transition(other, To.PUBLISHED, request.user):
            continue
        address = reverse(f"admin:{other._meta.app_label}_{other._meta.model_name}_transition", args=[other.pk])
        text = _("“%(thing)s” is not published yet: visitors see this only together with it.") % {"thing": other}
        link = '{} <a href="{}?to={}">{}</a>'
        messages.info(request, format_html(link, text, address, To.PUBLISHED, _("Publish it, too")))


def _ask(
    model_admin: DeskAdmin,
    request: HttpRequest,
    thing: Publishable,
    to: To,
    problems: list[Problem],
    seen: int | None,
) -> HttpResponse:
    return TemplateResponse(
        request,
        "admin/transition.html",
        {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "thing": thing,
            "title": f"{LABELS[to]}: {thing}",
            "to": to,
            "label": LABELS[to],
            "is_handed_over": is_handed_over(thing, to),
            "asked": consequences(model_admin, thing, to, seen=seen, problems=problems),
            "change_url": model_admin.url_of("change", thing),
        },
    )
