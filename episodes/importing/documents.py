"""Files of episodes: full notes as posts of a Jekyll site, or short notes cut by hand."""

from episodes.importing.full_notes import import_full_notes
from episodes.importing.reading import LAYOUTS, is_short_notes
from episodes.importing.short_notes import import_short_notes
from interaxion.content.importing.document_import import DocumentImport
from interaxion.content.importing.inputs import Claim, ImportInputs, Place
from interaxion.content.importing.outcome import Outcome
from interaxion.text.front_matter.parsing import SourceDocument


def claims(document: SourceDocument, place: Place) -> Claim:
    if "layout" in document.meta:
        return Claim.LAYOUT if document.meta["layout"] in LAYOUTS else Claim.NONE
    if document.meta.keys() & {"starring", "anchorEmbedding"}:
        return Claim.KEYS
    return Claim.HEADING if is_short_notes(document) else Claim.NONE


def import_document(document: SourceDocument, place: Place, inputs: ImportInputs) -> Outcome:
    job = DocumentImport(document, inputs)
    return import_short_notes(job) if is_short_notes(document) else import_full_notes(place, job)
