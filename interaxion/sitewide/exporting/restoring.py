"""Restoring of an export: every row as it was. A document that was changed since is imported over its row."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError

from interaxion.content import paths
from interaxion.content.exporting.files import bring_back_pictures
from interaxion.content.exporting.kinds import ExportedKind
from interaxion.content.exporting.rows import claim_addresses, fill_row
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.known_files import KnownFiles
from interaxion.content.importing.outcome import Action, Outcome, kind_of
from interaxion.content.importing.saving import explain, remember
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.settling import follow_window
from interaxion.content.publishing.window import Status
from interaxion.content.saving.storing import note_change, store
from interaxion.content.saving.transitions import To, transition
from interaxion.sitewide.exporting.contents import FORMAT, KINDS, document_row
from interaxion.sitewide.exporting.restoring_rows import FILES, NAMED_FILES, WORKS, files_of_rows, restore_named
from interaxion.sitewide.importing.sites import Site
from interaxion.text.front_matter.parsing import SourceDocument, parse_data, parse_document
from interaxion.text.front_matter.yaml_strings import write_yaml
from interaxion.text.source_errors import Note, SourceError, gettext_noop

#: Imports a document that is not as it was exported.
ImportDocument = Callable[[SourceDocument, ImportInputs], Outcome]


@dataclass(frozen=True)
class ExportedDocument:
    """A document with the data beside it; `files` are the names of all files that its thing is restored from."""

    kind: ExportedKind
    data: Mapping[str, Any]
    files: tuple[str, ...]


@dataclass(frozen=True)
class Export:
    """The exported documents by name, what is known of those that were restored, and the names of all own files."""

    site: Site
    inputs: ImportInputs
    known: KnownFiles
    restored: Mapping[str, ImportedFile]
    documents: Mapping[str, ExportedDocument]
    own_names: frozenset[str]

    def works(self, import_document: ImportDocument) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
        """Yield name, sort key and work of each file; people and tags (1), files (2), documents (3)."""
        for index, name in enumerate(NAMED_FILES):
            if self.site.root + name in self.site.names:
                order = (2 if name in (FILES, WORKS) else 1, "", index)
                yield name, order, partial(restore_named, name, self.site, self.inputs)
        for name, row in self.restored.items():
            yield name, (3, -1, -1, name), partial(self.known.pass_over, row, self.inputs)
        for name, exported in self.documents.items():
            if self.site.root + name in self.site.names:
                order = (3, -1, KINDS.index(exported.kind), name)
                yield name, order, partial(self.restore, name, exported, import_document)

    def restore(self, name: str, exported: ExportedDocument, import_document: ImportDocument) -> Outcome:
        kind, data, inputs = exported.kind, exported.data, self.inputs
        content = self.site.read(name)
        document = parse_document(name, content)
        held = paths.find_path(str(data.get("path", "")))
        if held and isinstance(held.target, kind.model):
            same = _is_same(kind, held.target, document, content, data, self.site)
            outcome = Outcome(name, Action.UNCHANGED, held.target.path, kind=kind_of(held.target))
            return outcome if same else import_document(document, inputs)
        try:
            thing, notes = _make(exported, document, inputs)
        except ValidationError as problem:
            raise explain(document, problem) from problem
        if sha256(content).hexdigest() != data.get("sha256"):
            return replace(import_document(document, inputs), action=Action.CREATED)
        return Outcome(name, Action.CREATED, thing.path, tuple(notes), kind=kind_of(thing))


def find_export(site: Site, inputs: ImportInputs, problems: list[SourceError]) -> Export | None:
    """Read the site as an export of ours. None if it is not one; an unknown format also adds a problem.

    Of what was restored from the same files before, nothing is parsed.
    """
    written = site.config.data.get("interaxion_export")
    if written is None:
        return None
    if written != str(FORMAT):
        message = gettext_noop("this export has the form %(format)s, which is not known here")
        cure = gettext_noop("import it with a newer release")
        problems.append(SourceError(site.root + "_config.yml", 1, message, cure, format=written))
        return None
    folders = {f"_data/{kind.folder}/": kind for kind in KINDS}
    names = [name.removeprefix(site.root) for name in site.names]
    known = KnownFiles(names, inputs)
    restored = {name: row for name in names if (row := known.find_restored(name, inputs))}
    documents: dict[str, ExportedDocument] = {}
    own = {"_config.yml", *NAMED_FILES, *files_of_rows(site)}
    own.update(*(row.facts["restored"] for row in restored.values()))
    for name in site.all_names:
        in_site = name.removeprefix(site.root)
        if in_site in own:
            continue
        kind = next((kind for folder, kind in folders.items() if in_site.startswith(folder)), None)
        if kind is None:
            if in_site.startswith("media/"):
                own.add(in_site)
            continue
        own.add(in_site)
        try:
            data = parse_data(name, site.read(in_site))
        except SourceError as problem:
            problems.append(problem)
            continue
        if isinstance(data, dict) and site.root + str(data.get("document")) in site.all_names:
            files = (data["document"], in_site, *data.get("files", []))
            documents[data["document"]] = ExportedDocument(kind, data, files)
            own.update(files)
    return Export(site, inputs, known, restored, documents, frozenset(own))


def _is_same(
    kind: ExportedKind,
    thing: Publishable,
    document: SourceDocument,
    content: bytes,
    data: Mapping[str, Any],
    site: Site,
) -> bool:
    """Whether an export would write the same files now."""
    exported = kind.export(thing)
    row = document_row(kind, thing, document.name, content, exported)
    if any(
        site.root + name not in site.names or site.read(name) != text.encode() for name, text in exported.files.items()
    ):
        return False
    return exported.text.encode() == content and parse_data("row", write_yaml(row).encode()) == data


def _make(exported: ExportedDocument, document: SourceDocument, inputs: ImportInputs) -> tuple[Publishable, list[Note]]:
    """Make the row with `store()` and `transition()`, then set the times that only the export knows."""
    kind, data = exported.kind, exported.data
    thing = kind.model()
    fill_row(thing, data)
    status, deleted_at, stored_at = thing.status, thing.deleted_at, thing.stored_at
    unpublish_at, version = thing.unpublish_at, thing.version
    thing.status, thing.deleted_at, thing.unpublish_at = Status.DRAFT, None, None
    thing.version = max(version - 1, 0)
    notes = [*bring_back_pictures(thing, data, inputs), *kind.fill(thing, document.body, data, inputs)]
    related = partial(kind.write_related, thing, document.body, data)
    store(thing, user=None, note=document.name, write_related=related)
    if status != Status.DRAFT:
        transition(thing, to=To(status), user=None, at=thing.publish_at, note="import")
    if deleted_at:
        transition(thing, to=To.TRASH, user=None, note="import")
    thing.unpublish_at, thing.deleted_at, thing.stored_at = unpublish_at, deleted_at, stored_at
    thing.save(update_fields=["unpublish_at", "deleted_at", "stored_at"])
    follow_window(thing)
    claim_addresses(thing, data.get("addresses", {}))
    note_change()
    extra = data.get("extra", {})
    remember(thing, document, inputs, extra=extra, version=thing.version, restored_from=exported.files)
    return thing, notes
