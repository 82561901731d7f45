"""A published transcript as the pages show it: HTML for each section of the notes, made when something is saved."""

import json

from episodes.models import Episode, Transcript
from episodes.transcripts.labels import match_labels
from episodes.transcripts.storing import cues_of
from interaxion.text.transcripts.html import write_html
from interaxion.text.transcripts.sentences import join_sentences, make_paragraphs


def published_transcript(episode: Episode) -> Transcript | None:
    """Return the transcript that visitors get while the episode is public; None if there is none."""
    transcript: Transcript | None = getattr(episode, "transcript", None)
    return transcript if transcript and transcript.is_published else None


def said_in_sections(episode: Episode) -> str:
    """Return JSON: by the anchor of each section what was said in it, as HTML, "" for what was said before the first.

    "" if no transcript is published. Sections without a time have none.
    """
    transcript = published_transcript(episode)
    if transcript is None:
        return ""
    cues = cues_of(transcript)
    people = [appearance.speaker for appearance in episode.appearances.all()]
    names = match_labels(cues, people).shown()
    starts = dict(
        sorted((h["starts_at"], h["anchor"]) for h in reversed(episode.outline) if h["starts_at"] is not None)
    )
    known: set[int] = set()
    sections = make_paragraphs(join_sentences(cues), list(starts))
    said = {
        anchor: f'<div class="said" lang="{transcript.language}">\n{write_html(paragraphs, names, known)}\n</div>'
        for anchor, paragraphs in zip(["", *starts.values()], sections, strict=True)
        if paragraphs
    }
    return json.dumps(said, ensure_ascii=False)
