"""The short notes of an episode into its row; without full notes they are its notes, too."""

from episodes.importing.identity import find_episode
from episodes.importing.reading import read_episode
from episodes.models import Episode
from interaxion.content.importing.document_import import DocumentImport
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.content.importing.saving import decide, imports_of, is_edited, is_known, save_imported


def import_short_notes(job: DocumentImport) -> Outcome:
    """Write the short notes; an episode with notes from elsewhere keeps these, its title and its speakers."""
    document, inputs = job.document, job.inputs
    source = read_episode(document, number=inputs.number, site=inputs.site, links=inputs.links.rewrite)
    inputs.take(document.name, ("short notes", source.number))
    episode = find_episode(source) or Episode(number=source.number)
    if episode.pk and is_known(episode, document, inputs) and not inputs.overwrite:
        return Outcome(document.name, Action.UNCHANGED, episode.path)
    job.warnings += [*source.warnings, *inputs.links.notes(document.text)]
    short_notes = inputs.links.repair(source.short_notes)
    if episode.pk and (is_edited(episode) or imports_of(episode).exclude(front_matter="").exists()):
        may_write = not episode.distribution_notes or not is_edited(episode) or inputs.overwrite
        if not may_write and (done := decide(episode, document, inputs)):
            return done
        episode.distribution_notes = short_notes
        return save_imported(episode, job)
    job.read_status(date=source.date, is_draft=source.is_draft)
    episode.title = source.title
    episode.language = job.read_language("lang", "language")
    episode.summary = inputs.links.rewrite(source.summary)
    episode.distribution_notes = short_notes
    return save_imported(episode, job, lambda: episode.replace_sections(source.join_sections()))
