"""Suggestions: a host's change of published content that waits until an editor takes it over or refuses it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from interaxion.content.languages import in_a_row
from interaxion.content.publishing.desk_settings import DeskSettings
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.revisions import snapshot
from interaxion.content.publishing.window import Status
from interaxion.content.publishing.working_copies import WorkingCopy, forget, keep, make_key
from interaxion.desk.mail.events import announce_decision, announce_suggestion
from interaxion.desk.pages.history import restored_revision
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.autosave_views import SUGGESTION_FIELD, key_of_form
from interaxion.desk.saving.merge_stale_save import find_base, number_of, typed_snapshot
from interaxion.desk.saving.snapshot_diff import label_of, list_changes
from interaxion.desk.saving.snapshot_forms import fit_rows
from interaxion.text.characters import FORBIDDEN

#: The field with the date at which a suggestion is to become public.
DUE_FIELD = "suggestion_due"


def is_guest_at(user: Any, thing: Publishable | None) -> bool:
    """Whether the thing is published, and the user may not publish it."""
    return thing is not None and thing.status == Status.PUBLISHED and not user.has_perm(thing.publish_permission)


def must_suggest(user: Any, thing: Publishable | None) -> bool:
    return is_guest_at(user, thing) and not DeskSettings.current().hosts_may_edit_published


def wished_identity(model_admin: DeskAdmin, request: HttpRequest, thing: Publishable) -> list[str]:
    """Return the identity fields (address, GUID, …) of published content that a host changed.

    These always wait for an editor, whatever the setting.
    """
    if not is_guest_at(request.user, thing):
        return []
    base = find_base(thing, request.POST.get("loaded_version", ""))
    fitted = fit_rows(model_admin, request, thing, request.POST.copy())
    typed = typed_snapshot(model_admin, request, thing, fitted, base)
    if typed is None:
        return []
    # A difference that only exists because somebody else saved since is not the wish of the host.
    known = [fields for each in (base, snapshot(thing)) if (fields := each["fields"])]

    def is_wished(name: str) -> bool:
        if name in request.FILES:
            return True
        return name in typed["fields"] and all(typed["fields"][name] != fields.get(name) for fields in known)

    return [name for name in thing.identity_fields if is_wished(name)]


def suggest(
    model_admin: DeskAdmin, request: HttpRequest, thing: Publishable, identity: Sequence[str] = ()
) -> HttpResponse | None:
    """Store what was typed as a suggestion. Return None if the form has errors; it is then only shown.

    `identity` names the fields that make it wait although hosts may correct published content.
    """
    data = request.POST.copy()
    version = data.get("loaded_version", "")
    typed = typed_snapshot(
        model_admin, request, thing, fit_rows(model_admin, request, thing, data.copy()), find_base(thing, version)
    )
    if typed is None:
        return None
    if identity:
        names = in_a_row(label_of(thing, name) for name in identity)
        messages.info(request, _("This is published: only an editor changes %(fields)s.") % {"fields": names})
    if request.FILES:
        messages.warning(request, _("Files do not wait with a suggestion: hand them to an editor."))
        if not list_changes(thing, snapshot(thing), typed):
            return redirect(model_admin.url_of("change", thing))
    data.pop("csrfmiddlewaretoken", None)
    former = own_suggestion(request, thing)
    copy = keep(
        request.user,
        type(thing),
        thing.pk,
        former.key if former else make_key(),
        data=data.urlencode(),
        base_version=number_of(version),
    )
    note = FORBIDDEN.sub("", data.get("suggestion_note", ""))
    copy.submitted_at, copy.note, copy.answer = timezone.now(), note[:1000], ""
    copy.due_at, copy.taken_by, copy.taken = _read_due(data.get(DUE_FIELD, "")), None, None
    copy.save()
    forget(request.user, type(thing), thing.pk, key_of_form(request))
    announce_suggestion(thing, copy)
    messages.success(request, _("Your change waits for an editor. Until then the page stays as it is."))
    return redirect(model_admin.url_of("change", thing))


def _read_due(typed: str) -> datetime | None:
    """Return the instant at which the change is to become public; None without one, or for one that is past."""
    try:
        at = forms.DateTimeField(required=False).clean(typed)
    except ValidationError:
        return None
    return at if at and at > timezone.now() else None


def note_of(request: HttpRequest, thing: Publishable) -> str:
    """Return the note of the revision, the source of its text. Closes a suggestion that the save takes over."""
    copy = posted_suggestion(request, thing)
    if copy is None or not request.user.has_perm(thing.publish_permission):
        revision = restored_revision(request, thing)
        return _("From version %(number)s.") % {"number": revision.number} if revision else ""
    copy.close()
    if copy.user is None:
        return _("Suggested by an import.")
    announce_decision(thing, copy, by=request.user)
    return _("Suggested by %(who)s.") % {"who": copy.user}


def own_suggestion(request: HttpRequest, thing: Publishable) -> WorkingCopy | None:
    """Return the user's own suggestion: the one that the posted form holds, without a form the last one handed in."""
    if request.method == "POST":
        posted = posted_suggestion(request, thing)
        return posted if posted and posted.user == request.user else None
    return WorkingCopy.objects.of(thing).submitted().filter(user=request.user).last()


def posted_suggestion(request: HttpRequest, thing: Publishable) -> WorkingCopy | None:
    pk = request.POST.get(SUGGESTION_FIELD, "")
    if not pk.isdecimal():
        return None
    return WorkingCopy.objects.of(thing).submitted().filter(pk=int(pk[:18])).first()
