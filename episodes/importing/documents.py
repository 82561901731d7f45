"""Files of episodes into rows: the full notes of a Jekyll site, its drafts, and the short notes cut by hand."""

from dataclasses import replace

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import Q

from episodes.importing.media import take_artwork, take_audio, take_player
from episodes.importing.reading import LAYOUTS, EpisodeSource, is_short_notes, read_episode
from episodes.models import Episode, Speaker
from episodes.notes import notes
from episodes.numbers import path_of_number, spell_number
from episodes.people.speakers import find_or_make_speakers, find_speaker
from interaxion.content import paths
from interaxion.content.importing.document_import import DocumentImport
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.importing.inputs import Claim, ImportInputs, Place
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.content.importing.saving import decide, explain, imports_of, is_edited, remember, save_imported
from interaxion.content.publishing.window import Status
from interaxion.content.tags import find_tags
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import line_of
from interaxion.text.jekyll.permalinks import STYLES, address_of
from interaxion.text.source_errors import Note, gettext_noop


def claims(document: SourceDocument, place: Place) -> Claim:
    if "layout" in document.meta:
        return Claim.LAYOUT if document.meta["layout"] in LAYOUTS else Claim.NONE
    if document.meta.keys() & {"starring", "anchorEmbedding"}:
        return Claim.KEYS
    return Claim.HEADING if is_short_notes(document) else Claim.NONE


def import_document(document: SourceDocument, place: Place, inputs: ImportInputs) -> Outcome:
    job = DocumentImport(document, inputs)
    return _import_short_notes(job) if is_short_notes(document) else _import_full_notes(place, job)


def _import_full_notes(place: Place, job: DocumentImport) -> Outcome:
    document, inputs = job.document, job.inputs
    source = read_episode(document, number=inputs.number, site=inputs.site)
    source = _without_taken_number(source, job)
    has_identity = source.number is not None or source.path
    identity = (source.number, source.path) if has_identity else document.name
    inputs.take(document, ("episode", identity, source.is_draft), line_of(document, "title"))
    episode = _find(source) or _find_by_file(job) or Episode()
    if done := decide(episode, document, inputs) or _leave_published(episode, source, job):
        return done
    job.extra = source.extra
    job.read_status(date=source.date, is_draft=source.is_draft)
    if episode.guid_taken_from and job.publish_at:
        job.request_status(episode.publish_at)  # the host's own feed is the better source of the date
    job.warnings += source.warnings
    job.store_files()
    _set_path(episode, source, place, job)
    episode.number = source.number
    episode.title = source.title
    episode.language = inputs.language
    episode.summary = inputs.links.rewrite(source.summary)
    take_player(episode, source, job)
    take_artwork(episode, source, job)
    if not episode.guid_taken_from:  # otherwise the host's own feed has described the audio
        take_audio(episode, source, job)
    return save_imported(episode, job, lambda: _write_related(episode, source, job))


def _set_path(episode: Episode, source: EpisodeSource, place: Place, job: DocumentImport) -> None:
    """Take the address in the file, else that of the number once published, else the one that Jekyll gave it."""
    document, inputs = job.document, job.inputs
    if source.path:
        old_path, path = "", paths.as_ours(source.path)
    else:
        pattern = STYLES.get(inputs.permalink, inputs.permalink)
        old_path, path = address_of(document, pattern, place.folders), ""
        if job.publish_at and source.number is not None:
            path = path_of_number(source.number)
            if inputs.is_anothers(document, path):
                path = paths.as_ours(old_path) or path
    is_unpublished_now = episode.status == Status.PUBLISHED and job.publish_at is None
    if path and not is_unpublished_now:
        episode.path = path
    job.old_paths = [address for address in (old_path, source.path) if address and address != episode.path]


def _write_related(episode: Episode, source: EpisodeSource, job: DocumentImport) -> None:
    speakers, made = find_or_make_speakers(source.speakers)
    for speaker in made:
        message = gettext_noop("a speaker of this name is made: %(name)s")
        job.warn(line_of(job.document, "starring"), message, name=speaker.name)
    episode.replace_sections(_notes_of(source, job.inputs))
    episode.replace_appearances(_with_roles(episode, source, speakers))
    episode.tags.set(find_tags(source.tags))


def _import_short_notes(job: DocumentImport) -> Outcome:
    """An episode that has notes from elsewhere keeps them, with its title and speakers."""
    document, inputs = job.document, job.inputs
    source = read_episode(document, number=inputs.number, site=inputs.site)
    inputs.take(document, ("short notes", source.number))
    episode = _find(source) or Episode(number=source.number)
    is_known = episode.pk and imports_of(episode).filter(digest=inputs.digest(document)).exists()
    if is_known and not inputs.overwrite:
        return Outcome(document.name, Action.UNCHANGED, episode.path)
    job.warnings += [*source.warnings, *inputs.links.notes(document.text)]
    short_notes = inputs.links.repair(source.short_notes)
    if episode.pk and (is_edited(episode) or imports_of(episode).exclude(front_matter="").exists()):
        may_write = not episode.distribution_notes or not is_edited(episode) or inputs.overwrite
        if not may_write and episode.distribution_notes != short_notes:
            return decide(episode, document, inputs) or Outcome(document.name, Action.UNCHANGED, episode.path)
        episode.distribution_notes = short_notes
        return save_imported(episode, job)
    job.read_status(date=source.date, is_draft=source.is_draft)
    episode.title = source.title
    episode.language = inputs.language
    episode.summary = inputs.links.rewrite(source.summary)
    episode.distribution_notes = short_notes
    return save_imported(episode, job, lambda: episode.replace_sections(_notes_of(source, inputs)))


def _without_taken_number(source: EpisodeSource, job: DocumentImport) -> EpisodeSource:
    """Drop a number that only the words of the title say if another file has it: seasons begin at 1 again."""
    if source.number is None or not source.whole_title:
        return source
    document = job.document
    known = _find_by_file(job)
    came_without = known is not None and known.number is None and _find(source) not in (None, known)
    other = job.inputs.taken.get(("episode", (source.number, source.path), source.is_draft), document.name)
    if not came_without and other == document.name:
        return source
    message = gettext_noop("another file is episode %(number)s: this one comes in without a number")
    note = Note(line_of(document, "title"), message, {"number": spell_number(source.number)})
    return replace(source, number=None, title=source.whole_title, warnings=(*source.warnings, note))


def _find(source: EpisodeSource) -> Episode | None:
    if source.number is not None:
        return Episode.objects.filter(number=source.number).first()
    return Episode.objects.filter(path=paths.normalise(source.path)).first() if source.path else None


def _find_by_file(job: DocumentImport) -> Episode | None:
    """An episode that came without a number is known by its file alone, even after somebody gave it a number.

    A name such as `draft.md` is used again for the next episode: a numbered one must have come from the same bytes.
    """
    content_type = ContentType.objects.get_for_model(Episode)
    known = ImportedFile.objects.filter(content_type=content_type, name=job.document.name)
    same = known.filter(digest=job.inputs.digest(job.document))
    unnumbered = Q(pk__in=known.values("object_id"), number=None)
    return Episode.objects.filter(unnumbered | Q(pk__in=same.values("object_id"))).first()


def _leave_published(episode: Episode, source: EpisodeSource, job: DocumentImport) -> Outcome | None:
    """Skip a draft of an episode that another file has published, and redirect the draft's address to it."""
    document = job.document
    others = imports_of(episode).exclude(name=document.name).exclude(front_matter="") if episode.pk else None
    if not (source.is_draft and episode.status == Status.PUBLISHED and others):
        return None
    if source.path:
        try:
            paths.claim_old(episode, source.path)
        except ValidationError as problem:
            raise explain(document, problem) from problem
    remember(episode, document, job.inputs, extra=source.extra, is_whole=not is_edited(episode))
    note = Note(1, gettext_noop("%(other)s is published already: this draft is left out"), {"other": others[0].name})
    return Outcome(document.name, Action.SKIPPED, episode.path, (note,))


def _notes_of(source: EpisodeSource, inputs: ImportInputs) -> str:
    rewrite = inputs.links.rewrite
    sections = [replace(s, heading=rewrite(s.heading), body=rewrite(s.body)) for s in source.sections]
    return notes.join(sections, anchors=True)


def _with_roles(episode: Episode, source: EpisodeSource, speakers: list[Speaker]) -> list[tuple[Speaker, str]]:
    """The role of each speaker as the file says, else as it was before, else ""."""
    roles = {appearance.speaker_id: appearance.role for appearance in episode.appearances.all()}
    for name, role in source.roles.items():
        if speaker := find_speaker(name):
            roles[speaker.pk] = role
    return [(speaker, roles.get(speaker.pk, "")) for speaker in speakers]
