"""A course and its chapters as files, and back. Files that nobody has edited are exported byte for byte."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from courses.models import Chapter, Course
from courses.reading import CourseFile, read_course_file
from episodes.people.speakers import find_or_make_speakers, known_names
from interaxion.content.exporting.documents import extra_of, tag_names
from interaxion.content.exporting.kinds import Exported
from interaxion.content.importing.inputs import ImportInputs
from interaxion.content.importing.saving import imports_of, is_edited
from interaxion.content.site_time import SITE_ZONE
from interaxion.text.front_matter.parsing import parse_document
from interaxion.text.front_matter.writing import Imported, Said, write_document
from interaxion.text.source_errors import Note, SourceError


def _source(imported: Imported) -> CourseFile | None:
    try:
        return read_course_file(imported.document) if imported.document else None
    except SourceError:
        return None


def _imported(thing: Course | Chapter) -> Imported:
    """Return the file that it is, with the name it was imported under."""
    files = dict(imports_of(thing).order_by("pk").values_list("name", "front_matter"))
    if not thing.front_matter and "" not in files.values():
        return Imported(None, True)  # typed here, or restored from an export, whose front matter we wrote
    try:
        document = parse_document(next(reversed(files), ""), thing.file_text.encode())
    except SourceError:
        return Imported(None, True)
    return Imported(replace(document, home_zone=str(SITE_ZONE)), is_edited(thing))


def _common_keys(thing: Course | Chapter, source: CourseFile | None, tags: list[str], layout: str) -> list[Said]:
    """The keys of both, without the status: the folder says it, so that the bytes stay those of the author."""
    return [
        Said("layout", layout, source is not None),
        Said("title", thing.title, source is not None and source.title == thing.title),
        Said("subtitle", thing.subtitle, source is not None and source.subtitle == thing.subtitle),
        Said("excerpt", thing.summary, source is not None and source.summary == thing.summary, ("description",)),
        Said("lang", thing.language, source is not None and source.language == thing.language, ("language",)),
        Said("tags", tags, source is not None and sorted(source.tags) == tags, ("topics", "keywords")),
    ]


def _names(thing: Course | Chapter) -> list[str]:
    return [authorship.speaker.name for authorship in thing.authorships.all()]


def _authors_key(authors: list[str], source: CourseFile | None) -> Said:
    return Said("authors", authors, source is not None and known_names(source.authors) == authors, ("author",))


def _write_related(thing: Course | Chapter, data: Mapping[str, Any]) -> None:
    thing.replace_authors(find_or_make_speakers(data.get("authors", []))[0])
    thing.tags.set(data.get("tags", []))


class CourseExport:
    model = Course
    folder = "courses"
    in_document: frozenset[str] = frozenset({"source"})

    def export(self, course: Course) -> Exported:
        imported = _imported(course)
        source, tags, authors = _source(imported), tag_names(course), _names(course)
        keys = [
            *_common_keys(course, source, tags, "course"),
            Said("level", course.level, source is not None and source.level == course.level, ("difficulty",)),
            Said("target_audience", course.audience, source is not None and source.audience == course.audience),
            Said("version", course.version_label, source is not None and source.version_label == course.version_label),
            _authors_key(authors, source),
        ]
        text = write_document(imported, [] if imported.is_untouched else keys, course.source, extra=extra_of(course))
        return Exported(f"courses/{course.slug}/index", text, {"tags": tags, "authors": authors})

    def fill(self, course: Course, body: str, data: Mapping[str, Any], inputs: ImportInputs) -> list[Note]:
        course.source = body
        return []

    def write_related(self, course: Course, body: str, data: Mapping[str, Any]) -> None:
        _write_related(course, data)


class ChapterExport:
    model = Chapter
    folder = "chapters"
    in_document: frozenset[str] = frozenset({"source"})

    def export(self, chapter: Chapter) -> Exported:
        imported = _imported(chapter)
        source, tags, authors = _source(imported), tag_names(chapter), _names(chapter)
        keys = [
            *_common_keys(chapter, source, tags, "chapter"),
            Said("chapter_number", chapter.position, source is not None and source.position == chapter.position),
            _authors_key(authors, source),
        ]
        text = write_document(imported, [] if imported.is_untouched else keys, chapter.source, extra=extra_of(chapter))
        return Exported(f"courses/{chapter.course.slug}/{chapter.slug}", text, {"tags": tags, "authors": authors})

    def fill(self, chapter: Chapter, body: str, data: Mapping[str, Any], inputs: ImportInputs) -> list[Note]:
        chapter.source = body
        return []

    def write_related(self, chapter: Chapter, body: str, data: Mapping[str, Any]) -> None:
        _write_related(chapter, data)
