"""One step for many things: a page with the consequences for each, then `transition()` for each, in one transaction."""

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from interaxion.content.changes.recording import recording
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.recorder import keep
from interaxion.content.saving.storing import StaleVersion
from interaxion.content.saving.taking_down import TakesDown
from interaxion.content.saving.transitions import PUBLISHING, PublishingRefused, To, transition
from interaxion.desk.changes.offering import offer_undo
from interaxion.desk.mail.events import announce_move
from interaxion.desk.pages.consequences import LEAVING, SEEN, becomes_public, consequences, read_version
from interaxion.desk.pages.transitions import LABELS, STEPS
from interaxion.desk.pages.undoing import describe
from interaxion.desk.protocol import DeskAdmin
from interaxion.serving.patience import go_on


def move_many(model_admin: DeskAdmin, request: HttpRequest, things: list[Publishable], to: To) -> HttpResponse | None:
    """Do the step, or ask first: about several things, those that would become public or go, and those saved since.

    Returns None if there is nothing to ask.
    """
    unmovable = [thing for thing in things if to not in STEPS[thing.state()]]
    for thing in unmovable:
        text = _("“%(thing)s” stays as it is: %(reasons)s")
        messages.warning(request, text % {"thing": thing, "reasons": thing.state_label})
    things = [thing for thing in things if thing not in unmovable]
    is_confirmed = "is_confirmed" in request.POST
    asks = len(things) > 1 or any(becomes_public(thing, to) or _leaves(thing, to) for thing in things)
    if asks and not is_confirmed:
        return _ask(model_admin, request, things, to)
    moved, changed = [], []
    title = f"{LABELS[to]}: {', '.join(map(str, things))}"
    with recording(title, user=request.user) as record, record.step():
        keep(*things)
        for thing in things:
            seen = _seen(request, thing)
            try:
                one = transition(thing, to=to, user=request.user, is_confirmed=is_confirmed, version=seen)
            except (StaleVersion, TakesDown):
                changed.append(thing)
            except PublishingRefused as refusal:
                reasons = " ".join(problem.message for problem in refusal.problems)
                text = _("“%(thing)s” stays as it is: %(reasons)s Open it to see to that.")
                messages.warning(request, text % {"thing": thing, "reasons": reasons})
            except (PermissionDenied, ValidationError) as refusal:
                reasons = " ".join(getattr(refusal, "messages", [str(refusal)]))
                messages.error(request, f"{thing}: {reasons}")
            else:
                announce_move(thing, one.entry)
                moved.append(thing)
            go_on()
    if moved:
        offer_undo(request, record.change, describe(moved))
    return _ask(model_admin, request, changed, to) if changed else None


def _leaves(thing: Publishable, to: To) -> bool:
    return to in LEAVING and thing.is_live()


def _seen(request: HttpRequest, thing: Publishable) -> int:
    return read_version({SEEN: request.POST.get(f"{SEEN}-{thing.pk}", "")})


def _ask(model_admin: DeskAdmin, request: HttpRequest, things: list[Publishable], to: To) -> HttpResponse:
    rows = []
    for thing in model_admin.model.objects.filter(pk__in=[thing.pk for thing in things]).order_by("pk"):
        problems = thing.problems() if to in PUBLISHING else []
        seen = _seen(request, thing) if "is_confirmed" in request.POST else None
        rows.append(consequences(model_admin, thing, to, seen=seen, problems=problems))
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": LABELS[to],
        "asked": rows,
        "action": request.POST["action"],
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "button": LABELS[to],
    }
    return TemplateResponse(request, "admin/bulk_transition.html", context)
