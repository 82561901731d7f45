"""An import from beginning to end: look into what is given, plan a step for each file, run the steps in order."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from interaxion.content.changes.recording import Recording
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.content.importing.site_files import SiteFiles
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import StaleVersion
from interaxion.sitewide.demo.removal import remove_untouched_demo
from interaxion.sitewide.importing.opening import open_source
from interaxion.sitewide.importing.rehearsal import rehearse
from interaxion.sitewide.importing.site_inputs import inputs_of, own_hosts_of
from interaxion.sitewide.importing.sites import find_sites
from interaxion.sitewide.importing.steps import DOCUMENTS, Step, steps_of, unexpected
from interaxion.text.source_errors import Note, SourceError, gettext_noop

DEMO_MADE_ROOM = gettext_noop("the demo content makes room: what nobody has edited of it is removed")


def import_paths(
    given: Sequence[Path],
    inputs: ImportInputs,
    *,
    site_url: str = "",
    dry_run: bool = False,
    expect: Callable[[int], object] = lambda count: None,
    tell: Callable[[Outcome], object] = lambda outcome: None,
    shown_name: str = "",
    record: Recording | None = None,
) -> list[Outcome]:
    """Import files, folders and zips. A dry run imports everything, and nothing of it stays.

    `record` keeps what is replaced, so that the import can be taken back as one.
    Calls `expect` with the number of files in each given path, and `tell` with each outcome as it comes.
    """
    record = record or Recording()
    outcomes: list[Outcome] = []
    files: list[SiteFiles] = []

    def report(outcome: Outcome) -> None:
        outcomes.append(outcome)
        tell(outcome)

    try:
        with rehearse() if dry_run else nullcontext():
            for path in given:
                problems, steps = _plan(path, inputs, site_url, shown_name)
                expect(len(problems) + len(steps))
                for problem in problems:
                    report(_failed(problem))
                for step in steps:
                    files.append(step.inputs.files)
                    report(_attempt(step, record))
    finally:
        for site_files in files if dry_run else ():
            site_files.take_back()
    return outcomes


def _plan(path: Path, inputs: ImportInputs, site_url: str, shown_name: str) -> tuple[list[SourceError], list[Step]]:
    """Return the errors of files that cannot be read, and a step for every other file, in order."""
    try:
        source = open_source(path, shown_name)
    except SourceError as problem:
        return [problem], []
    problems = list(source.refused)
    steps: list[Step] = []
    sites = find_sites(source)
    inputs = replace(inputs, own_hosts=own_hosts_of(sites, site_url, is_demo=inputs.is_demo))
    for site in sites:
        steps += steps_of(site, inputs_of(site, inputs), problems)
    documents = [step.file for step in steps if step.order[0] == DOCUMENTS]
    if inputs.number is not None and len(documents) > 1:
        message, cure = gettext_noop("--number is for one file"), gettext_noop("import that file alone")
        return [SourceError(documents[1], 1, message, cure)], []
    if not steps and not problems:
        cure = gettext_noop("give a Markdown file, a folder of them, or a zip")
        problems.append(SourceError(path.name, 1, gettext_noop("there is nothing to import"), cure))
    return problems, sorted(steps, key=lambda step: step.order)


def _attempt(step: Step, record: Recording) -> Outcome:
    """Import the whole file or nothing of it. The site lock is taken first: two imports cannot race."""
    written_before = len(step.inputs.files.written)
    outcome = None
    try:
        with transaction.atomic():
            SiteState.lock()
            had_demo = not step.inputs.is_demo and remove_untouched_demo()
            with record.step():
                outcome = step.work()
            if had_demo and outcome.action in {Action.CREATED, Action.UPDATED}:
                outcome = replace(outcome, warnings=(*outcome.warnings, Note(1, DEMO_MADE_ROOM)))
            elif had_demo:
                transaction.set_rollback(True)
    except SourceError as problem:
        outcome = _failed(problem)
    except (ValidationError, StaleVersion, DatabaseError) as problem:
        text = " ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
        cure = gettext_noop("correct the file and import it again")
        outcome = _failed(SourceError(step.file, 1, "%(problem)s", cure, problem=text))
    except Exception as problem:
        outcome = _failed(unexpected(step.file, problem))
    finally:
        if outcome is None or outcome.action is Action.FAILED:
            step.inputs.files.take_back(written_before)
    return outcome


def _failed(problem: SourceError) -> Outcome:
    return Outcome(problem.file, Action.FAILED, problem=problem)
