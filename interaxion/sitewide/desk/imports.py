"""Import by upload, for editors without a shell: first a dry run, then a button that does the import. Both are jobs."""

import json
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import format_lazy
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from episodes.importing.reading.theme_keys import FIELDS, parse_key_map
from interaxion.content.jobs.queueing import queue_job
from interaxion.content.jobs.uploads import digest_of, has_upload, keep_upload
from interaxion.sitewide.desk.import_jobs import DRY_RUN, IMPORT, find_dry_run, may_import
from interaxion.sitewide.importing.kinds.detecting import LABELS, Kind
from interaxion.sitewide.importing.sources.source import MOST_BYTES

SUFFIXES = (".md", ".markdown", ".txt", ".zip", ".xml")


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("file"),
        help_text=_("A Markdown file, an export of WordPress, or a zip of files or of a whole site of Jekyll or Hugo."),
    )
    kind = forms.ChoiceField(
        label=_("kind"),
        required=False,
        choices=[("", _("as its own files say")), *((kind, gettext_lazy(LABELS[kind])) for kind in Kind)],
    )
    publish_at = forms.DateTimeField(
        label=_("date of what has none"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: what has no date stays a draft."),
    )
    number = forms.DecimalField(
        label=_("number of the episode"),
        required=False,
        max_digits=7,
        decimal_places=2,
        help_text=_("Only if the file is a single episode."),
    )
    course = forms.SlugField(
        label=_("course"),
        required=False,
        allow_unicode=True,
        help_text=_("The last part of its address, if the files are its chapters."),
    )
    episodes_in = forms.CharField(
        label=_("folder of the episodes"),
        required=False,
        max_length=300,
        help_text=_("Such as _posts/episodes, if nothing in the files says that they are episodes."),
    )
    key_map = forms.CharField(
        label=_("meaning of keys"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=format_lazy(
            _("A line for each key, such as klang=audio. It can mean: {fields}."), fields=", ".join(FIELDS)
        ),
    )
    site_url = forms.URLField(
        label=_("former address"),
        required=False,
        assume_scheme="https",
        help_text=_("Where the site was before: links to it become links within this site."),
    )
    fetch_pictures = forms.BooleanField(
        label=_("fetch the pictures of other sites"),
        required=False,
        help_text=_("A job brings them after the import. Until then they are links."),
    )
    overwrite = forms.BooleanField(label=_("replace what somebody has edited since"), required=False)

    def clean_key_map(self) -> dict[str, str]:
        try:
            return parse_key_map(self.cleaned_data["key_map"].splitlines())
        except ValueError as problem:
            raise ValidationError(gettext("This line cannot be read: %s") % problem) from problem

    def options(self) -> dict[str, Any]:
        """Return what was chosen, as JSON."""
        data = self.cleaned_data
        return {
            "overwrite": data["overwrite"],
            "number": str(data["number"]) if data["number"] is not None else None,
            "publish_at": data["publish_at"].isoformat() if data["publish_at"] else None,
            "course": data["course"],
            "kind": data["kind"],
            "episodes_in": data["episodes_in"].strip(),
            "key_map": data["key_map"],
            "site_url": data["site_url"],
            "fetch_pictures": data["fetch_pictures"],
        }

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(SUFFIXES):
            raise ValidationError(gettext("Choose a file that ends with one of %s.") % ", ".join(SUFFIXES))
        if file.size > MOST_BYTES:
            raise ValidationError(gettext("The file is larger than %d MB.") % (MOST_BYTES // 1_000_000))
        return file


def import_files(request: HttpRequest) -> HttpResponse:
    """Show the form; after an upload queue its dry run, after the button of the dry run the import."""
    if not may_import(request.user):
        raise PermissionDenied
    if "job" in request.POST:
        return _import(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        context = {**admin.site.each_context(request), "title": gettext("Import"), "form": form}
        return TemplateResponse(request, "admin/import.html", context)
    file, options = form.cleaned_data["file"], form.options()
    digest = digest_of(file)
    # The same file twice, such as by a second click, is one job: its upload is the first one.
    inputs = {"upload": keep_upload(file), "digest": digest, "options": options}
    subject = f"{digest} {sha256(json.dumps(options, sort_keys=True).encode()).hexdigest()}"
    job = queue_job(DRY_RUN, subject=subject, about=file.name, inputs=inputs, user=request.user)
    return redirect("admin:job", job.pk)


def _import(request: HttpRequest) -> HttpResponse:
    """Queue the import whose dry run is named."""
    dry_run = find_dry_run(request.POST["job"])
    if dry_run is None or not has_upload(dry_run.inputs["upload"]):
        messages.error(request, gettext("This upload is gone: it was imported, or is older than a day."))
        return redirect("admin:import")
    inputs = dry_run.inputs
    # One import of a file at a time, however it was uploaded.
    job = queue_job(IMPORT, subject=inputs["digest"], about=dry_run.about, inputs=inputs, user=request.user)
    return redirect("admin:job", job.pk)
