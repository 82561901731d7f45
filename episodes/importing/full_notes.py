"""The full notes of an episode, or their draft, into rows."""

from collections.abc import Callable

from django.core.exceptions import ValidationError

from episodes.importing.identity import find_by_file, find_episode, without_taken_number
from episodes.importing.media import take_artwork, take_audio, take_player
from episodes.importing.reading import EpisodeSource, read_episode
from episodes.models import Episode, Speaker
from episodes.numbers import path_of_number
from episodes.people.called import keep_names
from episodes.people.speakers import find_or_make_speakers, find_speakers, fold_name
from episodes.transcripts.importing import is_elsewhere, is_transcript_edited, take_transcript
from interaxion.content import paths
from interaxion.content.importing.document_import import DocumentImport
from interaxion.content.importing.inputs import Place
from interaxion.content.importing.outcome import Action, Outcome
from interaxion.content.importing.saving import decide, explain, imports_of, is_edited, remember, save_imported
from interaxion.content.publishing.recorder import keep
from interaxion.content.publishing.window import Status
from interaxion.text.jekyll.keys import line_of
from interaxion.text.jekyll.permalinks import STYLES, address_of, path_of_page
from interaxion.text.source_errors import Note, gettext_noop


def import_full_notes(place: Place, job: DocumentImport) -> Outcome:
    document, inputs = job.document, job.inputs
    source = read_episode(document, number=inputs.number, site=inputs.site, links=inputs.links.rewrite)
    known = find_by_file(job)
    source = without_taken_number(source, job, known)
    has_identity = source.number is not None or source.path
    identity = (source.number, source.path) if has_identity else document.name
    inputs.take(document.name, ("episode", identity, source.is_draft), line_of(document, "title"))
    episode = find_episode(source) or known or Episode()
    is_overwritten = bool(inputs.overwrite and source.transcript and is_transcript_edited(episode))
    if done := decide(episode, document, inputs, is_overwritten=is_overwritten) or _leave_published(
        episode, source, job
    ):
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
    episode.season = source.season or episode.season
    episode.language = job.read_language("lang", "language")
    episode.summary = inputs.links.rewrite(source.summary)
    take_player(episode, source, job)
    take_artwork(episode, source, job)
    if not episode.guid_taken_from:  # otherwise the host's own feed has described the audio
        take_audio(episode, source, job)
    if is_elsewhere(source.transcript) and source.transcript not in episode.transcripts_elsewhere:
        episode.transcripts_elsewhere = [*episode.transcripts_elsewhere, source.transcript]
    return save_imported(episode, job, lambda: _write_related(episode, source, job))


def _set_path(episode: Episode, source: EpisodeSource, place: Place, job: DocumentImport) -> None:
    """Take the address in the file, else that of the number once published, else the one by the site's own pattern."""
    document, inputs = job.document, job.inputs
    if source.path:
        old_path, path = "", paths.as_ours(source.path)
    else:
        pattern = STYLES.get(inputs.permalink, inputs.permalink)
        is_page = place.is_in_site and not place.is_dated
        old_path = path_of_page(document, place.name_in_site, pattern) if is_page else ""
        old_path, path = old_path or address_of(document, pattern, place.folders), ""
        if job.publish_at and source.number is not None:
            path = path_of_number(source.number)
            if inputs.is_anothers(document, path):
                path = paths.as_ours(old_path) or path
        elif job.publish_at and inputs.permalink and "." not in old_path and paths.can_be_spelled(old_path):
            path = "" if inputs.is_anothers(document, old_path) else paths.as_ours(old_path)
    is_unpublished_now = episode.status == Status.PUBLISHED and job.publish_at is None
    if path and not is_unpublished_now:
        episode.path = path
    job.old_paths = [address for address in (old_path, source.path) if address and address != episode.path]


def _write_related(episode: Episode, source: EpisodeSource, job: DocumentImport) -> None:
    speakers, made = find_or_make_speakers(map(job.inputs.name_of, source.speakers))
    for speaker in made:
        message = gettext_noop("a speaker of this name is made: %(name)s")
        job.warn(line_of(job.document, "starring"), message, name=speaker.name)
    keep_names(f"{source.summary}\n{job.document.body}", speakers)
    episode.replace_sections(source.join_sections())
    episode.replace_appearances(_with_roles(episode, source, speakers, job.inputs.name_of))
    episode.tags.set(source.tags)
    if source.transcript and not is_elsewhere(source.transcript):
        take_transcript(episode, source.transcript, job)


def _leave_published(episode: Episode, source: EpisodeSource, job: DocumentImport) -> Outcome | None:
    """Skip a draft of an episode that another file has published, and redirect the draft's address to it."""
    document = job.document
    others = imports_of(episode).exclude(name=document.name).exclude(front_matter="") if episode.pk else None
    if not (source.is_draft and episode.status == Status.PUBLISHED and others):
        return None
    keep(episode)
    if source.path:
        try:
            paths.claim_old(episode, source.path)
        except ValidationError as problem:
            raise explain(document, problem) from problem
    version = 0 if is_edited(episode) else episode.version
    remember(episode, document, job.inputs, extra=source.extra, version=version)
    note = Note(1, gettext_noop("%(other)s is published already: this draft is left out"), {"other": others[0].name})
    return Outcome(document.name, Action.SKIPPED, episode.path, (note,))


def _with_roles(
    episode: Episode, source: EpisodeSource, speakers: list[Speaker], name_of: Callable[[str], str]
) -> list[tuple[Speaker, str]]:
    """The role of each speaker as the file says, else as it was before, else ""."""
    roles = {appearance.speaker_id: appearance.role for appearance in episode.appearances.all()}
    known = find_speakers(map(name_of, source.roles))
    for name, role in source.roles.items():
        if speaker := known.get(fold_name(name_of(name))):
            roles[speaker.pk] = role
    return [(speaker, roles.get(speaker.pk, "")) for speaker in speakers]
