"""An import from beginning to end: look into what is given, plan a step for each file, run the steps in order."""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from interaxion.content.changes.recording import Recording
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.content.importing.site_files import SiteFiles
from interaxion.content.publishing.settling import settling
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import StaleVersion
from interaxion.desk.mail.events import announce_import
from interaxion.sitewide.demo.removal import remove_untouched_demo
from interaxion.sitewide.importing.database_copies import has_copy
from interaxion.sitewide.importing.kinds.detecting import Kind, find_kind, has_documents, read_as
from interaxion.sitewide.importing.kinds.unread import find_unread
from interaxion.sitewide.importing.rehearsal import keep_media, rehearse
from interaxion.sitewide.importing.report.old_addresses import find_answering
from interaxion.sitewide.importing.site_inputs import inputs_of, own_hosts_of
from interaxion.sitewide.importing.sites import find_sites
from interaxion.sitewide.importing.sources.opening import open_source
from interaxion.sitewide.importing.steps import DOCUMENTS, KNOWN, Step, steps_of, unexpected
from interaxion.text.source_errors import Note, Option, SourceError, gettext_noop

#: The most steps of one transaction, and the seconds after which none is added to it.
MOST_STEPS, LONGEST_TRANSACTION = 25, 2.0
#: Seconds between two transactions that write. SQLite has no queue: who waits for the lock asks every 0.1 s.
PAUSE = 0.12
#: What writes: then others may be waiting.
WRITING = (Action.CREATED, Action.UPDATED)
DEMO_MADE_ROOM = gettext_noop("the demo content makes room: what nobody has edited of it is removed")


def import_paths(
    given: Sequence[Path],
    inputs: ImportInputs,
    *,
    site_url: str = "",
    dry_run: bool = False,
    expect: Callable[[int], object] = lambda count: None,
    tell: Callable[[Outcome], object] = lambda outcome: None,
    greet: Callable[[str, Kind], object] = lambda name, kind: None,
    shown_name: str = "",
    record: Recording | None = None,
    rehearsal: str = "",
) -> list[Outcome]:
    """Import files, folders and zips. A dry run imports everything, and nothing of it stays.

    With the name of a `rehearsal`, a dry run on SQLite leaves a copy of the database to look at.

    `record` keeps what is replaced, so that the import can be taken back as one.
    Calls `greet` with the kind of each folder, zip or export, `expect` with the number of files in each given path, and
    `tell` with each outcome as it comes.
    """
    record = record or Recording()
    outcomes: list[Outcome] = []
    files: list[SiteFiles] = []

    def report(outcome: Outcome) -> None:
        outcomes.append(outcome)
        tell(outcome)

    try:
        with rehearse(rehearsal) if dry_run else nullcontext():
            for path in given:
                problems, steps = _plan(path, inputs, site_url, shown_name, greet)
                expect(len(problems) + len(steps))
                for problem in problems:
                    report(_failed(problem))
                files += [step.inputs.files for step in steps]
                waiting = deque(steps)
                while waiting:
                    _run_some(waiting, outcomes, report, record)
                outcomes[:] = _with_old_addresses(outcomes, steps)
        asked = [outcome.file for outcome in outcomes if outcome.asks_editor]
        if asked and not dry_run:
            announce_import(asked, by=record.change.user)
        if dry_run and rehearsal and has_copy(rehearsal):
            keep_media(rehearsal, [name for site_files in files for name in site_files.written])
    finally:
        for site_files in files if dry_run else ():
            site_files.take_back()
    return outcomes


def _with_old_addresses(outcomes: list[Outcome], steps: list[Step]) -> list[Outcome]:
    """Ask at the end, when everything is there, whether the old addresses answer."""
    addresses = {step.file: address for step in steps if (address := step.old_address())}
    answering = find_answering(addresses.values())
    return [
        replace(outcome, old_address=address, answers=address in answering)
        if (address := addresses.get(outcome.file))
        else outcome
        for outcome in outcomes
    ]


def _plan(
    path: Path, inputs: ImportInputs, site_url: str, shown_name: str, greet: Callable[[str, Kind], object]
) -> tuple[list[SourceError], list[Step]]:
    """Return the errors of files that cannot be read, and a step for every other file, in order."""
    try:
        source = open_source(path, shown_name)
        kind = Kind(inputs.kind) if inputs.kind else find_kind(source)
        if not has_documents(source, kind) and (answer := find_unread(source)):
            return [answer], []
        source = read_as(source, kind, is_said=bool(inputs.kind))
    except SourceError as problem:
        return [problem], []
    if source.root_name or kind not in (Kind.JEKYLL, Kind.MARKDOWN):
        greet(shown_name or path.name, kind)
    problems = list(source.refused)
    steps: list[Step] = []
    sites = find_sites(source)
    inputs = replace(inputs, own_hosts=own_hosts_of(sites, site_url, is_demo=inputs.is_demo))
    for site in sites:
        steps += steps_of(site, inputs_of(site, inputs), problems)
    documents = [step.file for step in steps if step.order[0] in {KNOWN, DOCUMENTS}]
    if inputs.number is not None and len(documents) > 1:
        message, cure = gettext_noop("%(option)s is for one file"), gettext_noop("import that file alone")
        return [SourceError(documents[1], 1, message, cure, option=Option.NUMBER)], []
    if not steps and not problems:
        cure = gettext_noop("give a Markdown file, a folder of them, or a zip")
        problems.append(SourceError(path.name, 1, gettext_noop("there is nothing to import"), cure))
    return problems, sorted(steps, key=lambda step: step.order)


def _run_some(
    waiting: deque[Step], outcomes: list[Outcome], report: Callable[[Outcome], object], record: Recording
) -> None:
    """Run the next steps in one transaction, which is short, since a host's save waits for it.

    The site lock is taken first: two imports cannot race. What is derived from all of their things is written at the
    end. If `report` asks to stop by raising, what is done is kept. If the end of the transaction fails, each of its
    files is run again by itself, so that the others are not lost with one.
    """
    begun, before, done, stopped = monotonic(), len(outcomes), [waiting.popleft()], None
    written_before = {id(step.inputs.files): len(step.inputs.files.written) for step in (*done, *waiting)}
    try:
        with record.step(), SiteState.changing(), settling():
            while True:
                outcome = _attempt(done[-1])
                try:
                    report(outcome)
                except BaseException as request:
                    stopped = request
                if stopped or not waiting or len(done) == MOST_STEPS or monotonic() - begun > LONGEST_TRANSACTION:
                    break
                done.append(waiting.popleft())
    except Exception as problem:
        for step in done:
            step.inputs.files.take_back(written_before[id(step.inputs.files)])
        del outcomes[before:]
        for step in done:
            if len(done) > 1:
                _run_some(deque([step]), outcomes, report, record)
            elif isinstance(problem, DatabaseError):
                report(_failed(_refusal(step, problem)))
            else:
                report(_failed(unexpected(step.file, problem)))
    if stopped:
        raise stopped
    if waiting and any(outcome.action in WRITING for outcome in outcomes[before:]):
        sleep(PAUSE)


def _attempt(step: Step) -> Outcome:
    """Import the whole file or nothing of it: in a savepoint."""
    written_before = len(step.inputs.files.written)
    outcome = None
    try:
        with transaction.atomic(), SiteState.changing(), settling():
            had_demo = not step.inputs.is_demo and remove_untouched_demo()
            outcome = step.work()
            if had_demo and outcome.action in {Action.CREATED, Action.UPDATED}:
                outcome = replace(outcome, warnings=(*outcome.warnings, Note(1, DEMO_MADE_ROOM)))
            elif had_demo:
                transaction.set_rollback(True)
    except SourceError as problem:
        outcome = _failed(problem)
    except (ValidationError, StaleVersion, DatabaseError) as problem:
        outcome = _failed(_refusal(step, problem))
    except Exception as problem:
        outcome = _failed(unexpected(step.file, problem))
    finally:
        if outcome is None or outcome.action is Action.FAILED:
            step.inputs.files.take_back(written_before)
    return outcome


def _refusal(step: Step, problem: Exception) -> SourceError:
    text = " ".join(problem.messages) if isinstance(problem, ValidationError) else str(problem)
    cure = gettext_noop("correct the file and import it again")
    return SourceError(step.file, 1, "%(problem)s", cure, problem=text)


def _failed(problem: SourceError) -> Outcome:
    return Outcome(problem.file, Action.FAILED, problem=problem)
