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
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.importing.inputs import Claim, ImportInputs, Place
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.content.importing.saving import (
    Wish,
    decide,
    explain,
    imports_of,
    is_edited,
    keep,
    read_wish,
    remember,
    take_files,
)
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
    if is_short_notes(document):
        return _import_short_notes(document, inputs)
    return _import_full_notes(document, place, inputs)


def _import_full_notes(document: SourceDocument, place: Place, inputs: ImportInputs) -> Outcome:
    source = read_episode(document, number=inputs.number, site=inputs.site)
    source = _without_taken_number(source, document, inputs)
    is_named = source.number is not None or source.path
    name = (source.number, source.path) if is_named else document.name  # several may have neither, each by its file
    inputs.take(document, ("episode", name, source.is_draft), line_of(document, "title"))
    episode = _find(source) or _find_by_file(document, inputs) or Episode()
    if done := decide(episode, document, inputs) or _leave_published(episode, source, document, inputs):
        return done
    wish, warnings = read_wish(document, inputs, date=source.date, is_draft=source.is_draft)
    if episode.guid_taken_from and wish.publish_at:
        wish = Wish(episode.publish_at)
    warnings += [*source.warnings, *take_files(document, inputs)]
    pattern = STYLES.get(inputs.permalink, inputs.permalink)
    old_path = address_of(document, pattern, place.folders) if not source.path else ""
    path = paths.as_ours(source.path) or (
        path_of_number(source.number) if wish.publish_at and source.number is not None else ""
    )
    if not source.path and path and inputs.is_anothers(document, path):
        path = paths.as_ours(old_path) or path
    is_public = episode.status == Status.PUBLISHED
    episode.path = path if path and not (is_public and wish.publish_at is None) else episode.path
    episode.number, episode.title, episode.language = source.number, source.title, inputs.language
    episode.summary = inputs.links.rewrite(source.summary)
    warnings += [
        *take_player(episode, source, document),
        *take_artwork(episode, source, document, inputs),
        # What the host's own feed said of the audio stays.
        *([] if episode.guid_taken_from else take_audio(episode, source, document, inputs)),
    ]

    def write_related() -> None:
        speakers, made = find_or_make_speakers(source.speakers)
        message = gettext_noop("a speaker of this name is made: %(name)s")
        warnings.extend(Note(line_of(document, "starring"), message, {"name": s.name}) for s in made)
        episode.replace_sections(_notes_of(source, inputs))
        episode.replace_appearances(_with_roles(episode, source, speakers))
        episode.tags.set(find_tags(source.tags))

    return keep(
        episode,
        document,
        inputs,
        wish=wish,
        warnings=warnings,
        write_related=write_related,
        old_paths=[address for address in (old_path, source.path) if address and address != episode.path],
        extra=source.extra,
    )


def _import_short_notes(document: SourceDocument, inputs: ImportInputs) -> Outcome:
    """An episode that has notes from elsewhere keeps them, with its title and speakers."""
    source = read_episode(document, number=inputs.number, site=inputs.site)
    inputs.take(document, ("short notes", source.number))
    episode = _find(source) or Episode(number=source.number)
    is_known = episode.pk and imports_of(episode).filter(digest=inputs.digest(document)).exists()
    if is_known and not inputs.overwrite:
        return Outcome(document.name, Action.UNCHANGED, episode.path)
    warnings = [*source.warnings, *inputs.links.notes(document.text)]
    short_notes = inputs.links.repair(source.short_notes)
    if episode.pk and (is_edited(episode) or imports_of(episode).exclude(front_matter="").exists()):
        may_write = not episode.distribution_notes or not is_edited(episode) or inputs.overwrite
        if not may_write and episode.distribution_notes != short_notes:
            return decide(episode, document, inputs) or Outcome(document.name, Action.UNCHANGED, episode.path)
        episode.distribution_notes = short_notes
        return keep(episode, document, inputs, wish=None, warnings=warnings)
    wish, more = read_wish(document, inputs, date=source.date, is_draft=source.is_draft)
    episode.title, episode.distribution_notes, episode.language = source.title, short_notes, inputs.language
    episode.summary = inputs.links.rewrite(source.summary)
    return keep(
        episode,
        document,
        inputs,
        wish=wish,
        warnings=[*warnings, *more],
        write_related=lambda: episode.replace_sections(_notes_of(source, inputs)),
    )


def _without_taken_number(source: EpisodeSource, document: SourceDocument, inputs: ImportInputs) -> EpisodeSource:
    """A number in the words of a title is no more than these say: seasons begin at 1 again. The first one has it."""
    if source.number is None or not source.whole_title:
        return source
    known = _find_by_file(document, inputs)
    came_without = known is not None and known.number is None and _find(source) not in (None, known)
    other = inputs.taken.get(("episode", (source.number, source.path), source.is_draft), document.name)
    if not came_without and other == document.name:
        return source
    message = gettext_noop("another file is episode %(number)s: this one comes in without a number")
    note = Note(line_of(document, "title"), message, {"number": spell_number(source.number)})
    return replace(source, number=None, title=source.whole_title, warnings=(*source.warnings, note))


def _find(source: EpisodeSource) -> Episode | None:
    if source.number is not None:
        return Episode.objects.filter(number=source.number).first()
    return Episode.objects.filter(path=paths.normalise(source.path)).first() if source.path else None


def _find_by_file(document: SourceDocument, inputs: ImportInputs) -> Episode | None:
    """What came without a number is known by its file alone, also once somebody has given it one.

    A name such as `draft.md` is used again for the next episode: then the file is another one.
    """
    kind = ContentType.objects.get_for_model(Episode)
    known = ImportedFile.objects.filter(content_type=kind, name=document.name)
    same = known.filter(digest=inputs.digest(document))
    unnumbered = Q(pk__in=known.values("object_id"), number=None)
    return Episode.objects.filter(unnumbered | Q(pk__in=same.values("object_id"))).first()


def _leave_published(
    episode: Episode, source: EpisodeSource, document: SourceDocument, inputs: ImportInputs
) -> Outcome | None:
    """A draft file says nothing new of an episode that another file has published; its address redirects."""
    others = imports_of(episode).exclude(name=document.name).exclude(front_matter="") if episode.pk else None
    if not (source.is_draft and episode.status == Status.PUBLISHED and others):
        return None
    if source.path:
        try:
            paths.claim_old(episode, source.path)
        except ValidationError as problem:
            raise explain(document, problem) from problem
    remember(episode, document, inputs, extra=source.extra, is_whole=not is_edited(episode))
    note = Note(1, gettext_noop("%(other)s is published already: this draft is left out"), {"other": others[0].name})
    return Outcome(document.name, Action.SKIPPED, episode.path, (note,))


def _notes_of(source: EpisodeSource, inputs: ImportInputs) -> str:
    rewrite = inputs.links.rewrite
    sections = [replace(s, heading=rewrite(s.heading), body=rewrite(s.body)) for s in source.sections]
    return notes.join(sections, anchors=True)


def _with_roles(episode: Episode, source: EpisodeSource, speakers: list[Speaker]) -> list[tuple[Speaker, str]]:
    """As the file says, else as it is known here; else nobody knows."""
    roles = {appearance.speaker_id: appearance.role for appearance in episode.appearances.all()}
    for name, role in source.roles.items():
        if speaker := find_speaker(name):
            roles[speaker.pk] = role
    return [(speaker, roles.get(speaker.pk, "")) for speaker in speakers]
