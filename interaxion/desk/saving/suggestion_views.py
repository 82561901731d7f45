"""The page on which an editor takes over or refuses the suggestion of a host."""

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
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.autosave_views import KEY_FIELD, SUGGESTION_FIELD, show_kept
from interaxion.desk.saving.merge_stale_save import find_base, typed_snapshot
from interaxion.desk.saving.posted import posted
from interaxion.desk.saving.snapshot_diff import list_changes
from interaxion.desk.saving.snapshot_forms import as_posted, fit_rows
from interaxion.text.characters import FORBIDDEN
from interaxion.text.merging import merge


def suggestion_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str, pk: int) -> HttpResponse:
    """Show the diff between a suggestion and what is stored. POST: `apply`, `open` in the form, or `refuse`.

    `refuse` comes with an `answer`, of at most 1000 characters, which the host sees.
    """
    thing = model_admin.get_object(request, unquote(object_id))
    if not model_admin.has_publish_permission(request) or not model_admin.has_change_permission(request, thing):
        raise PermissionDenied
    copy = WorkingCopy.objects.filter(pk=pk).submitted().select_related("user").first()
    if thing is None or copy is None or copy.target != thing:
        raise Http404
    if request.method == "POST" and "refuse" in request.POST:
        return _refuse(model_admin, request, thing, copy)
    verb = next((verb for verb in ("apply", "open") if verb in request.POST), "")
    data = _complete(model_admin, request, thing, copy)
    if verb == "open":
        return show_kept(model_admin, request, thing, data, copy.base_version)
    if verb == "apply":
        address = model_admin.url_of("change", thing)
        with posted(request, data):
            answer = model_admin.changeform_view(request, object_id, form_url=address)
        return redirect(address) if answer.status_code == 302 else answer
    base, now = find_base(thing, str(copy.base_version)), snapshot(thing)
    typed = typed_snapshot(model_admin, request, thing, fit_rows(model_admin, request, thing, data), base)
    merged = merge(base, typed, now) if typed else None
    return TemplateResponse(
        request,
        "admin/suggestion.html",
        {
            **model_admin.admin_site.each_context(request),
            "opts": model_admin.opts,
            "thing": thing,
            "title": _("Suggestion by %(who)s: %(thing)s") % {"who": copy.user, "thing": thing},
            "copy": copy,
            "changes": list_changes(thing, now, merged.snapshot) if merged else [],
            "is_refused_by_form": merged is None,
            "has_conflicts": bool(merged and merged.conflicts),
            "change_url": model_admin.url_of("change", thing),
        },
    )


def _refuse(model_admin: DeskAdmin, request: HttpRequest, thing: Publishable, copy: WorkingCopy) -> HttpResponse:
    """Give the text back to the host, as unsaved text with the answer."""
    copy.submitted_at = None
    answer = FORBIDDEN.sub("", request.POST.get("answer", "")).strip()
    copy.answer = answer[:1000] or _("No reason was given.")
    copy.save(update_fields=["submitted_at", "answer"])
    messages.success(request, _("%(who)s will see your answer beside the text.") % {"who": copy.user})
    return redirect(model_admin.url_of("change", thing))


def _complete(model_admin: DeskAdmin, request: HttpRequest, thing: Publishable, copy: WorkingCopy) -> QueryDict:
    """Return the form of the host, completed by the fields that only the form of an editor has."""
    whole, _gone = as_posted(model_admin, request, thing, snapshot(thing))
    data = QueryDict(copy.data, mutable=True)
    for name in thing.identity_fields:
        if name in whole and name not in data:
            data[name] = whole[name]
    data["loaded_version"], data[SUGGESTION_FIELD] = str(copy.base_version), str(copy.pk)
    data.pop(KEY_FIELD, None)
    for name in [name for name in data if name.startswith("_")]:
        del data[name]
    return data
