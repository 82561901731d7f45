"""Restoring of an export: every row as it was. A document that was changed since is imported over its row."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError

from interaxion.content import paths
from interaxion.content.exporting.files import bring_back_pictures
from interaxion.content.exporting.kinds import ExportedKind
from interaxion.content.exporting.rows import claim_addresses, fill_row
from interaxion.content.importing.inputs import ImportInputs
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
class Export:
    """The data of each exported document by its name, and the names of all files that belong to the export."""

    site: Site
    documents: Mapping[str, tuple[ExportedKind, Mapping[str, Any]]]
    own_names: frozenset[str] = field(default_factory=frozenset)

    def works(
        self, inputs: ImportInputs, import_document: ImportDocument
    ) -> Iterator[tuple[str, tuple[Any, ...], Any]]:
        """Yield name, sort key and work of each file; people and tags (1), files (2), documents (3)."""
        for index, name in enumerate(NAMED_FILES):
            if self.site.root + name in self.site.names:
                order = (2 if name in (FILES, WORKS) else 1, "", index)
                yield name, order, partial(restore_named, name, self.site, inputs)
        for name, (kind, data) in self.documents.items():
            if self.site.root + name in self.site.names:
                order = (3, -1, KINDS.index(kind), name)
                yield name, order, partial(self.restore, name, kind, data, inputs, import_document)

    def restore(
        self,
        name: str,
        kind: ExportedKind,
        data: Mapping[str, Any],
        inputs: ImportInputs,
        import_document: ImportDocument,
    ) -> Outcome:
        content = self.site.read(name)
        document = parse_document(name, content)
        held = paths.find_path(str(data.get("path", "")))
        if held and isinstance(held.target, kind.model):
            same = _is_same(kind, held.target, document, content, data, self.site)
            outcome = Outcome(name, Action.UNCHANGED, held.target.path, kind=kind_of(held.target))
            return outcome if same else import_document(document, inputs)
        try:
            thing, notes = _make(kind, document, data, inputs)
        except ValidationError as problem:
            raise explain(document, problem) from problem
        if sha256(content).hexdigest() != data.get("sha256"):
            return replace(import_document(document, inputs), action=Action.CREATED)
        return Outcome(name, Action.CREATED, thing.path, tuple(notes), kind=kind_of(thing))


def find_export(site: Site, problems: list[SourceError]) -> Export | None:
    """Read the site as an export of ours. None if it is not one; an unknown format also adds a problem."""
    written = site.config.data.get("interaxion_export")
    if written is None:
        return None
    if written != str(FORMAT):
        message = gettext_noop("this export has the form %(format)s, which is not known here")
        cure = gettext_noop("import it with a newer release")
        problems.append(SourceError(site.root + "_config.yml", 1, message, cure, format=written))
        return None
    folders = {f"_data/{kind.folder}/": kind for kind in KINDS}
    documents: dict[str, tuple[ExportedKind, Mapping[str, Any]]] = {}
    own = {"_config.yml", *NAMED_FILES, *files_of_rows(site)}
    for name in site.all_names:
        in_site = name.removeprefix(site.root)
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
            documents[data["document"]] = kind, data
            own |= {*data.get("files", [])}
    return Export(site, documents, frozenset(own | documents.keys()))


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


def _make(
    kind: ExportedKind, document: SourceDocument, data: Mapping[str, Any], inputs: ImportInputs
) -> tuple[Publishable, list[Note]]:
    """Make the row with `store()` and `transition()`, then set the times that only the export knows."""
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
    remember(thing, document, inputs, extra=data.get("extra", {}), version=thing.version)
    return thing, notes
