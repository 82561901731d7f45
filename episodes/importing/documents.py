"""Files of episodes: full notes as posts of a Jekyll site, or short notes cut by hand."""

from episodes.importing.full_notes import import_full_notes
from episodes.importing.reading import LAYOUTS, is_short_notes
from episodes.importing.reading.theme_keys import EPISODE_KEYS, names_sound
from episodes.importing.short_notes import import_short_notes
from interaxion.content.importing.document_import import DocumentImport
from interaxion.content.importing.inputs import Claim, ImportInputs, Place
from interaxion.content.importing.outcome import Outcome
from interaxion.text.front_matter.parsing import SourceDocument

#: Layouts of what is no episode, though it may have sound.
OTHER_LAYOUTS = ("page", "default", "course", "chapter")


def claims(document: SourceDocument, place: Place) -> Claim:
    layout = document.meta.get("layout")
    if place.is_episode or (layout not in OTHER_LAYOUTS and names_sound(document)):
        return Claim.SOUND
    if layout in LAYOUTS:
        return Claim.LAYOUT
    if layout not in OTHER_LAYOUTS and document.meta.keys() & EPISODE_KEYS:
        return Claim.KEYS
    if layout:
        return Claim.NONE
    return Claim.HEADING if is_short_notes(document) else Claim.NONE


def import_document(document: SourceDocument, place: Place, inputs: ImportInputs) -> Outcome:
    job = DocumentImport(document, inputs)
    return import_short_notes(job) if is_short_notes(document) else import_full_notes(place, job)
