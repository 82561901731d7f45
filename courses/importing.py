"""Files of courses into rows. A chapter's text is kept byte for byte."""

from dataclasses import replace
from pathlib import PurePosixPath

from django.db.models import Max

from courses.folders import slug_of_folder
from courses.models import Chapter, Course
from courses.reading import COURSE_KEYS, LAYOUTS, CourseFile, is_index, read_course_file
from episodes.people.speakers import find_or_make_speakers
from interaxion.content import paths
from interaxion.content.importing.inputs import Claim, ImportInputs, Place
from interaxion.content.importing.outcome import Outcome
from interaxion.content.importing.saving import Wish, decide, keep, read_wish, take_files
from interaxion.content.tags import find_tags
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import line_of
from interaxion.text.source_errors import Note, SourceError, gettext_noop


def claims(document: SourceDocument, place: Place) -> Claim:
    if "layout" in document.meta:
        return Claim.LAYOUT if document.meta["layout"] in LAYOUTS else Claim.NONE
    if document.meta.keys() & COURSE_KEYS:
        return Claim.KEYS
    return Claim.FOLDER if place.is_course and not place.is_dated else Claim.NONE


def import_document(document: SourceDocument, place: Place, inputs: ImportInputs) -> Outcome:
    source = read_course_file(document)
    slug = _course_slug(source, document, place, inputs)
    if is_index(document):
        return _import_course(source, slug, document, inputs)
    return _import_chapter(source, slug, document, place, inputs)


def _import_course(source: CourseFile, slug: str, document: SourceDocument, inputs: ImportInputs) -> Outcome:
    inputs.take(document, ("course", slug))
    course = Course.objects.filter(slug=slug).first() or Course(slug=slug)
    if done := decide(course, document, inputs):
        return done
    wish, warnings = read_wish(document, inputs, date=source.date, is_draft=source.is_draft)
    course.title, course.subtitle, course.summary = source.title, source.subtitle, source.summary
    course.level, course.version_label = source.level, source.version_label
    course.language, course.source = source.language, source.body
    return keep(
        course,
        document,
        inputs,
        wish=wish,
        warnings=[*warnings, *source.warnings, *take_files(document, inputs, course.address_of)],
        write_related=lambda: course.tags.set(find_tags(source.tags)),
        extra=source.extra,
        is_complete=False,  # its chapters come next
    )


def _import_chapter(
    source: CourseFile, course_slug: str, document: SourceDocument, place: Place, inputs: ImportInputs
) -> Outcome:
    slug = _chapter_slug(source, document, place)
    inputs.take(document, ("chapter", course_slug, slug))
    wish, warnings = read_wish(document, inputs, date=source.date, is_draft=source.is_draft)
    course = Course.objects.filter(slug=course_slug).first() or _make_course(
        source, course_slug, wish, document, inputs
    )
    chapter = _find(course, slug, source.position, place) or Chapter(course=course, slug=slug)
    if done := decide(chapter, document, inputs):
        return done
    chapter.title, chapter.subtitle, chapter.summary = source.title, source.subtitle, source.summary
    chapter.language, chapter.source = source.language, source.body
    chapter.position = source.position or (chapter.position if chapter.pk else _next_position(course))
    warnings += [*source.warnings, *take_files(document, inputs, chapter.address_of)]

    def write_related() -> None:
        authors, made = find_or_make_speakers(source.authors)
        message = gettext_noop("an author of this name is made: %(name)s")
        warnings.extend(Note(line_of(document, "authors", "author"), message, {"name": a.name}) for a in made)
        chapter.replace_authors(authors)
        chapter.tags.set(find_tags(source.tags))

    return keep(
        chapter, document, inputs, wish=wish, warnings=warnings, write_related=write_related, extra=source.extra
    )


def _course_slug(source: CourseFile, document: SourceDocument, place: Place, inputs: ImportInputs) -> str:
    """`--course`, else the folder, else the series."""
    if inputs.course:
        return inputs.course
    name = place.folder or source.series
    if not name:
        raise SourceError(
            document.name,
            1,
            gettext_noop("nothing says which course this chapter belongs to"),
            gettext_noop("name it with --course, or put the file into a folder of the course's name"),
        )
    return slug_of_folder(name, source.language)


def _chapter_slug(source: CourseFile, document: SourceDocument, place: Place) -> str:
    """The file's name; that of a file on its own says nothing of the course."""
    if place.folder or source.position is None:
        return paths.slug_of(PurePosixPath(document.name).stem, "chapter")
    return f"chapter-{source.position}"


def _find(course: Course, slug: str, position: int | None, place: Place) -> Chapter | None:
    """The chapter of this name, else the one at this place, unless another file of the folder has its name."""
    chapters = Chapter.objects.filter(course=course)
    if chapter := chapters.filter(slug=slug).first():
        return chapter
    beside = [paths.slug_of(PurePosixPath(name).stem, "chapter") for name in place.others]
    return chapters.filter(position=position).exclude(slug__in=beside).first() if position is not None else None


def _next_position(course: Course) -> int:
    return (course.chapters.aggregate(last=Max("position"))["last"] or 0) + 1


def _make_course(source: CourseFile, slug: str, wish: Wish, document: SourceDocument, inputs: ImportInputs) -> Course:
    """A course whose index is not imported, or not yet: it takes its name from the chapter."""
    course = Course(slug=slug, title=source.series or slug, language=source.language)
    folder = f"{PurePosixPath(document.name).parent.as_posix()}/"
    keep(course, replace(document, name=folder, text="", body="", meta={}, notes=()), inputs, wish=wish)
    return course
