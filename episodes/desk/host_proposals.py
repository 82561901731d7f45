"""The page that proposes hosts and marks the chosen ones."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from episodes.models import Speaker
from episodes.people.host_proposals import count_episodes, mark_as_hosts, propose_hosts
from interaxion.content.languages import in_a_row
from interaxion.desk.changes.offering import offer_undo


class HostsForm(forms.Form):
    hosts = forms.ModelMultipleChoiceField(
        Speaker.objects.all(), error_messages={"required": _("Choose at least one person.")}
    )


def may_mark_hosts(request: HttpRequest) -> bool:
    """Whether the user may mark hosts: that changes every episode, live ones too."""
    return bool(request.user.has_perm("episodes.publish_episode"))


def hosts_view(model_admin: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    if not may_mark_hosts(request):
        raise PermissionDenied
    context: dict[str, Any] = {}
    if request.method == "POST":
        form = HostsForm(request.POST)
        if form.is_valid():
            speakers = list(form.cleaned_data["hosts"])
            count, change = mark_as_hosts(speakers, user=request.user)
            words = {"names": in_a_row(speaker.name for speaker in speakers), "count": count}
            offer_undo(request, change, gettext("Hosts now: %(names)s, %(count)d times.") % words)
            for speaker in speakers:
                model_admin.log_change(request, speaker, gettext("Marked as host where no role was said."))
            return redirect("admin:episodes_speaker_hosts")
        context["errors"] = form.errors.get("hosts")
    context |= {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": gettext("Who are the hosts?"),
        "proposals": propose_hosts(),
        "total": count_episodes(),
    }
    return TemplateResponse(request, "admin/hosts.html", context)
