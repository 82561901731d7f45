"""Imported things into the database, idempotent: what to leave alone, what to write, what to remember of the file."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, OuterRef, Subquery

from interaxion.content import paths
from interaxion.content.importing.document_import import DocumentImport
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.merging import (
    DATE,
    MergedImport,
    find_base,
    label_of,
    store_merged,
    withdraw_suggestions,
)
from interaxion.content.importing.outcome import Action, Outcome, WantedPicture, kind_of
from interaxion.content.owned_rows import owned_by, owned_by_any, owner_of
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import State, Status
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.content.validators import TOO_LONG
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import line_of, redirects_of
from interaxion.text.source_errors import Note, Option, SourceError, Subject, gettext_noop

#: Field → the key of front matter that it comes from, so that an error can name the line.
KEYS_OF_FIELDS = {
    "path": "permalink",
    "summary": "excerpt",
    "artwork": "twitter_image",
    "cover": "image",
    "publish_at": "date",
}


def decide(
    thing: Publishable, document: SourceDocument, inputs: ImportInputs, *, is_overwritten: bool = False
) -> Outcome | None:
    """Return the outcome if nothing is to be written: the file is known, or a person has edited the thing.

    `is_overwritten`: whether something that belongs to the thing is to be written all the same.
    """
    if thing.pk is None:
        return None
    edited = is_edited(thing)
    if is_known(thing, document, inputs) and not ((edited and inputs.overwrite) or is_overwritten):
        return Outcome(document.name, Action.UNCHANGED, thing.path, kind=kind_of(thing))
    if edited and not inputs.overwrite and find_base(thing, document.name) is None:
        message = gettext_noop("somebody has edited it since: import it with %(option)s to replace that")
        note = Note(1, message, {"option": Option.OVERWRITE})
        return Outcome(document.name, Action.SKIPPED, thing.path, (note,), kind=kind_of(thing))
    return None


def save_imported(
    thing: Publishable, job: DocumentImport, write_related: Callable[[], object] | None = None
) -> Outcome:
    """Store the filled thing, give it the status that the file asks for, remember the file.

    What a person has edited since the last import is merged with what the file says now. `write_related` may add
    warnings to the job. Raises SourceError for what a field or an address refuses.
    """
    document = job.document
    is_new, was_edited = thing.pk is None, thing.pk is not None and is_edited(thing)
    may_merge = was_edited and not job.inputs.overwrite
    base = find_base(thing, document.name) if may_merge else None
    action, merged = Action.CREATED if is_new else Action.UPDATED, None
    try:
        if base:
            merged = store_merged(thing, base, date=job.date, note=document.name, write_related=write_related)
            thing, action = merged.thing, Action.UPDATED if merged.is_changed else Action.UNCHANGED
        else:
            store(thing, user=None, note=document.name, write_related=write_related)
            if was_edited:
                withdraw_suggestions(thing, document.name)
        # A date is merged like a field.
        checks = [] if merged and thing.status == job.status else _change_status(thing, job, is_new=is_new)
        notes = [*document.notes, *job.warnings, *(checks if job.is_complete else [])]
        free = [path for path in job.old_paths if not job.inputs.is_anothers(document, path)]
        notes += [note for path in (*free, *redirects_of(document)) if (note := _redirect(path, thing, document))]
    except ValidationError as problem:
        raise explain(document, problem) from problem
    is_whole = job.inputs.overwrite or not was_edited
    version = merged.number if merged else thing.version if is_whole else 0
    remember(thing, document, job.inputs, extra=job.extra, version=version, date=job.date)
    pictures = tuple(job.inputs.links.remote_pictures(document.text))
    fields = {key: field for field, key in KEYS_OF_FIELDS.items()}
    wanted = tuple(WantedPicture(thing._meta.label_lower, thing.pk, fields[key], url) for key, url in job.elsewhere)
    notes = [*_notes_on(merged), *notes] if merged else notes
    return Outcome(
        document.name,
        action,
        thing.path,
        tuple(notes),
        remote_pictures=pictures,
        wanted_pictures=wanted,
        asks_editor=bool(merged and merged.conflicts),
        kind=kind_of(thing),
    )


def _notes_on(merged: MergedImport) -> list[Note]:
    if not merged.is_changed:
        return []
    message = gettext_noop("somebody has edited it since: both changes are put together")
    if not merged.conflicts:
        return [Note(1, message)]
    asked = gettext_noop(
        "somebody has edited it since: both changes are put together, and an editor is asked in the desk about what "
        "the file changes otherwise: %(places)s"
    )
    places = dict.fromkeys(label_of(merged.thing, conflict) for conflict in merged.conflicts)
    return [Note(1, asked, {"places": ", ".join(places)}, Subject.CHANGED)]


def _redirect(path: str, thing: Publishable, document: SourceDocument) -> Note | None:
    """Redirect an old address to the thing, or return the reason why not."""
    try:
        paths.claim_old(thing, path)
    except ValidationError as problem:
        message = gettext_noop("the old address %(path)s does not lead here: %(problem)s")
        params = {"path": path, "problem": " ".join(problem.messages)}
        return Note(line_of(document, "redirect_from", "permalink"), message, params, Subject.ADDRESS)
    return None


def explain(document: SourceDocument, problem: ValidationError) -> SourceError:
    """Turn the refusal of a field or an address into an error of the file, with its line."""
    by_field = problem.error_dict if hasattr(problem, "error_dict") else {"path": problem.error_list}
    field, errors = next(iter(by_field.items()))
    line = line_of(document, KEYS_OF_FIELDS.get(field, field))
    if errors[0].code == TOO_LONG:
        line = document.body_line + errors[0].params["line"] - 1
    cure = gettext_noop("correct the file and import it again")
    name = "" if field in ("path", "__all__") else f"{field}: "
    message = gettext_noop("%(name)s%(problem)s")
    return SourceError(document.name, line, message, cure, name=name, problem=" ".join(problem.messages))


def imports_of(thing: Publishable) -> Any:
    """The ImportedFile rows of the thing."""
    return ImportedFile.objects.of(thing)


def is_known(thing: Publishable, document: SourceDocument, inputs: ImportInputs) -> bool:
    """Whether the thing came from this very file, with these inputs and the same files beside it."""
    same = imports_of(thing).filter(digest=inputs.digest(document.name, document.text))
    return any(map(inputs.has_same_files, same.values_list("facts", flat=True)))


def is_edited(thing: Publishable) -> bool:
    """Whether a person wrote it, or has saved it since the last import."""
    versions = list(imports_of(thing).values_list("version", flat=True))
    return not versions or thing.version > max(versions)


def follow_still(thing: Publishable, before: int) -> None:
    """Let the edit after version `before` not count as a person's: it touched nothing that an import replaces."""
    imports_of(thing).filter(version=before).update(version=thing.version)


def follow_all_still(things: Sequence[Publishable]) -> None:
    """Do the same for things of one kind before they get their next version."""
    if things:
        versions = type(things[0])._default_manager.filter(pk=OuterRef("object_id")).values("version")
        files = ImportedFile.objects.filter(owned_by_any([owner_of(thing) for thing in things]))
        files.filter(version=Subquery(versions)).update(version=F("version") + 1)


def remember(
    thing: Publishable,
    document: SourceDocument,
    inputs: ImportInputs,
    *,
    version: int,
    extra: Mapping[str, Any] | None = None,
    date: str = "",
    restored_from: Sequence[str] = (),
) -> None:
    """Record what was imported.

    `version` is that of the thing with what the file says, and nothing that a person edited; 0 if there is none. `date`
    is the one that the file gives, as in a snapshot. `restored_from` names the files of an export that are the whole
    thing; if one of them is missing, it is not known by them.
    """
    facts = inputs.facts(document) | ({DATE: date} if date else {})
    if restored_from and all(name in inputs.files.names for name in restored_from):
        facts["restored"] = {name: inputs.files.hash_of(name) for name in restored_from}
    keeps_bytes = document.has_front_matter or thing.markdown_kind == "chapter"
    mark = "\ufeff" if document.has_bom and keeps_bytes else ""
    values = {
        "digest": inputs.digest(document.name, document.text),
        "facts": facts,
        "version": version,
        "front_matter": mark + document.text[: len(document.text) - len(document.body)],
        "extra": dict(extra or {}),
        "is_demo": inputs.is_demo,
    }
    ImportedFile.objects.bulk_create(
        [ImportedFile(**owned_by(thing), name=document.name, **values)],
        update_conflicts=True,
        unique_fields=["content_type", "object_id", "name"],
        update_fields=list(values),
    )


def _change_status(thing: Publishable, job: DocumentImport, *, is_new: bool) -> list[Note]:
    """Move the thing to the status that the file asks for, unless a person has set another."""
    wanted = job.status
    if wanted is None:
        return []
    is_so = thing.status == wanted and (wanted == Status.DRAFT or thing.publish_at == job.publish_at)
    if is_so and not thing.deleted_at:
        return []
    if not is_new and thing.log.moves().filter(user__isnull=False).exists():
        message = gettext_noop("the status stays as somebody has set it: %(state)s")
        return [Note(1, message, {"state": thing.state_label})]
    moved = transition(thing, to=str(wanted), at=job.publish_at, user=None, note="import")
    notes = [Note(1, "%(problem)s", {"problem": problem.message}, Subject.CHECK) for problem in moved.problems]
    if moved.entry.from_state == State.LIVE and moved.entry.to_state != State.LIVE:
        message = gettext_noop("it was public and is not any more: %(path)s is 404 now (%(state)s)")
        notes.insert(0, Note(1, message, {"path": thing.path, "state": moved.entry.to_label}))
    return notes
