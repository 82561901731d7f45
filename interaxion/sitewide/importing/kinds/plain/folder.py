"""A folder of Markdown that no generator builds: files that the importers know, notes, and courses of READMEs."""

from functools import partial
from pathlib import PurePosixPath

from interaxion.sitewide.importing.kinds.plain.names import NamedFiles, root_of
from interaxion.sitewide.importing.kinds.plain.notes import is_note, translate_note
from interaxion.sitewide.importing.kinds.plain.readmes import find_readme_courses
from interaxion.sitewide.importing.kinds.translated import TranslatedDocument, TranslatedSource
from interaxion.sitewide.importing.sites import find_sites
from interaxion.sitewide.importing.sources.source import ImportSource
from interaxion.text.front_matter.parsing import SourceDocument, parse_document


def translate(source: ImportSource) -> TranslatedSource:
    courses = find_readme_courses(source)
    course_of = {name: course for course in courses for name in course.names}
    ours = {name: our_name for course in courses for name, our_name in course.names.items()}
    site = find_sites(source)[0]
    notes = {name for name in source.all_names if name not in ours and is_note(name, site)}
    root = root_of(source.all_names)
    named = NamedFiles(source.all_names, notes, ours, root)

    def read(name: str) -> SourceDocument:
        return parse_document(name, source.read(name))

    def translate_readme(name: str) -> TranslatedDocument:
        return course_of[name].translate(read(name))

    def translate(name: str) -> TranslatedDocument:
        return translate_note(read(name), root, partial(named.find, folder=PurePosixPath(name).parent))

    return TranslatedSource(
        source,
        config=None,
        documents={
            **{our_name: partial(translate_readme, name) for name, our_name in ours.items()},
            **{name: partial(translate, name) for name in notes},
        },
        files={name: name for name in source.all_names if name not in ours and name not in notes},
        wanted=[ours.get(name, name) for name in source.names],
    )
