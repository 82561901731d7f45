"""The notices above the form: unsaved text (autosave), other people, suggestions, notes."""

from typing import Any

from django.http import HttpRequest

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import State
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.content.remarks.remark import Remark
from interaxion.desk.human_time import moment_of, spell_moment
from interaxion.desk.pages.history import RESTORED_FIELD
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.autosave_views import SUGGESTION_FIELD, key_of_form, others_at, unsaved_copies
from interaxion.desk.saving.merge_stale_save import MergeOutcome
from interaxion.desk.saving.suggestions import DUE_FIELD, must_suggest, posted_suggestion

#: The largest number of unsaved texts offered at once.
MOST_COPIES = 5


def notices(
    model_admin: DeskAdmin, request: HttpRequest, thing: Publishable | None, outcome: MergeOutcome | None
) -> dict[str, Any]:
    """Return the context of `admin/desk_notices.html` and of the autosave script."""
    key = key_of_form(request)
    may_write = model_admin.has_change_permission(request, thing) if thing else model_admin.has_add_permission(request)
    unsaved = unsaved_copies(model_admin.model, thing, request.user).exclude(key=key)[:MOST_COPIES]
    context: dict[str, Any] = {
        "working_copy_key": key,
        "form_address": model_admin.url_of("change", thing) if thing else model_admin.url_of("add"),
        "autosave_url": model_admin.url_of("autosave", thing) if thing else model_admin.url_of("add_autosave"),
        "recover_url": model_admin.url_of("recover", thing) if thing else model_admin.url_of("add_recover"),
        # The page of a conflict asks one thing at a time.
        "kept": unsaved if may_write and not (outcome and outcome.choices) else [],
    }
    if thing is None:
        return context
    suggestion = posted_suggestion(request, thing) if SUGGESTION_FIELD in request.POST else None
    return context | {
        "meeting": outcome,
        "others": others_at(thing, request.user) if may_write else [],
        "must_suggest": must_suggest(request.user, thing),
        "suggestion_note": request.POST.get("suggestion_note", ""),
        "suggestion_due": request.POST.get(DUE_FIELD, ""),
        "is_editor": model_admin.has_publish_permission(request),
        "suggestion_pk": suggestion.pk if suggestion else "",
        "restored_number": request.POST.get(RESTORED_FIELD, ""),
        "suggestions": _suggestions(model_admin, request, thing),
        "note": _last_note(thing),
        "moment": moment_of(thing),
        "remarks_url": model_admin.url_of("remarks", thing),
        "remark_count": Remark.objects.present(thing).count(),
        "share_url": model_admin.url_of("share", thing) if may_write and not thing.is_live() else "",
    }


def _suggestions(model_admin: DeskAdmin, request: HttpRequest, thing: Publishable) -> list[WorkingCopy]:
    """Return all suggestions for an editor, else the user's own; `url` is the page of each."""
    copies = WorkingCopy.objects.of(thing).submitted().select_related("user")
    is_editor = model_admin.has_publish_permission(request)
    shown = list(copies if is_editor else copies.filter(user=request.user))
    for copy in shown:
        copy.due = spell_moment(copy.due_at) if copy.due_at else ""
        copy.url = model_admin.url_of("suggestion", thing, copy.pk)
    return shown


def _last_note(thing: Publishable) -> Any:
    """Return the log entry whose note came with the last hand-over or return; None without a note."""
    if thing.state() not in {State.DRAFT, State.REVIEW}:
        return None
    last = thing.log.moves().select_related("user").first()
    return last if last and last.note else None
