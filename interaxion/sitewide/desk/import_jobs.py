"""The two jobs of an import by upload: the dry run, which says what would happen, and the import itself."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.changes.recording import Recording, recording
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.content.jobs.job import Job
from interaxion.content.jobs.kinds import JobKind, register
from interaxion.content.jobs.uploads import forget_upload, open_upload
from interaxion.content.jobs.work import Work
from interaxion.sitewide.importing.plan import import_paths
from interaxion.text.source_errors import gettext_noop

ACTION_LABELS = {
    Action.CREATED: _("created"),
    Action.UPDATED: _("updated"),
    Action.UNCHANGED: _("unchanged"),
    Action.SKIPPED: _("skipped"),
    Action.FAILED: _("failed"),
}
#: What the log says of each file.
LOG_LINES = {
    Action.CREATED: gettext_noop("%(file)s: created"),
    Action.UPDATED: gettext_noop("%(file)s: updated"),
    Action.UNCHANGED: gettext_noop("%(file)s: unchanged"),
    Action.SKIPPED: gettext_noop("%(file)s: skipped"),
    Action.FAILED: gettext_noop("%(file)s: failed"),
}


def may_import(user: Any, inputs: Mapping[str, Any] | None = None) -> bool:
    return user.has_perm("episodes.publish_episode")


def import_upload(work: Work) -> None:
    with recording(gettext("Import: %(file)s") % {"file": work.job.about}, user=work.job.user) as record:
        _import(work, record=record)
    forget_upload(work.inputs["upload"])


def try_upload(work: Work) -> None:
    _import(work)


def _import(work: Work, *, record: Recording | None = None) -> None:
    """Import the upload; without `record` it is a dry run."""
    work.report = []

    def tell(outcome: Outcome) -> None:
        work.report.append(_keep(outcome))
        work.step(LOG_LINES[outcome.action], file=outcome.file)

    inputs = ImportInputs(overwrite=work.inputs["overwrite"])
    with open_upload(work.inputs["upload"]) as path:
        import_paths([path], inputs, dry_run=record is None, expect=work.expect, tell=tell, record=record)


# --- the report ---


def _keep(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as JSON, with its messages still to be translated."""
    notes = [[note.line, [note.message], _keep_params(note.params)] for note in outcome.warnings]
    if problem := outcome.problem:
        notes.append([problem.line, [problem.message, problem.cure], _keep_params(problem.params)])
    return {"file": outcome.file, "action": outcome.action, "path": outcome.path, "notes": notes}


def _keep_params(params: Mapping[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, int | float) else str(value) for name, value in params.items()}


def present_lines(report: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the lines of a report in the language of the reader."""
    return [kept | {"label": str(ACTION_LABELS[kept["action"]]), "notes": _spell_notes(kept)} for kept in report]


def _spell_notes(kept: Mapping[str, Any]) -> list[str]:
    return [
        f"{kept['file']}:{line}: {'; '.join(gettext(message) % params for message in messages)}"
        for line, messages, params in kept["notes"]
    ]


def find_dry_run(pk: str) -> Job | None:
    """Return the dry run that has ended and says what an import would do."""
    is_number = pk.isascii() and pk.isdecimal() and len(pk) < 19
    return Job.objects.filter(pk=int(pk), kind=DRY_RUN.name, state="done").first() if is_number else None


IMPORT = register(
    JobKind("import", _("Import of %(about)s"), import_upload, may_import, present_lines, "admin/import_report.html")
)
DRY_RUN = register(
    JobKind(
        "import_dry_run",
        _("What an import of %(about)s would do"),
        try_upload,
        may_import,
        present_lines,
        "admin/import_report.html",
    )
)
