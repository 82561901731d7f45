"""Files of courses into rows. A chapter's text is kept byte for byte."""

from dataclasses import replace
from pathlib import PurePosixPath

from courses.folders import links_to_missing_files, slug_of_folder
from courses.models import Chapter, Course
from courses.reading import COURSE_KEYS, LAYOUTS, CourseFile, is_index, read_course_file
from episodes.people.speakers import find_or_make_speakers
from interaxion.content import paths
from interaxion.content.importing.document_import import DocumentImport
from interaxion.content.importing.inputs import Claim, ImportInputs, Place
from interaxion.content.importing.outcome import Outcome
from interaxion.content.importing.saving import decide, save_imported
from interaxion.text.front_matter.parsing import SourceDocument
from interaxion.text.jekyll.keys import line_of
from interaxion.text.source_errors import Option, SourceError, Subject, gettext_noop


def claims(document: SourceDocument, place: Place) -> Claim:
    if "layout" in document.meta:
        return Claim.LAYOUT if document.meta["layout"] in LAYOUTS else Claim.NONE
    if document.meta.keys() & COURSE_KEYS:
        return Claim.KEYS
    if place.is_of_named_course:
        return Claim.FOLDER
    is_page = place.is_in_site and document.has_front_matter  # of which Jekyll makes a page, wherever it lies
    return Claim.FOLDER if place.is_course and not place.is_dated and not is_page else Claim.NONE


def import_document(document: SourceDocument, place: Place, inputs: ImportInputs) -> Outcome:
    source = read_course_file(document, likely_language=inputs.likely_language())
    slug = _course_slug(source, document, place, inputs)
    job = DocumentImport(document, inputs, extra=source.extra)
    if is_index(document):
        return _import_course(source, slug, place, job)
    return _import_chapter(source, slug, place, job)


def _import_course(source: CourseFile, slug: str, place: Place, job: DocumentImport) -> Outcome:
    job.inputs.take(job.document.name, ("course", slug))
    course = Course.objects.filter(slug=slug).first() or Course(slug=slug)
    if done := decide(course, job.document, job.inputs):
        return done
    job.read_status(date=source.date, is_draft=source.is_draft)
    if course.pk is None:
        course.position = place.rank  # later somebody orders them by hand
    course.title, course.subtitle, course.summary = source.title, source.subtitle, source.summary
    course.level, course.audience, course.version_label = source.level, source.audience, source.version_label
    course.language, course.front_matter, course.source = source.language, source.front_matter, source.body
    job.warnings += source.warnings
    job.store_files(course.address_of)
    _warn_of_missing_files(course, place, job)
    job.is_complete = False  # its chapters come next
    return save_imported(course, job, lambda: _write_related(course, source, job))


def _import_chapter(source: CourseFile, course_slug: str, place: Place, job: DocumentImport) -> Outcome:
    slug = _chapter_slug(source, job.document, place)
    job.inputs.take(job.document.name, ("chapter", course_slug, slug))
    job.read_status(date=source.date, is_draft=source.is_draft)
    course = Course.objects.filter(slug=course_slug).first() or _make_course(source, course_slug, job)
    chapter = _find(course, slug, source.position, place) or Chapter(course=course, slug=slug)
    if done := decide(chapter, job.document, job.inputs):
        return done
    chapter.title, chapter.subtitle, chapter.summary = source.title, source.subtitle, source.summary
    chapter.language, chapter.front_matter, chapter.source = source.language, source.front_matter, source.body
    chapter.position = source.position or (chapter.position if chapter.pk else course.next_position())
    job.warnings += source.warnings
    job.store_files(chapter.address_of)
    _warn_of_missing_files(chapter, place, job)
    return save_imported(chapter, job, lambda: _write_related(chapter, source, job))


def _warn_of_missing_files(thing: Course | Chapter, place: Place, job: DocumentImport) -> None:
    """Warn of links to documents that are neither in the folders nor here already."""
    folders = {**place.beside, place.folder: [*place.siblings, job.document.name]} if place.folder else {}
    for line, target in links_to_missing_files(job.document.text, place.folder, folders) if folders else ():
        if (address := thing.address_of(target)) is None or paths.find_path(address) is None:
            message = gettext_noop("the page %(file)s is missing: readers see the words of the link without it")
            job.warn(line, message, Subject.ADDRESS, file=target)


def _write_related(thing: Course | Chapter, source: CourseFile, job: DocumentImport) -> None:
    authors, made = find_or_make_speakers(source.authors)
    for author in made:
        message = gettext_noop("an author of this name is made: %(name)s")
        job.warn(line_of(job.document, "authors", "author"), message, name=author.name)
    thing.replace_authors(authors)
    thing.tags.set(source.tags)


def _course_slug(source: CourseFile, document: SourceDocument, place: Place, inputs: ImportInputs) -> str:
    """Return the slug that `--course`, else the folder, else the series gives. Raises SourceError if none does."""
    if inputs.course:
        return inputs.course
    name = place.folder or source.series
    if not name:
        raise SourceError(
            document.name,
            1,
            gettext_noop("nothing says which course this chapter belongs to"),
            gettext_noop("name it with %(option)s, or put the file into a folder of the course's name"),
            option=Option.COURSE,
        )
    return slug_of_folder(name, source.language)


def _chapter_slug(source: CourseFile, document: SourceDocument, place: Place) -> str:
    """Return the slug by the file's name, or by its position if it is a single file: such a name may be anything."""
    if place.folder or source.position is None:
        return paths.slug_of(PurePosixPath(document.name).stem, "chapter")
    return f"chapter-{source.position}"


def _find(course: Course, slug: str, position: int | None, place: Place) -> Chapter | None:
    """Return the chapter of this slug, else the one at this position, unless another file of the folder is that."""
    chapters = Chapter.objects.filter(course=course)
    if chapter := chapters.filter(slug=slug).first():
        return chapter
    if position is None:
        return None
    siblings = [paths.slug_of(PurePosixPath(name).stem, "chapter") for name in place.siblings]
    return chapters.filter(position=position).exclude(slug__in=siblings).first()


def _make_course(source: CourseFile, slug: str, job: DocumentImport) -> Course:
    """Make the course of a chapter if no index was imported so far. Its title is the one that the chapter gives."""
    course = Course(slug=slug, title=source.series or slug, language=source.language)
    folder = f"{PurePosixPath(job.document.name).parent.as_posix()}/"
    document = replace(job.document, name=folder, text="", body="", meta={}, notes=())
    save_imported(course, DocumentImport(document, job.inputs, status=job.status, publish_at=job.publish_at))
    return course
