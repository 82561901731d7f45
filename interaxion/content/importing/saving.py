"""The one way of an imported thing into the database: what to leave alone, what to write, what to remember."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError

from interaxion.content import paths
from interaxion.content.files.limits import FileRefused
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import State, Status
from interaxion.content.saving.storing import store
from interaxion.content.saving.transitions import transition
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.dates import UnknownZone, notes_on, parse_date
from interaxion.text.jekyll.keys import day_in_name, line_of, redirects_of
from interaxion.text.source_errors import Note, SourceError, gettext_noop

#: In which key of front matter a field comes from, so that an error can name its line.
KEYS_OF_FIELDS = {
    "path": "permalink",
    "summary": "excerpt",
    "artwork": "twitter_image",
    "cover": "image",
    "publish_at": "date",
}


#: Told where a still picture is kept of one that moves.
FIRST_FRAME = gettext_noop("of the animation %(file)s only the first frame is kept: only a still picture fits there")


@dataclass(frozen=True)
class Wish:
    """The status that a file asks for: published at an instant, or a draft."""

    publish_at: datetime | None


def read_wish(
    document: SourceDocument, inputs: ImportInputs, *, date: str, is_draft: bool, fallback: datetime | None = None
) -> tuple[Wish, list[Note]]:
    """A draft if the file says so; else published, if a date comes from the file or from the command."""
    if is_draft:
        return Wish(None), []
    publish_at, notes = _read_date(document, date)
    publish_at = publish_at or inputs.publish_at or fallback
    if publish_at is None:
        message = gettext_noop("there is no date, so it stays a draft: give one with --publish-at")
        return Wish(None), [*notes, Note(1, message)]
    return Wish(publish_at), notes


def _read_date(document: SourceDocument, date: str) -> tuple[datetime | None, list[Note]]:
    """The instant of `date`, else of the day in the file's name; a date in a zone that nobody knows is not taken."""
    notes: list[Note] = []
    for written in filter(None, dict.fromkeys([date, day_in_name(document.name) if date else ""])):
        try:
            instant = parse_date(document, written)
        except UnknownZone as problem:
            message = gettext_noop("the date %(date)s is not taken, for its time zone %(zone)s is not known")
            notes.append(Note(problem.line, message, problem.params))
        else:
            return instant, [*notes, *notes_on(document, written, instant)]
    return None, notes


def decide(thing: Publishable, document: SourceDocument, inputs: ImportInputs) -> Outcome | None:
    """The outcome where nothing is to be written: the file is known, or a person has edited what became of it."""
    if thing.pk is None:
        return None
    edited = is_edited(thing)
    known = imports_of(thing).filter(digest=inputs.digest(document)).exists()
    if known and not (edited and inputs.overwrite):
        return Outcome(document.name, Action.UNCHANGED, thing.path)
    if edited and not inputs.overwrite:
        message = gettext_noop("somebody has edited it since: import it with --overwrite to replace that")
        return Outcome(document.name, Action.SKIPPED, thing.path, (Note(1, message),))
    return None


def take_files(
    document: SourceDocument, inputs: ImportInputs, address_of: Callable[[str], str | None] | None = None
) -> list[Note]:
    """Store the files that the document names; says which are missing or refused, and which links stay dead.

    `address_of` is that of a thing whose text stays as it is: where it will look for a file beside it.
    """
    notes = list(inputs.links.notes(document.text))
    notes += [] if address_of else inputs.links.dead_pages(document.text)
    for written, name in sorted(set(inputs.links.files_in(document.text))):
        try:
            inputs.files.store(name, (address_of(written) if address_of else None) or name)
        except ValidationError as refused:
            notes.append(refusal(document, name, refused))
    return notes


def keep_picture(
    document: SourceDocument, inputs: ImportInputs, key: str, written: str, *, longest_side: int
) -> tuple[str, list[Note]]:
    """The stored name of the picture that a key of front matter names, or "" and the reason."""
    if not written:
        return "", []
    address = inputs.links.internal(written)
    name = inputs.find_file(address)
    if name is None:
        message = (
            gettext_noop("a picture on another site is not fetched: %(file)s")
            if "//" in address
            else gettext_noop("the picture %(file)s is missing")
        )
        return "", [Note(line_of(document, key), message, {"file": written})]
    try:
        kept = inputs.files.keep_picture(name, longest_side=longest_side)
        still = Note(line_of(document, key), FIRST_FRAME, {"file": name})
        return kept, [still] if inputs.files.moves(name) else []
    except FileRefused as refused:
        return "", [refusal(document, name, refused, line=line_of(document, key))]


def refusal(document: SourceDocument, name: str, refused: ValidationError, *, line: int = 0) -> Note:
    place = document.text.find(name.rsplit("/", 1)[-1])
    line = line or document.text.count("\n", 0, max(place, 0)) + 1
    params = {"file": name, "problem": " ".join(refused.messages)}
    return Note(line, gettext_noop("the file %(file)s is not kept: %(problem)s"), params)


def keep(
    thing: Publishable,
    document: SourceDocument,
    inputs: ImportInputs,
    *,
    wish: Wish | None,
    warnings: Iterable[Note] = (),
    write_related: Callable[[], object] | None = None,
    old_paths: Iterable[str] = (),
    extra: Mapping[str, Any] | None = None,
    is_complete: bool = True,
) -> Outcome:
    """Store the filled thing, give it the status that the file asks for (`None` asks for none), remember the file.

    The warnings are read last: `write_related` may add to them. What the publish checks say is told of something
    complete only.
    """
    is_new, was_edited = thing.pk is None, thing.pk is not None and is_edited(thing)
    try:
        store(thing, user=None, note=document.name, write_related=write_related)
        checks = _follow(thing, wish)
        notes = [*document.notes, *warnings, *(checks if is_complete else [])]
        derived = [path for path in old_paths if not inputs.is_anothers(document, path)]
        notes += [note for path in (*derived, *redirects_of(document)) if (note := _redirect(path, thing, document))]
    except ValidationError as problem:
        raise explain(document, problem) from problem
    remember(thing, document, inputs, extra=extra or {}, is_whole=inputs.overwrite or not was_edited)
    return Outcome(document.name, Action.CREATED if is_new else Action.UPDATED, thing.path, tuple(notes))


def _redirect(path: str, thing: Publishable, document: SourceDocument) -> Note | None:
    """Let an old address lead to the thing, or say why it does not."""
    try:
        paths.claim_old(thing, path)
    except ValidationError as problem:
        message = gettext_noop("the old address %(path)s does not lead here: %(problem)s")
        params = {"path": path, "problem": " ".join(problem.messages)}
        return Note(line_of(document, "redirect_from", "permalink"), message, params)
    return None


def explain(document: SourceDocument, problem: ValidationError) -> SourceError:
    """The refusal of a field or an address as an error of the file."""
    field = next(iter(problem.error_dict), "") if hasattr(problem, "error_dict") else "path"
    line = line_of(document, KEYS_OF_FIELDS.get(field, field))
    cure = gettext_noop("correct the file and import it again")
    name = "" if field in ("path", "__all__") else f"{field}: "
    message = gettext_noop("%(name)s%(problem)s")
    return SourceError(document.name, line, message, cure, name=name, problem=" ".join(problem.messages))


def imports_of(thing: Publishable) -> Any:
    return ImportedFile.objects.filter(content_type=ContentType.objects.get_for_model(thing), object_id=thing.pk)


def is_edited(thing: Publishable) -> bool:
    """Whether a person wrote it, or has saved it since the last import."""
    versions = list(imports_of(thing).values_list("version", flat=True))
    return not versions or thing.version > max(versions)


def remember(
    thing: Publishable,
    document: SourceDocument,
    inputs: ImportInputs,
    *,
    extra: Mapping[str, Any] | None = None,
    is_whole: bool = True,
) -> None:
    """Write down what was imported. What is not whole leaves the edits of a person to be seen as such."""
    keeps_bytes = document.has_front_matter or thing.markdown_kind == "chapter"
    mark = "\ufeff" if document.has_bom and keeps_bytes else ""
    ImportedFile.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(thing),
        object_id=thing.pk,
        name=document.name,
        defaults={
            "digest": inputs.digest(document),
            "version": thing.version if is_whole else 0,
            "front_matter": mark + document.text[: len(document.text) - len(document.body)],
            "extra": dict(extra or {}),
            "is_demo": inputs.is_demo,
        },
    )


def _follow(thing: Publishable, wish: Wish | None) -> list[Note]:
    """Move the thing to the status that the file asks for, unless a person has set another."""
    if wish is None:
        return []
    wanted = Status.DRAFT if wish.publish_at is None else Status.PUBLISHED
    is_so = thing.status == wanted and (wanted == Status.DRAFT or thing.publish_at == wish.publish_at)
    if is_so and not thing.deleted_at:
        return []
    if thing.log.moves().filter(user__isnull=False).exists():
        message = gettext_noop("the status stays as somebody has set it: %(state)s")
        return [Note(1, message, {"state": thing.state_label})]
    moved = transition(thing, to=str(wanted), at=wish.publish_at, user=None, note="import")
    notes = [Note(1, "%(problem)s", {"problem": problem.message}) for problem in moved.problems]
    if moved.entry.from_state == State.LIVE and moved.entry.to_state != State.LIVE:
        message = gettext_noop("it was public and is not any more: %(path)s is 404 now (%(state)s)")
        notes.insert(0, Note(1, message, {"path": thing.path, "state": moved.entry.to_label}))
    return notes
