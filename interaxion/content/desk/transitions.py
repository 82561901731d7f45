"""The buttons *Publish*, *Back to draft* and their like: one view before the one door."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from interaxion.content.checks import Problem, error, errors_in
from interaxion.content.desk.checks import with_links
from interaxion.content.desk.moments import moment_of, spell_moment
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.transitions import PublishingRefused, To, may_transition, transition
from interaxion.content.publishing.window import State, Status
from interaxion.content.yaml_strings import FORBIDDEN

PUBLISH = (To.PUBLISHED, _("Publish"))
REVIEW = (To.REVIEW, _("Send to review"))
WITHDRAW = (To.DRAFT, _("Back to draft"))
TRASH = (To.TRASH, _("Move to the trash"))
RESTORE = (To.DRAFT, _("Restore"))

#: What can be done next with a thing, the likeliest first.
STEPS = {
    State.DRAFT: (PUBLISH, REVIEW, TRASH),
    State.REVIEW: (PUBLISH, WITHDRAW, TRASH),
    State.SCHEDULED: (WITHDRAW, TRASH),
    State.LIVE: (WITHDRAW, TRASH),
    State.ENDED: (PUBLISH, WITHDRAW, TRASH),
    State.TRASHED: (RESTORE,),
}


def steps(thing: Publishable, user: Any) -> list[tuple[To, Any]]:
    """The buttons that `user` sees: (where to, what it says)."""
    return [(to, label) for to, label in STEPS[thing.state()] if may_transition(thing, to, user)]


def is_handed_over(thing: Publishable, to: To) -> bool:
    """Between host and editor there is something to say: the page asks for it."""
    return to is To.REVIEW or (to is To.DRAFT and thing.status == Status.REVIEW)


def transition_view(model_admin: admin.ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """POST `to` does it, where need be after a page that lists the problems and asks; GET shows that page at once."""
    thing = model_admin.get_object(request, unquote(object_id))
    if not model_admin.has_view_or_change_permission(request, thing):
        raise PermissionDenied
    if thing is None:
        raise Http404
    asked = (request.POST if request.method == "POST" else request.GET).get("to", "")
    if asked not in set(To):
        return HttpResponseBadRequest()
    to = To(asked)
    if not may_transition(thing, to, request.user):
        raise PermissionDenied
    problems = thing.problems() if to is To.PUBLISHED else []
    if request.method == "POST" and ("note" in request.POST or not is_handed_over(thing, to)):
        try:
            transition(
                thing,
                to=to,
                user=request.user,
                note=FORBIDDEN.sub("", request.POST.get("note", "")).strip(),
                is_confirmed="is_confirmed" in request.POST,
            )
        except PublishingRefused as refusal:
            problems = refusal.problems
        except ValidationError as refusal:
            problems = [*problems, *(error(message, "path") for message in refusal.messages)]
        else:
            messages.success(request, ": ".join(filter(None, (str(thing), thing.state_label, moment_of(thing)))))
            return redirect(model_admin.url_of("change", thing))
    return _ask(model_admin, request, thing, to, problems)


def _ask(
    model_admin: admin.ModelAdmin, request: HttpRequest, thing: Publishable, to: To, problems: list[Problem]
) -> HttpResponse:
    errors = errors_in(problems)
    change_url = model_admin.url_of("change", thing)
    label = next((label for step, label in STEPS[thing.state()] if step is to), thing.state_label)
    return TemplateResponse(
        request,
        "admin/transition.html",
        {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "thing": thing,
            "title": f"{label}: {thing}",
            "to": to,
            "label": label,
            "is_handed_over": is_handed_over(thing, to),
            "moment": spell_moment(thing.publish_at) if to is To.PUBLISHED and thing.publish_at else "",
            "errors": with_links(errors, thing, change_url),
            "warnings": with_links([problem for problem in problems if problem not in errors], thing, change_url),
            "change_url": change_url,
        },
    )
