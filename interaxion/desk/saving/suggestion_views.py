"""The page of a suggestion: an editor takes it over or refuses it, its host goes on with it or withdraws it."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.revisions import snapshot
from interaxion.content.publishing.working_copies import WorkingCopy
from interaxion.desk.human_time import spell_moment
from interaxion.desk.mail.events import announce_decision
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.autosave_views import KEY_FIELD, SUGGESTION_FIELD, show_kept
from interaxion.desk.saving.due_suggestions import take_for_later
from interaxion.desk.saving.merge_stale_save import find_base, typed_snapshot
from interaxion.desk.saving.posted import posted
from interaxion.desk.saving.snapshot_diff import list_changes
from interaxion.desk.saving.snapshot_forms import as_posted, fit_rows
from interaxion.desk.saving.suggestions import must_suggest, own_suggestion
from interaxion.text.characters import FORBIDDEN
from interaxion.text.merging import merge

#: A POST field: when the suggestion that was shown had been handed in. Its host may have changed it since.
SEEN = "handed_in"
#: What its host may do with it, and what an editor may.
OF_HOST, OF_EDITOR = ("withdraw",), ("apply", "refuse")


def suggestion_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str, pk: int) -> HttpResponse:
    """Show the diff between a suggestion and what is stored.

    POST: `open` it in the form; an editor may `apply` or `refuse` it, with an `answer` of at most 1000 characters,
    which the host sees; its host may `withdraw` it.
    """
    thing = model_admin.get_object(request, unquote(object_id))
    if not model_admin.has_change_permission(request, thing):
        raise PermissionDenied
    copy = WorkingCopy.objects.filter(pk=pk).submitted().select_related("user").first()
    is_editor, is_own = model_admin.has_publish_permission(request), bool(copy and copy.user == request.user)
    if not (is_editor or is_own):
        raise PermissionDenied
    if thing is None or copy is None or copy.target != thing:
        raise Http404
    allowed = ("open", *(OF_EDITOR if is_editor else ()), *(OF_HOST if is_own else ()))
    verb = next((verb for verb in allowed if verb in request.POST), "")
    if verb and request.POST.get(SEEN, copy.handed_in) != copy.handed_in:
        messages.warning(request, _("The suggestion was changed meanwhile. This is what it says now."))
        verb = ""
    if verb == "refuse":
        return _refuse(model_admin, request, thing, copy)
    if verb == "withdraw":
        copy.withdraw()
        messages.success(request, _("The suggestion is withdrawn. Its text is kept until you throw it away."))
        return redirect(model_admin.url_of("change", thing))
    data = _complete(model_admin, request, thing, copy)
    if verb == "open":
        return show_kept(model_admin, request, thing, data, copy.base_version, is_handed_in=is_own)
    base, now = find_base(thing, str(copy.base_version)), snapshot(thing)
    typed = typed_snapshot(model_admin, request, thing, fit_rows(model_admin, request, thing, data.copy()), base)
    if verb == "apply" and copy.is_ahead and typed and "at_once" not in request.POST:
        take_for_later(copy, typed, user=request.user)
        text = _("Taken. The change goes live by itself: %(moment)s.")
        messages.success(request, text % {"moment": spell_moment(copy.due_at)})
        return redirect(model_admin.url_of("change", thing))
    if verb == "apply":
        address = model_admin.url_of("change", thing)
        with posted(request, data):
            answer = model_admin.changeform_view(request, object_id, form_url=address)
        return redirect(address) if answer.status_code == 302 else answer
    merged = merge(base, typed, now) if typed else None
    return TemplateResponse(
        request,
        "admin/suggestion.html",
        {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "thing": thing,
            "title": _title_of(copy, thing),
            "copy": copy,
            "due": spell_moment(copy.due_at) if copy.due_at else "",
            "is_editor": is_editor,
            "is_own": is_own,
            "changes": list_changes(thing, now, merged.snapshot) if merged else [],
            "is_refused_by_form": merged is None,
            "has_conflicts": bool(merged and merged.conflicts),
            "change_url": model_admin.url_of("change", thing),
        },
    )


def show_own_suggestion(model_admin: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse | None:
    """Show the form of published content as its host last suggested it; None if nothing of the user waits.

    Only where every change of a host waits: else the form is for what is saved at once.
    """
    thing = model_admin.get_object(request, unquote(object_id))
    copy = None
    if thing and model_admin.has_change_permission(request, thing) and must_suggest(request.user, thing):
        copy = own_suggestion(request, thing)
    if thing is None or copy is None:
        request.desk_save.read = thing
        return None
    data = _complete(model_admin, request, thing, copy)
    return show_kept(model_admin, request, thing, data, copy.base_version, is_handed_in=True)


def _title_of(copy: WorkingCopy, thing: Publishable) -> str:
    if copy.user is None:
        return _("Suggestion of an import: %(thing)s") % {"thing": thing}
    return _("Suggestion by %(who)s: %(thing)s") % {"who": copy.user, "thing": thing}


def _refuse(model_admin: DeskAdmin, request: HttpRequest, thing: Publishable, copy: WorkingCopy) -> HttpResponse:
    """Give the text back to the host, as unsaved text with the answer. That of an import is in the history."""
    if copy.user is None:
        copy.close()
        messages.success(request, _("The page stays as it is. The text of the import is in the history."))
        return redirect(model_admin.url_of("change", thing))
    answer = FORBIDDEN.sub("", request.POST.get("answer", "")).strip()
    copy.withdraw(answer=answer[:1000] or _("No reason was given."))
    announce_decision(thing, copy, by=request.user, answer=copy.answer)
    messages.success(request, _("%(who)s will see your answer beside the text.") % {"who": copy.user})
    return redirect(model_admin.url_of("change", thing))


def _complete(model_admin: DeskAdmin, request: HttpRequest, thing: Publishable, copy: WorkingCopy) -> QueryDict:
    """Return the form of the host, completed by the fields that only the form of an editor has; an import has all."""
    whole, _gone = as_posted(model_admin, request, thing, copy.snapshot or snapshot(thing))
    data = whole if copy.snapshot else QueryDict(copy.data, mutable=True)
    for name in thing.identity_fields:
        if name in whole and name not in data:
            data[name] = whole[name]
    data["loaded_version"], data[SUGGESTION_FIELD] = str(copy.base_version), str(copy.pk)
    data.pop(KEY_FIELD, None)
    for name in [name for name in data if name.startswith("_")]:
        del data[name]
    return data
