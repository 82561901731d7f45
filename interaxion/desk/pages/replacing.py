"""Replace one address everywhere, for editors: first every line that would change, then a button that does it."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.changes.recording import Recording, recording
from interaxion.content.linking.replacing import clean_address, find_changes, replace_address
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.saving.storing import StaleVersion
from interaxion.desk.changes.offering import offer_undo
from interaxion.serving.patience import go_on


class AddressField(forms.CharField):
    widget = forms.TextInput({"class": "vTextField"})


class ReplaceForm(forms.Form):
    old = AddressField(label=_("address until now"), max_length=2000)
    new = AddressField(label=_("new address"), max_length=2000)

    def clean_new(self) -> str:
        return clean_address(self.cleaned_data["new"])

    def clean_old(self) -> str:
        clean_address(self.cleaned_data["old"])
        return self.cleaned_data["old"]

    def clean(self) -> dict[str, Any]:
        if "old" in self.cleaned_data and self.cleaned_data["old"] == self.cleaned_data.get("new"):
            raise ValidationError(_("The two addresses are the same."))
        return self.cleaned_data


def replace_link(request: HttpRequest) -> HttpResponse:
    """Show the form, then what would change; the button saves each chosen thing that nobody else saved meanwhile."""
    allowed = _kinds_of(request.user)
    if not allowed:
        raise PermissionDenied
    form = ReplaceForm(
        request.POST if request.method == "POST" else None,
        initial={name: request.GET.get(name, "") for name in ("old", "new")},
    )
    changes = None
    if form.is_valid():
        old, new = form.cleaned_data["old"], form.cleaned_data["new"]
        if "things" in request.POST:
            _replace_in_chosen(request, allowed, old, new)
            return redirect("admin:replace_link")
        changes = [(_value_of(change.thing), change) for change in find_changes(old, new, allowed)]
    context = {"title": gettext("Replace an address everywhere"), "form": form, "changes": changes}
    return TemplateResponse(request, "admin/replace_link.html", {**admin.site.each_context(request), **context})


def _kinds_of(user: Any) -> list[type[Publishable]]:
    """Return the content classes whose published things the user may change."""
    return [
        kind
        for kind in kinds()
        if user.has_perms(f"{kind._meta.app_label}.{verb}_{kind._meta.model_name}" for verb in ("change", "publish"))
    ]


def _value_of(thing: Publishable) -> str:
    """Return the value of a checkbox: thing and version as shown (optimistic locking)."""
    return f"{thing._meta.label_lower}:{thing.pk}:{thing.version}"


def _chosen(request: HttpRequest, allowed: list[type[Publishable]]) -> Iterator[tuple[Publishable, int]]:
    """Yield each chosen thing of the allowed classes that still exists, with the version that was shown."""
    by_label = {kind._meta.label_lower: kind for kind in allowed}
    for value in request.POST.getlist("things"):
        label, _colon, rest = value.partition(":")
        pk, _colon, version = rest.partition(":")
        if label in by_label and pk.isdecimal() and version.isdecimal():
            thing = by_label[label].objects.filter(pk=int(pk[:18]), deleted_at=None).first()
            if thing:
                yield thing, int(version[:9])


def _replace_in_chosen(request: HttpRequest, allowed: list[type[Publishable]], old: str, new: str) -> None:
    title = gettext("Address replaced: %(old)s → %(new)s") % {"old": old, "new": new}
    saved = []
    with recording(title, user=request.user) as record:
        for thing, version in _chosen(request, allowed):
            if _replace(request, record, thing, version, old, new):
                saved.append(thing)
            go_on()
    if saved:
        text = gettext("Saved with the new address: %(things)s") % {"things": "; ".join(map(str, saved))}
        offer_undo(request, record.change, text)


def _replace(request: HttpRequest, record: Recording, thing: Publishable, version: int, old: str, new: str) -> bool:
    """Return whether it was saved."""
    try:
        if thing.version != version:
            raise StaleVersion
        with record.step():
            replace_address(thing, old, new, user=request.user)
    except StaleVersion:
        text = gettext("“%(thing)s” was saved by somebody else meanwhile, and stays as it is. Look again.")
        messages.warning(request, text % {"thing": thing})
    except ValidationError as refusal:
        messages.error(request, f"{thing}: {' '.join(refusal.messages)}")
    else:
        return True
    return False
