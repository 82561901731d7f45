"""Facts derived of the file of a course or chapter beside its HTML: its fields `lesson` and `appendix`."""

from collections.abc import Mapping
from dataclasses import asdict
from html import escape
from typing import Any

from interaxion.text.front_matter.parsing import parse_document
from interaxion.text.lessons.exercises import Exercise, find_exercises
from interaxion.text.lessons.facts import COUNT_KEYS, TOTAL_KEYS, read_facts, unread_keys
from interaxion.text.lessons.references import find_references
from interaxion.text.lessons.sections import find_sections
from interaxion.text.lessons.tags import without_ids
from interaxion.text.markdown import Rendered
from interaxion.text.source_errors import SourceError


def read_lesson(meta: Mapping[str, Any], rendered: Rendered) -> tuple[dict[str, Any], str]:
    """Return the facts of an arranged text as JSON holds them, with what is counted in it; and its answers as HTML."""
    sections = find_sections(rendered.html, rendered.outline.headings)
    exercises = find_exercises(rendered.html, sections)
    lesson = asdict(read_facts(meta, rendered.html, rendered.text, sections)) | {
        "exercises": len(exercises),
        "exercise_anchors": list(dict.fromkeys(exercise.anchor for exercise in exercises)),
        "unanswered": [exercise.label for exercise in exercises if not exercise.answers],
        "references": len(find_references(rendered.html, sections)),
        "code": sum(block.language.lower() not in {"", "mermaid"} for block in rendered.outline.code_blocks),
        "diagrams": sum(block.language.lower() == "mermaid" for block in rendered.outline.code_blocks),
    }
    return lesson, "".join(map(_answers_of, exercises))


def _answers_of(exercise: Exercise) -> str:
    """Return the answers below the author's own words; they have no anchors, which the chapter has already."""
    return "".join(
        f"<h3>{escape(exercise.heading)}: {escape(fold.summary)}</h3>\n{without_ids(fold.html)}\n"
        for fold in exercise.answers
    )


def read_meta(front_matter: str) -> dict[str, Any]:
    """Return the keys of a block of front matter; {} if it cannot be read, which its field refuses."""
    try:
        return parse_document("", f"{front_matter}\n.".encode()).meta if front_matter.strip() else {}
    except SourceError:
        return {}


def wrong_claims(
    meta: Mapping[str, Any], found: Mapping[str, int], keys: Mapping[str, str] = COUNT_KEYS
) -> list[tuple[str, str, int]]:
    """Return (key, what it says, what is there) for each count in the front matter that differs from what was found."""
    claims = ((key, str(meta[key]), found[name]) for key, name in keys.items() if key in meta and name in found)
    return [(key, said, found) for key, said, found in claims if not _is_so(said.strip(), found)]


def _is_so(said: str, found: int) -> bool:
    """Whether a count is `found`, as in `27`, `25+` and `5-6`."""
    least, _dash, most = said.partition("-")
    if said.endswith("+") and said[:-1].isdecimal():
        return found >= int(said[:-1])
    if least.isdecimal() and most.isdecimal():
        return int(least) <= found <= int(most)
    return said == str(found)


__all__ = ["TOTAL_KEYS", "read_lesson", "read_meta", "unread_keys", "wrong_claims"]
