"""The page that proposes hosts and marks the chosen ones; its last change can be undone at once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from episodes.models import Speaker
from episodes.people.host_proposals import count_episodes, mark_as_hosts, propose_hosts, take_back


class HostsForm(forms.Form):
    hosts = forms.ModelMultipleChoiceField(
        Speaker.objects.all(), error_messages={"required": _("Choose at least one person.")}
    )


#: The POST field of *Undo* says which marking; the session holds the last one, with the keys of its rows.
UNDO = "undo"
MARKED = "marked_hosts"


def may_mark_hosts(request: HttpRequest) -> bool:
    """Whether the user may mark hosts: that changes every episode, live ones too."""
    return bool(request.user.has_perm("episodes.publish_episode"))


def hosts_view(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    if not may_mark_hosts(request):
        raise PermissionDenied
    context: dict[str, Any] = {}
    if request.method == "POST" and UNDO in request.POST:
        _undo(request)
        return redirect("admin:episodes_speaker_hosts")
    if request.method == "POST":
        form = HostsForm(request.POST)
        if form.is_valid():
            speakers = list(form.cleaned_data["hosts"])
            keys = mark_as_hosts(speakers, user=request.user)
            words = {"names": ", ".join(speaker.name for speaker in speakers), "count": len(keys)}
            context["done"] = gettext("Hosts now: %(names)s, %(count)d times.") % words
            if keys:
                context["undo"] = get_random_string(12)
                request.session[MARKED] = {"mark": context["undo"], "rows": keys}
            for speaker in speakers:
                model_admin.log_change(request, speaker, gettext("Marked as host where no role was said."))
        else:
            context["errors"] = form.errors.get("hosts")
    context |= {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": gettext("Who are the hosts?"),
        "proposals": propose_hosts(),
        "total": count_episodes(),
    }
    return TemplateResponse(request, "admin/hosts.html", context)


def _undo(request: HttpRequest) -> None:
    marked = request.session.get(MARKED, {})
    if marked.get("mark") != request.POST[UNDO]:
        messages.error(request, gettext("Nothing is taken back: only the last marking can be, once."))
        return
    count = take_back(marked["rows"], user=request.user)
    del request.session[MARKED]
    messages.success(request, gettext("Taken back: %(count)d roles are unsaid again.") % {"count": count})
