"""A transcript from a file: of an import, of an upload, from an address; with its speakers named as far as it says."""

from dataclasses import replace

from episodes.importing.reading.theme_keys import KEYS
from episodes.models import Episode, Transcript
from episodes.people.speakers import Speaker
from episodes.transcripts.labels import names_of_people
from episodes.transcripts.storing import as_rows, cues_of, store_transcript, transcript_of
from interaxion.content.importing.document_import import DocumentImport
from interaxion.content.languages import known_language
from interaxion.text.jekyll.keys import line_of
from interaxion.text.source_errors import Note, Option, SourceError, Subject, gettext_noop
from interaxion.text.transcripts.cues import Transcription, take_labels
from interaxion.text.transcripts.reading import read_transcript

KEY = "transcript"


def is_elsewhere(written: str) -> bool:
    """Whether it is an address at another place, which stays there: the feed names it."""
    return written.startswith("https://")


def is_transcript_edited(episode: Episode) -> bool:
    """Whether a person has saved the transcript last."""
    stored = Transcript.objects.filter(episode=episode).first() if episode.pk else None
    newest = stored.revisions.order_by("-number").first() if stored else None
    return newest is not None and newest.user_id is not None


def read_for(episode: Episode, data: bytes, file: str) -> Transcription:
    """Read a transcript of this episode: a name before a colon is a speaker if somebody in it is called so.

    Raises SourceError.
    """
    read = read_transcript(data, file)
    people = list(Speaker.objects.filter(appearances__episode=episode))
    return replace(read, cues=tuple(take_labels(read.cues, names_of_people(people))))


def take_transcript(episode: Episode, written: str, job: DocumentImport) -> None:
    """Take the transcript that a document names. It is not published by that; a fault in it is a warning.

    `written` is the name of a file of the site.
    """
    line, name = line_of(job.document, *KEYS[KEY]), job.inputs.find_file(written)
    if name is None:
        job.warn(line, gettext_noop("the transcript %(file)s is missing"), Subject.SOUND, file=written)
        return
    try:
        read = read_for(episode, job.inputs.files.read(name), name)
    except SourceError as refused:
        message = gettext_noop("the transcript is not taken: %(problem)s")
        job.warn(line, message, Subject.SOUND, problem=str(refused))
        return
    job.warnings += [Note(line, note.message, note.params) for note in read.notes]
    transcript = transcript_of(episode)
    if tuple(cues_of(transcript)) == read.cues:
        return
    if is_transcript_edited(episode) and not job.inputs.overwrite:
        message = gettext_noop("somebody has edited the transcript since: import it with %(option)s to replace that")
        job.warn(line, message, Subject.CHANGED, option=Option.OVERWRITE)
        return
    transcript.cues = as_rows(read.cues)
    transcript.language = known_language(read.language) or transcript.language
    store_transcript(transcript, user=None, note=name)
