"""A whole show from its feed, for editors without a shell: first a rehearsal, then a button that imports it."""

import json
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import URLValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from episodes.host_feed.fetching import MOST_BYTES
from interaxion.content.fields import LinesFormField
from interaxion.content.jobs.queueing import queue_job
from interaxion.content.jobs.uploads import digest_of, has_upload, keep_upload
from interaxion.sitewide.desk.feed_jobs import DECISIONS, FEED_DRY_RUN, FEED_IMPORT, find_feed_dry_run
from interaxion.sitewide.desk.import_jobs import may_import
from interaxion.sitewide.importing.feed_decisions import parse_decisions


class FeedForm(forms.Form):
    address = forms.CharField(
        label=_("address of the feed"),
        required=False,
        max_length=500,
        validators=[URLValidator(["https", "http"])],
        widget=forms.URLInput({"class": "vURLField"}),
        help_text=_("The RSS feed at the host that has the audio."),
    )
    file = forms.FileField(label=_("or the feed as a file"), required=False)
    fetch_audio = forms.BooleanField(
        label=_("bring the audio here, too"),
        required=False,
        help_text=_("Afterwards, as work of its own. Otherwise it stays where it is."),
    )

    decisions = LinesFormField(
        label=DECISIONS,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Only for items in doubt: the GUID, = and the number of the episode, or new for a new one; a line for each."
        ),
    )

    def clean_decisions(self) -> list[str]:
        lines = self.cleaned_data["decisions"]
        try:
            parse_decisions(lines)
        except ValueError as problem:
            raise ValidationError(str(problem)) from problem
        return list(lines)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and bool(data.get("address")) == bool(data.get("file")):
            raise ValidationError(gettext("Give either an address or a file."))
        if (file := data.get("file")) and file.size > MOST_BYTES:
            raise ValidationError({"file": gettext("The file is larger than %d MB.") % (MOST_BYTES // 1_000_000)})
        return data


def import_show(request: HttpRequest) -> HttpResponse:
    """Show the form; afterwards queue the rehearsal, and after its button the import."""
    if not may_import(request.user):
        raise PermissionDenied
    if "job" in request.POST:
        return _import(request)
    form = FeedForm(request.POST, request.FILES) if request.method == "POST" else FeedForm()
    if not form.is_valid():
        context = {**admin.site.each_context(request), "title": gettext("A show from its feed"), "form": form}
        return TemplateResponse(request, "admin/feed_import.html", context)
    data = form.cleaned_data
    file, address = data["file"], data["address"]
    subject = digest_of(file) if file else sha256(address.encode()).hexdigest()
    inputs = {
        "address": address,
        "upload": keep_upload(file) if file else "",
        "subject": subject,
        "fetch_audio": data["fetch_audio"],
        "decisions": data["decisions"],
    }
    about = file.name if file else address
    job = queue_job(FEED_DRY_RUN, subject=f"{subject} {_digest(data)}", about=about, inputs=inputs, user=request.user)
    return redirect("admin:job", job.pk)


def _digest(data: dict[str, Any]) -> str:
    chosen = json.dumps([data["fetch_audio"], data["decisions"]])
    return sha256(chosen.encode()).hexdigest()


def _import(request: HttpRequest) -> HttpResponse:
    """Queue the import whose rehearsal is named."""
    dry_run = find_feed_dry_run(request.POST["job"])
    if dry_run is None or (dry_run.inputs["upload"] and not has_upload(dry_run.inputs["upload"])):
        messages.error(request, gettext("This upload is gone: it was imported, or is older than a day."))
        return redirect("admin:import_show")
    inputs = dry_run.inputs
    job = queue_job(FEED_IMPORT, subject=inputs["subject"], about=dry_run.about, inputs=inputs, user=request.user)
    return redirect("admin:job", job.pk)
