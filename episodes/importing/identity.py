"""The identity of an episode in a file: by its number, by its address, else by the file alone."""

from dataclasses import replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from episodes.importing.reading import EpisodeSource
from episodes.models import Episode
from episodes.numbers import spell_number
from interaxion.content import paths
from interaxion.content.importing.document_import import DocumentImport
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.prepared import Prepared
from interaxion.text.jekyll.keys import line_of
from interaxion.text.source_errors import Note, gettext_noop


def find_episode(source: EpisodeSource) -> Episode | None:
    if source.number is not None:
        return Episode.objects.filter(number=source.number).first()
    return Episode.objects.filter(path=paths.normalise(source.path)).first() if source.path else None


def find_by_file(job: DocumentImport) -> Episode | None:
    """An episode that came without a number is known by its file alone, even after somebody gave it a number.

    A name such as `draft.md` is used again for the next episode: a numbered one must have come from the same bytes.
    """
    digests: dict[int, str] = dict(_digests(ContentType.objects.get_for_model(Episode).pk, job.document.name))
    if not digests:
        return None
    digest = job.inputs.digest(job.document.name, job.document.text)
    same = [pk for pk, known_digest in digests.items() if known_digest == digest]
    return Episode.objects.filter(Q(pk__in=digests, number=None) | Q(pk__in=same)).first()


@Prepared
def _digests(content_type: int, name: str) -> QuerySet[Any, Any]:
    return ImportedFile.objects.filter(content_type=content_type, name=name).values_list("object_id", "digest")


def without_taken_number(source: EpisodeSource, job: DocumentImport, known: Episode | None) -> EpisodeSource:
    """Drop a number that only the words of the title say if another file has it: seasons begin at 1 again.

    `known` is the episode that is known by the file.
    """
    if source.number is None or not source.whole_title:
        return source
    document = job.document
    came_without = known is not None and known.number is None and find_episode(source) not in (None, known)
    other = job.inputs.taker(("episode", (source.number, source.path), source.is_draft))
    if not came_without and other in (None, document.name):
        return source
    message = gettext_noop("another file is episode %(number)s: this one comes in without a number")
    note = Note(line_of(document, "title"), message, {"number": spell_number(source.number)})
    return replace(source, number=None, title=source.whole_title, warnings=(*source.warnings, note))
