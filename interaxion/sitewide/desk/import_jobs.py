"""The two jobs of an import by upload: the dry run, which says what would happen, and the import itself."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
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
from interaxion.sitewide.desk.picture_jobs import queue_pictures
from interaxion.sitewide.importing.database_copies import can_copy, has_copy
from interaxion.sitewide.importing.kinds.detecting import LABELS, Kind
from interaxion.sitewide.importing.plan import import_paths
from interaxion.sitewide.importing.report.summary import Sentence, sentences_of, spell_for_page, spell_totals, totals_of
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
        outcomes = _import(work, record=record)
    if work.inputs["options"].get("fetch_pictures"):
        queue_pictures(work.job.user, outcomes)
    forget_upload(work.inputs["upload"])


def try_upload(work: Work) -> None:
    _import(work)


def _import(work: Work, *, record: Recording | None = None) -> list[Outcome]:
    """Import the upload; without `record` it is a dry run."""
    work.report = {"files": [], "kinds": []}
    outcomes: list[Outcome] = []

    def tell(outcome: Outcome) -> None:
        outcomes.append(outcome)
        work.report["files"].append(_keep(outcome))
        work.step(LOG_LINES[outcome.action], file=outcome.file)

    inputs = _inputs_of(work.inputs["options"])
    try:
        with open_upload(work.inputs["upload"]) as path:
            rehearsal = rehearsal_of(work.job) if record is None else ""
            outcomes = import_paths(
                [path],
                inputs,
                site_url=work.inputs["options"].get("site_url", ""),
                dry_run=record is None,
                expect=work.expect,
                tell=tell,
                greet=lambda name, kind: work.report["kinds"].append([name, str(kind)]),
                record=record,
                rehearsal=rehearsal,
            )
    finally:
        work.report |= {"sentences": [_keep_sentence(each) for each in sentences_of(outcomes)]}
        fetches = bool(work.inputs["options"].get("fetch_pictures"))
        work.report |= {"totals": totals_of(outcomes, fetches_pictures=fetches)}
        work.report |= {"rehearsal": rehearsal_of(work.job) if record is None else ""}
    return outcomes


def rehearsal_of(job: Job) -> str:
    """Return the name of the copy of the database that the dry run leaves."""
    return f"job-{job.pk}"


def _inputs_of(options: Mapping[str, Any]) -> ImportInputs:
    """Return what the form of the upload has asked for."""
    number, publish_at = options["number"], options["publish_at"]
    return ImportInputs(
        number=Decimal(number) if number else None,
        publish_at=datetime.fromisoformat(publish_at) if publish_at else None,
        kind=options.get("kind", ""),  # a job that waited through an upgrade has none
        **{name: options[name] for name in ("overwrite", "course", "episodes_in", "key_map")},
    )


# --- the report ---


def _keep(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as JSON, with its messages still to be translated."""
    notes = [[note.line, [note.message], _keep_params(note.params)] for note in outcome.warnings]
    if problem := outcome.problem:
        notes.append([problem.line, [problem.message, problem.cure], _keep_params(problem.params)])
    return {"file": outcome.file, "action": outcome.action, "path": outcome.path, "notes": notes}


def _keep_sentence(sentence: Sentence) -> dict[str, Any]:
    kept = {"count": sentence.count, "file": sentence.file, "line": sentence.line}
    return kept | {"messages": sentence.messages, "params": _keep_params(sentence.params)}


def _keep_params(params: Mapping[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, int | float) else str(value) for name, value in params.items()}


def present_report(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report in the language of the reader: totals, each sentence once, and every file."""
    return {
        "kinds": [[name, gettext(LABELS[Kind(kind)])] for name, kind in report.get("kinds", [])],
        "can_be_looked_at": has_copy(report.get("rehearsal", "") or "none"),
        "leaves_no_copy": not can_copy(),
        "totals": list(spell_totals(report["totals"], for_page=True)),
        "sentences": [
            sentence | {"text": spell_for_page(sentence["messages"], sentence["params"])}
            for sentence in report["sentences"]
        ],
        "files": [
            kept | {"label": str(ACTION_LABELS[kept["action"]]), "notes": _spell_notes(kept)}
            for kept in report["files"]
        ],
    }


def _spell_notes(kept: Mapping[str, Any]) -> list[str]:
    return [f"{kept['file']}:{line}: {spell_for_page(messages, params)}" for line, messages, params in kept["notes"]]


def find_dry_run(pk: str) -> Job | None:
    """Return the dry run that has ended and says what an import would do."""
    is_number = pk.isascii() and pk.isdecimal() and len(pk) < 19
    return Job.objects.filter(pk=int(pk), kind=DRY_RUN.name, state="done").first() if is_number else None


def find_rehearsal(pk: int) -> Job | None:
    """Return the dry run, of files or of a feed, whose copy of the database may be looked at."""
    return Job.objects.filter(pk=pk, kind__in=[DRY_RUN.name, "feed_dry_run"], state="done").first()


IMPORT = register(
    JobKind("import", _("Import of %(about)s"), import_upload, may_import, present_report, "admin/import_report.html")
)
DRY_RUN = register(
    JobKind(
        "import_dry_run",
        _("What an import of %(about)s would do"),
        try_upload,
        may_import,
        present_report,
        "admin/import_report.html",
    )
)
