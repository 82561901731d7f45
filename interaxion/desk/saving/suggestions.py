"""Where hosts do not correct what is published themselves: their change waits, an editor takes or refuses it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from interaxion.content.publishing.desk_settings import DeskSettings
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.revisions import snapshot
from interaxion.content.publishing.window import Status
from interaxion.content.publishing.working_copies import WorkingCopy, forget, keep, make_key
from interaxion.desk.pages.history import restored_revision
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.autosave_views import KEY_FIELD, SUGGESTION_FIELD, key_of_form, show_kept
from interaxion.desk.saving.merge_stale_save import find_base, number_of, typed_snapshot
from interaxion.desk.saving.posted import posted
from interaxion.desk.saving.snapshot_diff import label_of, list_changes
from interaxion.desk.saving.snapshot_forms import as_posted, fit_rows
from interaxion.text.characters import FORBIDDEN
from interaxion.text.merging import merge


def is_guest_at(user: Any, thing: Publishable | None) -> bool:
    """Whether the thing is published, and the user is none of its editors."""
    return thing is not None and thing.status == Status.PUBLISHED and not user.has_perm(thing.publish_permission)


def must_suggest(user: Any, thing: Publishable | None) -> bool:
    return is_guest_at(user, thing) and not DeskSettings.current().hosts_may_edit_published


def wished_identity(model_admin: DeskAdmin, request: HttpRequest, thing: Publishable) -> list[str]:
    """What a host has changed of what something published is known by, by field: that waits, whatever the setting."""
    if not is_guest_at(request.user, thing):
        return []
    base = find_base(thing, request.POST.get("loaded_version", ""))
    fitted = fit_rows(model_admin, request, thing, request.POST.copy())
    typed = typed_snapshot(model_admin, request, thing, fitted, base)
    if typed is None:
        return []
    # What differs from how it is now only because somebody else has changed it since is no wish of the host's.
    known = [fields for each in (base, snapshot(thing)) if (fields := each["fields"])]

    def is_wished(name: str) -> bool:
        if name in request.FILES:
            return True
        return name in typed["fields"] and all(typed["fields"][name] != fields.get(name) for fields in known)

    return [name for name in thing.identity_fields if is_wished(name)]


def suggest(
    model_admin: DeskAdmin, request: HttpRequest, thing: Publishable, identity: Sequence[str] = ()
) -> HttpResponse | None:
    """Hand what was typed to the editors; None where the form has errors, and is then only shown.

    `identity`: the changed fields for which it waits although hosts correct what is published.
    """
    data = request.POST.copy()
    version = data.get("loaded_version", "")
    typed = typed_snapshot(
        model_admin, request, thing, fit_rows(model_admin, request, thing, data.copy()), find_base(thing, version)
    )
    if typed is None:
        return None
    if identity:
        names = ", ".join(label_of(thing, name) for name in identity)
        messages.info(request, _("This is published: only an editor changes %(fields)s.") % {"fields": names})
    if request.FILES:
        messages.warning(request, _("Files do not wait with a suggestion: hand them to an editor."))
        if not list_changes(thing, snapshot(thing), typed):
            return redirect(model_admin.url_of("change", thing))
    data.pop("csrfmiddlewaretoken", None)
    copy = keep(
        request.user,
        type(thing),
        thing.pk,
        make_key(),
        data=data.urlencode(),
        base_version=number_of(version),
    )
    note = FORBIDDEN.sub("", data.get("suggestion_note", ""))
    copy.submitted_at, copy.note, copy.answer = timezone.now(), note[:1000], ""
    copy.save()
    forget(request.user, type(thing), thing.pk, key_of_form(request))
    messages.success(request, _("Your change waits for an editor. Until then the page stays as it is."))
    return redirect(model_admin.url_of("change", thing))


def suggestion_view(model_admin: DeskAdmin, request: HttpRequest, object_id: str, pk: int) -> HttpResponse:
    """What a host suggests, beside what is there; POST `apply`, `open` in the form, or `refuse` with an answer."""
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


def note_of(request: HttpRequest, thing: Publishable) -> str:
    """Where what is saved comes from, for the revision; a suggestion that this save takes over is closed."""
    copy = posted_suggestion(request, thing)
    if copy is None or not request.user.has_perm(thing.publish_permission):
        revision = restored_revision(request, thing)
        return _("From version %(number)s.") % {"number": revision.number} if revision else ""
    copy.close()
    return _("Suggested by %(who)s.") % {"who": copy.user}


def posted_suggestion(request: HttpRequest, thing: Publishable) -> WorkingCopy | None:
    pk = request.POST.get(SUGGESTION_FIELD, "")
    if not pk.isdecimal():
        return None
    return WorkingCopy.objects.of(thing).submitted().filter(pk=int(pk[:18])).first()


def _refuse(model_admin: DeskAdmin, request: HttpRequest, thing: Publishable, copy: WorkingCopy) -> HttpResponse:
    """It becomes the host's own text again, with the answer."""
    copy.submitted_at = None
    answer = FORBIDDEN.sub("", request.POST.get("answer", "")).strip()
    copy.answer = answer[:1000] or _("No reason was given.")
    copy.save(update_fields=["submitted_at", "answer"])
    messages.success(request, _("%(who)s will see your answer beside the text.") % {"who": copy.user})
    return redirect(model_admin.url_of("change", thing))


def _complete(model_admin: DeskAdmin, request: HttpRequest, thing: Publishable, copy: WorkingCopy) -> QueryDict:
    """The host's form with what only an editor's has."""
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
