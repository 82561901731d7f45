"""Import by upload, for editors without a shell: first a dry run, then a button that does the import."""

import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import get_valid_filename
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.serving.patience import go_on
from interaxion.sitewide.importing.plan import import_paths
from interaxion.sitewide.importing.source import MOST_BYTES

SUFFIXES = (".md", ".markdown", ".txt", ".zip")
#: The longest file name of an upload, in bytes, without its ending.
LONGEST_STEM = 200
#: How long an upload waits for its button, in seconds: a day.
PATIENCE = 24 * 60 * 60
ACTION_LABELS = {
    Action.CREATED: _("created"),
    Action.UPDATED: _("updated"),
    Action.UNCHANGED: _("unchanged"),
    Action.SKIPPED: _("skipped"),
    Action.FAILED: _("failed"),
}


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("file"), help_text=_("A Markdown file, or a zip of files or of a whole Jekyll site.")
    )
    overwrite = forms.BooleanField(label=_("replace what somebody has edited since"), required=False)

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(SUFFIXES):
            raise ValidationError(gettext("Choose a file that ends with one of %s.") % ", ".join(SUFFIXES))
        if file.size > MOST_BYTES:
            raise ValidationError(gettext("The file is larger than %d MB.") % (MOST_BYTES // 1_000_000))
        return file


@dataclass(frozen=True)
class Line:
    """One file of the report, in the language of the user."""

    file: str
    action: Action
    label: str
    path: str
    notes: list[str]


def import_files(request: HttpRequest) -> HttpResponse:
    """Show the form; after an upload the report of a dry run; after the button that of the import."""
    if not request.user.has_perm("episodes.publish_episode"):
        raise PermissionDenied
    if token := request.POST.get("token", ""):
        path, overwrite = _find_upload(token, request)
        outcomes = _import(path, overwrite)
        shutil.rmtree(path.parent)
        return _show(request, title=gettext("Imported"), lines=[_line(outcome) for outcome in outcomes])
    form = UploadForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _show(request, title=gettext("Import"), form=form)
    path, overwrite = _keep_upload(form.cleaned_data["file"]), form.cleaned_data["overwrite"]
    outcomes = _import(path, overwrite, dry_run=True)
    token = signing.dumps([path.parent.name, path.name, overwrite, request.user.pk], salt="import")
    return _show(request, title=gettext("What would happen"), lines=[_line(o) for o in outcomes], token=token)


def _import(path: Path, overwrite: bool, *, dry_run: bool = False) -> list[Outcome]:
    """Import. A whole site takes long: `go_on` after each file tells the watchdog of the server that work goes on."""
    return import_paths([path], ImportInputs(overwrite=overwrite), dry_run=dry_run, tell=lambda outcome: go_on())


def _keep_upload(file: UploadedFile) -> Path:
    """Store the upload under a name that nobody can guess; delete uploads older than PATIENCE. Return its path."""
    uploads = settings.VAR_DIR / "uploads"
    for old in uploads.glob("*"):
        if old.stat().st_mtime < time.time() - PATIENCE:
            shutil.rmtree(old, ignore_errors=True)
    stem, _dot, suffix = get_valid_filename(file.name).rpartition(".")
    # File systems limit bytes; a Japanese character has three in UTF-8.
    name = stem.encode()[:LONGEST_STEM].decode(errors="ignore")
    path = uploads / secrets.token_hex(16) / f"{name}.{suffix}"
    path.parent.mkdir(parents=True)
    with path.open("wb") as stream:
        for chunk in file.chunks():
            stream.write(chunk)
    return path


def _find_upload(token: str, request: HttpRequest) -> tuple[Path, bool]:
    """Return the upload of the same user, and whether to overwrite. Raises PermissionDenied for any other token."""
    try:
        folder, name, overwrite, user = signing.loads(token, salt="import", max_age=PATIENCE)
    except signing.BadSignature as problem:
        raise PermissionDenied from problem
    path = settings.VAR_DIR / "uploads" / folder / name
    if user != request.user.pk or not path.is_file():
        raise PermissionDenied
    return path, overwrite


def _line(outcome: Outcome) -> Line:
    notes = [f"{outcome.file}:{note.line}: {gettext(note.message) % note.params}" for note in outcome.warnings]
    if problem := outcome.problem:
        sentence = f"{gettext(problem.message) % problem.params}; {gettext(problem.cure) % problem.params}"
        notes.append(f"{problem.file}:{problem.line}: {sentence}")
    return Line(outcome.file, outcome.action, str(ACTION_LABELS[outcome.action]), outcome.path, notes)


def _show(request: HttpRequest, **context: object) -> HttpResponse:
    return TemplateResponse(request, "admin/import.html", {**admin.site.each_context(request), **context})
