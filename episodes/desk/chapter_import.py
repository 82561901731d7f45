"""Chapters from a file of an audio editor: first as a difference, then in the form, which somebody saves."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from episodes.audio.read_chapters import chapters_in
from episodes.models import Episode
from episodes.notes import notes
from episodes.notes.read_chapters import Mark, read_chapters_json, read_labels, take_marks
from interaxion.content.publishing.revisions import snapshot
from interaxion.desk.pages.access import thing_to_edit
from interaxion.desk.protocol import DeskAdmin
from interaxion.desk.saving.autosave_views import show_kept
from interaxion.desk.saving.merge_stale_save import typed_snapshot
from interaxion.desk.saving.snapshot_diff import list_changes
from interaxion.desk.saving.snapshot_forms import as_posted

#: Of a file with labels; audio is read from its tag alone.
MOST_BYTES = 1_000_000


def import_chapters(model_admin: DeskAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """POST `file`, or `uploaded` for the episode's own MP3: show the difference. POST `marks`: fill the form."""
    episode = thing_to_edit(model_admin, request, str(pk))
    try:
        marks = _read(episode, request)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(model_admin.url_of("change", episode))
    data = _filled(model_admin, request, episode, marks)
    if "marks" in request.POST:
        return show_kept(model_admin, request, episode, data, episode.version)
    now = snapshot(episode)
    typed = typed_snapshot(model_admin, request, episode, data, now)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "thing": episode,
        "title": _("Chapters of the file: %(thing)s") % {"thing": episode},
        "change_url": model_admin.url_of("change", episode),
        "changes": list_changes(episode, now, typed) if typed else [],
        "is_refused": typed is None,
        "marks": json.dumps([asdict(mark) for mark in marks], ensure_ascii=False),
    }
    return TemplateResponse(request, "admin/chapter_import.html", context)


def _read(episode: Episode, request: HttpRequest) -> list[Mark]:
    """Return the chapters that were sent. Raises ValidationError."""
    try:
        if "marks" in request.POST:
            return [Mark(int(mark["starts_at"]), str(mark["title"])) for mark in json.loads(request.POST["marks"])]
        marks = _read_uploaded(episode) if "uploaded" in request.POST else _read_file(request.FILES.get("file"))
    except (KeyError, TypeError, UnicodeDecodeError, ValueError) as problem:
        number = problem.args[0] if problem.args and isinstance(problem.args[0], int) else None
        if number:
            raise ValidationError(_("Line %(number)d is no label of Audacity.") % {"number": number}) from problem
        raise ValidationError(
            _("The file is none of these: labels of Audacity, chapters in JSON, an MP3 with chapters.")
        ) from problem
    if not marks:
        raise ValidationError(_("There are no chapters in the file."))
    return marks


def _read_file(file: UploadedFile | None) -> list[Mark]:
    if file is None:
        raise ValidationError(_("Choose a file first."))
    if file.name.lower().endswith(".mp3"):
        return chapters_in(file)
    if file.size > MOST_BYTES:
        raise ValueError
    text = file.read().decode("utf-8-sig")
    return read_chapters_json(text) if text.lstrip().startswith("{") else read_labels(text)


def _read_uploaded(episode: Episode) -> list[Mark]:
    if not episode.audio_file:
        raise ValidationError(_("There is no uploaded audio."))
    try:
        with episode.audio_file.storage.open(episode.audio_file.name) as stream:
            return chapters_in(stream)
    except OSError as problem:
        raise ValidationError(_("The uploaded audio file is missing. Upload it again.")) from problem


def _filled(model_admin: DeskAdmin, request: HttpRequest, episode: Episode, marks: Sequence[Mark]) -> QueryDict:
    """Return the form of the stored episode with the chapters in its notes."""
    data, _gone = as_posted(model_admin, request, episode, snapshot(episode))
    data["notes"] = notes.join(take_marks(notes.parse(episode.notes_document()), marks))
    data["loaded_version"] = str(episode.version)
    return data
