"""The steps of importing one site: a step for each file, in an order in which references resolve."""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from types import ModuleType

from django.core.exceptions import ValidationError

from episodes.importing.reading.theme_keys import renamed
from interaxion.content.diagrams.kept import draw_diagrams
from interaxion.content.importing.inputs import Claim, ImportInputs
from interaxion.content.importing.known_files import KnownFiles
from interaxion.content.importing.links import FILE_SUFFIXES
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.content.paths import normalise
from interaxion.sitewide.exporting.restoring import find_export
from interaxion.sitewide.importing.claims import APPS, find_app, hints_of, is_document
from interaxion.sitewide.importing.data import glossary, import_actors, import_config, import_entry, import_members
from interaxion.sitewide.importing.left_out import reason_to_leave_out
from interaxion.sitewide.importing.report.old_addresses import old_address_of
from interaxion.sitewide.importing.sites import Site
from interaxion.text.front_matter.parsing import SourceDocument, read_text
from interaxion.text.jekyll.keys import is_draft, text_of
from interaxion.text.jekyll.permalinks import address_of
from interaxion.text.source_errors import Note, SourceError, gettext_noop

logger = logging.getLogger(__name__)

#: The order of the steps: what is known keeps what it has taken, then what other files refer to comes first.
KNOWN, CONFIG, PEOPLE, ASSETS, DOCUMENTS, GLOSSARY, LEFT_OUT = range(-1, 6)
#: Audio is stored with the episode that names it.
ASSET_SUFFIXES = tuple(suffix for suffix in FILE_SUFFIXES if suffix not in {".mp3", ".m4a"})


@dataclass(frozen=True)
class Step:
    """One file to import: `work` does it, in a transaction of the caller."""

    file: str
    order: tuple[object, ...]
    inputs: ImportInputs
    work: Callable[[], Outcome]
    #: Returns the address of the document on the old site, "" if it had none.
    old_address: Callable[[], str] = str


def steps_of(site: Site, inputs: ImportInputs, problems: list[SourceError]) -> Iterator[Step]:
    """Yield a step for each file; add the files that cannot be read to `problems`."""
    left_out: dict[str, list[Note]] = {}
    for name, note in site.source.left_out if not site.root else ():
        left_out.setdefault(name, []).append(note)
    for name, notes in left_out.items():
        yield Step(name, (LEFT_OUT, name), inputs, partial(Outcome, name, Action.SKIPPED, "", tuple(notes)))
    for step in _steps_of_site(site, inputs, problems):
        file, _line = site.source.original(step.file, 1)
        yield replace(step, file=file, work=partial(_with_original_places, site, step.work))


def _with_original_places(site: Site, work: Callable[[], Outcome]) -> Outcome:
    """Do the work; outcome and error name the file and lines that somebody finds on the disk."""
    original = site.source.original
    try:
        outcome = work()
    except SourceError as problem:
        file, line = original(problem.file, problem.line)
        raise SourceError(file, line, problem.message, problem.cure, **problem.params) from problem
    placed = {id(note) for note in site.source.notes_on(outcome.file)}
    warnings = tuple(
        note if id(note) in placed else replace(note, line=original(outcome.file, note.line)[1])
        for note in outcome.warnings
    )
    return replace(outcome, file=original(outcome.file, 1)[0], warnings=warnings)


def _steps_of_site(site: Site, inputs: ImportInputs, problems: list[SourceError]) -> Iterator[Step]:
    export = find_export(site, inputs, problems)
    for name, order, work in export.works(partial(_import_changed, site)) if export else ():
        yield Step(site.root + name, order, inputs, work)
    known = KnownFiles(site.names, inputs)
    for name in site.names:
        try:
            if not export or name.removeprefix(site.root) not in export.own_names:
                yield from _steps_of_file(name, site, inputs, known)
        except SourceError as problem:
            problems.append(problem)
        except Exception as problem:
            problems.append(unexpected(name, problem))


def unexpected(file: str, problem: Exception) -> SourceError:
    """Turn a bug of ours into an error of this file, so that the others are imported. The log has the traceback."""
    logger.error("%s could not be imported", file, exc_info=problem)
    message = gettext_noop("it cannot be imported: %(problem)s")
    cure = gettext_noop("report this with the file: the log says more")
    return SourceError(file, 1, message, cure, problem=f"{type(problem).__name__}: {problem}")


def _steps_of_file(name: str, site: Site, inputs: ImportInputs, known: KnownFiles) -> Iterator[Step]:
    """Yield the steps of a file. Raises SourceError if it cannot be read or no app recognises it."""
    in_site = name.removeprefix(site.root)
    if site.is_jekyll and in_site == "_config.yml":
        yield Step(name, (CONFIG,), inputs, lambda: import_config(name, site.source.read(name), inputs))
        if site.config.people:
            yield Step(
                f"{name}#actors", (PEOPLE,), inputs, partial(import_actors, f"{name}#actors", site.config, inputs)
            )
    elif in_site == "_data/members.yml":
        yield Step(name, (PEOPLE,), inputs, lambda: import_members(name, site.source.read(name), inputs))
    elif in_site == "_data/keywords.yml":
        yield from _steps_of_glossary(name, site, inputs)
    elif site.is_jekyll and in_site.lower().endswith(ASSET_SUFFIXES):
        yield Step(name, (ASSETS, name), inputs, partial(_import_asset, name, in_site, inputs))
    elif is_document(name, site):
        yield _step_of_document(name, site, inputs, known)
    elif reason := reason_to_leave_out(name, site):
        yield Step(name, (LEFT_OUT, name), inputs, partial(_skip, name, reason))


def _steps_of_glossary(name: str, site: Site, inputs: ImportInputs) -> Iterator[Step]:
    entries = list(glossary(name, site.source.read(name)))
    known = KnownFiles((entry.name for entry in entries), inputs)
    for entry in entries:
        work = partial(import_entry, entry, inputs)
        yield _known_step(entry.name, entry.text, inputs, known) or Step(
            entry.name, (GLOSSARY, entry.name), inputs, work
        )


def _step_of_document(name: str, site: Site, inputs: ImportInputs, known: KnownFiles) -> Step:
    in_site, data = name.removeprefix(site.root), site.source.read(name)
    own = replace(
        inputs,
        permalink=site.config.pattern_for(in_site),
        folder=str(PurePosixPath(in_site).parent),
        defaults=site.config.defaults_for(in_site),
    )
    if step := _known_step(name, read_text(name, data), own, known):
        return step
    document = renamed(site.document(name, data), inputs.key_map)
    document = replace(document, notes=(*document.notes, *site.source.notes_on(name)))
    place = site.place(name, is_course=bool(inputs.course), episodes_in=inputs.episodes_in)
    app, claim = find_app(document, place)
    draw_diagrams(document.body, "chapter")  # now, since the steps lock the site
    hints = hints_of(document, app)
    permalink = text_of(document, "permalink")
    if permalink and (address := address_of(document, permalink, place.folders)):
        inputs.stated.setdefault(normalise(address), document.name)
    work = partial(app.import_document, replace(document, notes=(*document.notes, *hints)), place, own)
    old_address = partial(old_address_of, document, place, own)
    return Step(name, (DOCUMENTS, *_order(document, app, claim)), inputs, work, old_address)


def _known_step(name: str, text: str, inputs: ImportInputs, known: KnownFiles) -> Step | None:
    """Return the step of a document that was imported before and is unchanged; None for any other."""
    row = known.find(name, text, inputs)
    if row is None:
        return None
    if row.facts["stated"]:
        inputs.stated.setdefault(row.facts["stated"], name)
    return Step(name, (KNOWN, name), inputs, partial(known.pass_over, row, inputs))


def _order(document: SourceDocument, app: ModuleType, claim: Claim) -> tuple[object, ...]:
    """The key to sort by: a draft before its published form, full notes before short ones, an index before chapters."""
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


def _import_changed(site: Site, document: SourceDocument, inputs: ImportInputs) -> Outcome:
    """Import a document of an export that somebody has changed, as any other document."""
    place = site.place(site.root + document.name)
    app, _claim = find_app(document, place)
    outcome: Outcome = app.import_document(document, place, inputs)
    return outcome


def _import_asset(name: str, in_site: str, inputs: ImportInputs) -> Outcome:
    """Store the file; a refused one is skipped with the reason."""
    try:
        _stored, is_new = inputs.files.store(in_site)
    except ValidationError as refused:
        return _skip(name, "%(problem)s", problem=" ".join(refused.messages))
    return Outcome(name, Action.CREATED if is_new else Action.UNCHANGED, f"/{in_site}")


def _skip(name: str, message: str, **params: object) -> Outcome:
    return Outcome(name, Action.SKIPPED, "", (Note(1, message, params),))
