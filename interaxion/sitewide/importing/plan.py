"""An import from beginning to end: walk, ask each app what is its own, import what others refer to first."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from types import ModuleType

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

import courses.importing
import episodes.importing.documents
import posts.importing
from interaxion.content.importing.inputs import Claim, ImportInputs, Place
from interaxion.content.importing.links import DOCUMENT_SUFFIXES, FILE_SUFFIXES
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.content.importing.site_files import SiteFiles
from interaxion.content.paths import normalise
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.saving.storing import StaleVersion
from interaxion.sitewide.demo.removal import remove_untouched_demo
from interaxion.sitewide.exporting.restoring import find_export
from interaxion.sitewide.importing import data as data_importing
from interaxion.sitewide.importing import pages as page_importing
from interaxion.sitewide.importing.left_out import reason_to_leave_out
from interaxion.sitewide.importing.sites import Site, find_sites, inputs_of, own_hosts_of
from interaxion.sitewide.importing.source import open_source
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import is_draft, line_of, text_of
from interaxion.text.jekyll.permalinks import address_of
from interaxion.text.source_errors import Note, SourceError, gettext_noop

logger = logging.getLogger(__name__)

#: In this order: an episode may be named by a post, a post by a page.
APPS: tuple[ModuleType, ...] = (episodes.importing.documents, posts.importing, courses.importing, page_importing)
LAYOUTS = tuple(layout for app in APPS for layout in app.LAYOUTS)
#: The order of a run: what others refer to comes first.
CONFIG, PEOPLE, ASSETS, DOCUMENTS, GLOSSARY, LEFT_OUT = range(6)
DEMO_MADE_ROOM = gettext_noop("the demo content makes room: what nobody has edited of it is removed")
#: Files about a repository, which are no part of its site.
ABOUT_FILES = re.compile(r"(?:README|LICEN[CS]E|CONTRIBUTING|CHANGELOG|PROJECT_COMPLETION)\b", re.IGNORECASE)
#: Audio is stored with the episode that names it.
ASSET_SUFFIXES = tuple(suffix for suffix in FILE_SUFFIXES if suffix not in {".mp3", ".m4a"})


@dataclass(frozen=True)
class Step:
    """One file on its way: `work` imports it."""

    file: str
    order: tuple[object, ...]
    inputs: ImportInputs
    work: Callable[[], Outcome]


def import_paths(
    given: Sequence[Path],
    inputs: ImportInputs,
    *,
    site_url: str = "",
    dry_run: bool = False,
    expect: Callable[[int], object] = lambda count: None,
    tell: Callable[[Outcome], object] = lambda outcome: None,
    shown_name: str = "",
) -> list[Outcome]:
    """Import files, folders and zips. A dry run does it all and takes it back.

    Expects so many files more each time it has looked into what is given, and tells each outcome as it comes.
    """
    outcomes: list[Outcome] = []
    files: list[SiteFiles] = []

    def report(outcome: Outcome) -> None:
        outcomes.append(outcome)
        tell(outcome)

    try:
        with transaction.atomic() if dry_run else nullcontext():
            for path in given:
                problems, steps = _plan(path, inputs, site_url, shown_name)
                expect(len(problems) + len(steps))
                for problem in problems:
                    report(_failed(problem))
                for step in steps:
                    files.append(step.inputs.files)
                    report(_attempt(step))
            if dry_run:
                transaction.set_rollback(True)
    finally:
        for site_files in files if dry_run else ():
            site_files.take_back()
    return outcomes


def _plan(path: Path, inputs: ImportInputs, site_url: str, shown_name: str) -> tuple[list[SourceError], list[Step]]:
    """What cannot be read, and every other file as a step, in an order in which references resolve."""
    try:
        source = open_source(path, shown_name)
    except SourceError as problem:
        return [problem], []
    problems = list(source.refused)
    steps = []
    sites = find_sites(source)
    inputs = replace(inputs, own_hosts=own_hosts_of(sites, site_url, is_demo=inputs.is_demo))
    for site in sites:
        steps += _steps_of(site, inputs_of(site, inputs), problems)
    documents = [step.file for step in steps if step.order[0] == DOCUMENTS]
    if inputs.number is not None and len(documents) > 1:
        message, cure = gettext_noop("--number is for one file"), gettext_noop("import that file alone")
        return [SourceError(documents[1], 1, message, cure)], []
    if not steps and not problems:
        cure = gettext_noop("give a Markdown file, a folder of them, or a zip")
        problems.append(SourceError(path.name, 1, gettext_noop("there is nothing to import"), cure))
    return problems, sorted(steps, key=lambda step: step.order)


def _steps_of(site: Site, inputs: ImportInputs, problems: list[SourceError]) -> Iterator[Step]:
    def step(name: str, *order: object, work: Callable[[], Outcome]) -> Step:
        return Step(name, order, inputs, work)

    export = find_export(site, problems)
    for name, order, work in export.works(inputs, partial(_import_changed, site)) if export else ():
        yield step(site.root + name, *order, work=work)
    for name in site.names:
        try:
            if not export or name.removeprefix(site.root) not in export.own_names:
                yield from _steps_of_file(name, site, inputs)
        except SourceError as problem:
            problems.append(problem)
        except Exception as problem:
            problems.append(_unexpected(name, problem))


def _steps_of_file(name: str, site: Site, inputs: ImportInputs) -> list[Step]:
    """Raises SourceError where it cannot be read or nobody knows it as its own."""
    in_site = name.removeprefix(site.root)

    def step(name: str, *order: object, work: Callable[[], Outcome]) -> Step:
        return Step(name, order, inputs, work)

    if site.is_jekyll and in_site == "_config.yml":
        return [step(name, CONFIG, work=partial(_import_data, data_importing.import_config, name, site, inputs))]
    if in_site == "_data/members.yml":
        return [step(name, PEOPLE, work=partial(_import_data, data_importing.import_members, name, site, inputs))]
    if in_site == "_data/keywords.yml":
        entries = data_importing.glossary(name, site.source.read(name))
        return [
            step(entry.name, GLOSSARY, entry.name, work=partial(data_importing.import_entry, entry, inputs))
            for entry in entries
        ]
    if site.is_jekyll and in_site.lower().endswith(ASSET_SUFFIXES):
        return [step(name, ASSETS, name, work=partial(_import_asset, name, in_site, inputs))]
    if is_document(name, site):
        document = site.document(name)
        place = site.place(name, is_course=bool(inputs.course))
        app, claim = find_app(document, place)
        if (written := text_of(document, "permalink")) and (address := address_of(document, written, place.folders)):
            inputs.written.setdefault(normalise(address), document.name)
        own = replace(inputs, permalink=site.config.pattern_for(in_site), folder=str(PurePosixPath(in_site).parent))
        work = partial(app.import_document, document, place, own)
        return [step(name, DOCUMENTS, *_order(document, app, claim), work=work)]
    reason = reason_to_leave_out(name, site)
    return [step(name, LEFT_OUT, name, work=partial(_leave_out, name, reason))] if reason else []


def _import_changed(site: Site, document: SourceDocument, inputs: ImportInputs) -> Outcome:
    """A document of an export that somebody has changed, as any other."""
    place = site.place(site.root + document.name)
    app, _claim = find_app(document, place)
    outcome: Outcome = app.import_document(document, place, inputs)
    return outcome


def is_document(name: str, site: Site) -> bool:
    """A file given by its own name is one whatever it is called."""
    if site.source.names == [name]:
        return True
    path = PurePosixPath(name)
    return path.suffix.lower() in DOCUMENT_SUFFIXES and not ABOUT_FILES.match(path.name)


def find_app(document: SourceDocument, place: Place) -> tuple[ModuleType, Claim]:
    """Whose file it is. Raises SourceError where nobody or more than one knows it as its own."""
    claims = [(app.claims(document, place), app) for app in APPS]
    strongest = max(claim for claim, _app in claims)
    claimants = [app for claim, app in claims if claim == strongest]
    if strongest is not Claim.NONE and len(claimants) == 1:
        return claimants[0], strongest
    if strongest is not Claim.NONE:
        message = gettext_noop("this can be read as more than one kind of file")
    elif "layout" in document.meta:
        message = gettext_noop("nobody knows the layout %(layout)s")
    else:
        message = gettext_noop("nothing says what kind of file this is")
    raise SourceError(
        document.name,
        line_of(document, "layout"),
        message,
        gettext_noop("write a layout into its front matter: %(layouts)s"),
        layout=document.meta.get("layout", ""),
        layouts=", ".join(LAYOUTS),
    )


def _order(document: SourceDocument, app: ModuleType, claim: Claim) -> tuple[object, ...]:
    """A draft before what is published of it, full notes before short ones, an index before its chapters."""
    name = PurePosixPath(document.name)
    natural = [int(part) if part.isdecimal() else -1 for part in re.split(r"(\d+)", document.name)]
    is_index = name.stem == "index"
    return (
        APPS.index(app),
        not is_draft(document),
        claim is Claim.HEADING,
        str(name.parent),
        not is_index,
        natural,
        document.name,
    )


def _import_data(
    work: Callable[[str, bytes, ImportInputs], Outcome], name: str, site: Site, inputs: ImportInputs
) -> Outcome:
    return work(name, site.source.read(name), inputs)


def _import_asset(name: str, in_site: str, inputs: ImportInputs) -> Outcome:
    """A file that cannot be kept is told, and stops nothing."""
    try:
        _stored, is_new = inputs.files.store(in_site)
    except ValidationError as refused:
        return Outcome(name, Action.SKIPPED, "", (Note(1, "%(problem)s", {"problem": " ".join(refused.messages)}),))
    return Outcome(name, Action.CREATED if is_new else Action.UNCHANGED, f"/{in_site}")


def _leave_out(name: str, reason: str) -> Outcome:
    return Outcome(name, Action.SKIPPED, "", (Note(1, reason),))


def _attempt(step: Step) -> Outcome:
    """The whole file or nothing of it."""
    written_before = len(step.inputs.files.written)
    outcome = None
    try:
        with transaction.atomic():
            SiteState.lock()
            had_demo = not step.inputs.is_demo and remove_untouched_demo()
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
        outcome = _failed(_unexpected(step.file, problem))
    finally:
        if outcome is None or outcome.action is Action.FAILED:
            step.inputs.files.take_back(written_before)
    return outcome


def _unexpected(file: str, problem: Exception) -> SourceError:
    """A fault of ours as that of one file, so that the others are imported. The log holds where it happened."""
    logger.error("%s could not be imported", file, exc_info=problem)
    message = gettext_noop("it cannot be imported: %(problem)s")
    cure = gettext_noop("report this with the file: the log says more")
    return SourceError(file, 1, message, cure, problem=f"{type(problem).__name__}: {problem}")


def _failed(problem: SourceError) -> Outcome:
    return Outcome(problem.file, Action.FAILED, problem=problem)
