"""An episode as a file of a Jekyll site, and back: the inverse of its import."""

import io
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from episodes.audio.measuring import measure
from episodes.importing.reading import EpisodeSource, read_episode
from episodes.models import Episode, LinkSection, Transcript
from episodes.notes import notes
from episodes.people.speakers import find_or_make_speakers, known_names
from episodes.transcripts.importing import is_elsewhere
from episodes.transcripts.storing import as_rows, cues_of, store_transcript, stored_transcript
from interaxion.content.exporting.documents import (
    extra_of,
    file_stem,
    find_imported,
    publishing_keys,
    tag_names,
)
from interaxion.content.exporting.files import FOLDER
from interaxion.content.exporting.kinds import Exported
from interaxion.content.importing.inputs import ImportInputs
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.front_matter.writing import Said, write_document
from interaxion.text.markdown.html.embeds import frame_url
from interaxion.text.source_errors import Note, SourceError, gettext_noop
from interaxion.text.transcripts.reading import read_transcript
from interaxion.text.transcripts.vtt import write_vtt

model = Episode
folder = "episodes"
in_document: frozenset[str] = frozenset()


def export(episode: Episode) -> Exported:
    body = "\n" + notes.join([section.as_note() for section in episode.sections.all()], anchors=True)
    imported = find_imported(episode, body)
    speakers = [appearance.speaker.name for appearance in episode.appearances.all()]
    tags = tag_names(episode)
    keys = [
        *publishing_keys(episode, imported.document, layout="podcast"),
        *_keys(episode, imported.document, imported.is_untouched, speakers, tags),
    ]
    stem = file_stem(f"ep{episode.spelled_number}" if episode.number is not None else episode.path, episode)
    belongings: dict[str, Any] = {
        "tags": tags,
        "speakers": [f"{appearance.speaker.name}: {appearance.role}" for appearance in episode.appearances.all()],
        "sections": [section.key for section in episode.sections.all()],
    }
    files: dict[str, str] = {}
    if transcript := stored_transcript(episode):
        belongings |= {
            "transcript_language": transcript.language,
            "transcript_published": "true" if transcript.is_published else "false",
        }
        files[_name_of(transcript)] = write_vtt(cues_of(transcript))
    return Exported(stem, write_document(imported, keys, body, extra=extra_of(episode)), belongings, files)


def _name_of(transcript: Transcript) -> str:
    """Return the place of the file: `_data` for one that is not published, since Jekyll copies nothing from there."""
    stem = transcript.episode.spelled_number or transcript.episode.guid
    return f"{'' if transcript.is_published else '_data/'}transcripts/{stem}.vtt"


def _keys(
    episode: Episode, document: SourceDocument | None, is_untouched: bool, speakers: list[str], tags: list[str]
) -> list[Said]:
    source = _read(document) if document else None
    title = f"{episode.spelled_number}: {episode.title}" if episode.number is not None else episode.title
    provider = episode.player_provider
    player = f'<iframe src="{frame_url(provider, episode.player_id)}"></iframe>' if provider else ""
    audio = episode.audio_url or (f"/{FOLDER}{episode.audio_file.name}" if episode.audio_file else "")
    artwork = f"/{FOLDER}{episode.artwork.name}" if episode.artwork else ""

    def says(field: str, value: Any) -> bool:
        return source is not None and (is_untouched or getattr(source, field) == value)

    stored = stored_transcript(episode)
    elsewhere = source is not None and is_elsewhere(source.transcript)
    transcript = f"/{_name_of(stored)}" if stored else source.transcript if source and elsewhere else None
    names = known_names(source.speakers) if source and not is_untouched else []
    seconds, size = (episode.audio_seconds, episode.audio_bytes) if audio else (None, None)
    is_title_so = source is not None and (source.number, source.title) == (episode.number, episode.title)
    return [
        Said("title", title, is_title_so),
        Said("starring", speakers, source is not None and (is_untouched or names == speakers)),
        Said("excerpt", episode.summary, says("summary", episode.summary)),
        Said("tags", tags, says("tags", tuple(tags))),
        Said("anchorEmbedding", player, says("player", player)),
        Said("twitter_image", artwork, says("artwork", artwork)),
        Said("audio", audio, says("audio", audio)),
        Said("seconds", seconds, says("audio_seconds", seconds)),
        Said("bytes", size, says("audio_bytes", size)),
        Said("transcript", transcript, source is not None and source.transcript == transcript),
    ]


def _read(document: SourceDocument) -> EpisodeSource | None:
    try:
        return read_episode(document)
    except SourceError:
        return None


def fill(episode: Episode, body: str, data: Mapping[str, Any], inputs: ImportInputs) -> list[Note]:
    """Restore the audio file, measured again, and read the transcript. Return warnings."""
    return [*_fill_transcript(episode, data, inputs), *_fill_audio(episode, data, inputs)]


def _fill_transcript(episode: Episode, data: Mapping[str, Any], inputs: ImportInputs) -> list[Note]:
    name = next((each for each in data.get("files", []) if each.endswith(".vtt")), "")
    if not name:
        return []
    if inputs.files.find(name) is None:
        return [Note(1, gettext_noop("the transcript %(file)s is missing"), {"file": name})]
    try:
        cues = read_transcript(inputs.files.read(name), name).cues
    except SourceError as refused:
        return [Note(1, gettext_noop("the transcript is not taken: %(problem)s"), {"problem": str(refused)})]
    published = data.get("transcript_published") == "true"
    language = data.get("transcript_language") or episode.language
    Transcript(
        episode=episode, cues=as_rows(cues), language=language, is_published=published
    )  # it is `.transcript` now
    return []


def _fill_audio(episode: Episode, data: Mapping[str, Any], inputs: ImportInputs) -> list[Note]:
    name = data.get("audio_file", "")
    if not name:
        return []
    episode.audio_file = ""
    if inputs.files.find(FOLDER + name) is None:
        return [Note(1, gettext_noop("the audio file %(file)s is missing"), {"file": FOLDER + name})]
    stored = inputs.files.read(FOLDER + name)
    try:
        episode.audio_file = inputs.files.keep(f"audio/{measure(io.BytesIO(stored), len(stored)).name}", stored)
    except ValidationError as refused:
        message = gettext_noop("the file %(file)s is not kept: %(problem)s")
        return [Note(1, message, {"file": FOLDER + name, "problem": " ".join(refused.messages)})]
    return []


def write_related(episode: Episode, body: str, data: Mapping[str, Any]) -> None:
    keys = data.get("sections", [])
    if len({*keys}) < len(keys):
        raise ValidationError(LinkSection().unique_error_message(LinkSection, ("episode", "key")))
    episode.replace_sections(body, keys=keys)
    people = [line.rpartition(": ") for line in data.get("speakers", [])]
    speakers, _made = find_or_make_speakers(name for name, _colon, _role in people)
    roles = dict(zip((s.name for s in speakers), (role for _name, _colon, role in people), strict=False))
    episode.replace_appearances([(speaker, roles.get(speaker.name, "")) for speaker in speakers])
    episode.tags.set(data.get("tags", []))
    if transcript := getattr(episode, "transcript", None):
        transcript.episode = episode  # which has a primary key now
        store_transcript(transcript, user=None, note="import")
