"""The demo makes room for real content: untouched things are deleted, edited ones stay as real content."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models

from courses.models import Chapter, Course
from episodes.models import Episode, Podcast, Speaker
from episodes.people.speakers import parts_of_speakers
from interaxion.content import paths
from interaxion.content.files.models import StoredFile
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.importing.saving import is_edited
from interaxion.content.linking.links import works_linked_by
from interaxion.content.linking.works import count_links
from interaxion.content.prepared import Prepared
from interaxion.content.saving.storing import note_change
from interaxion.content.search.rows import SearchRow
from interaxion.content.tags import Tag, TaggedItem
from interaxion.sitewide.importing.rows import is_untouched
from interaxion.sitewide.models import Page
from posts.models import Category, Post

#: In the order of deletion: a chapter before its course.
CONTENT = (Episode, Post, Chapter, Course, Page)
ROWS = (Category, Tag, Speaker, StoredFile, Podcast)


def has_demo() -> bool:
    return bool(_one_of_demo())


@Prepared  # every file of an import asks
def _one_of_demo() -> models.QuerySet[Any, Any]:
    return ImportedFile.objects.filter(is_demo=True).values_list("pk")[:1]


def remove_untouched_demo() -> bool:
    """Return whether there was a demo. Call it in the transaction of the first real thing: if that fails, it stays."""
    if not has_demo():
        return False
    for model in (*CONTENT, *ROWS):
        for thing in _imported(model):
            if not _is_touched(thing) and not _is_needed(thing):
                _delete(thing)
            elif isinstance(thing, CONTENT) and _is_touched(thing):
                # It is no base of a merge: the demo and a site of one's own never had a common text.
                ImportedFile.objects.of(thing).update(version=0)
    ImportedFile.objects.filter(is_demo=True).update(is_demo=False)
    note_change()
    return True


def _imported(model: type[models.Model]) -> models.QuerySet:
    content_type = ContentType.objects.get_for_model(model)
    keys = ImportedFile.objects.filter(is_demo=True, content_type=content_type).values("object_id")
    return model._default_manager.filter(pk__in=keys)


def _is_touched(thing: models.Model) -> bool:
    return is_edited(thing) if isinstance(thing, CONTENT) else not is_untouched(thing)


def _is_needed(thing: models.Model) -> bool:
    """Whether something that stays refers to it."""
    if isinstance(thing, Course):
        return thing.chapters.exists()
    if isinstance(thing, Category):
        return thing.posts.exists()
    if isinstance(thing, Tag):
        return TaggedItem.objects.filter(tag=thing).exists()
    if isinstance(thing, Speaker):
        return any(part.objects.filter(speaker=thing).exists() for part, _owner in parts_of_speakers())
    if isinstance(thing, StoredFile):
        return any(_imported(model).exists() for model in CONTENT)
    return False


def _delete(thing: models.Model) -> None:
    content_type = ContentType.objects.get_for_model(thing)
    works = works_linked_by(thing) if isinstance(thing, CONTENT) else set()
    if isinstance(thing, CONTENT):
        TaggedItem.objects.filter(content_type=content_type, object_id=thing.pk).delete()
    ImportedFile.objects.filter(content_type=content_type, object_id=thing.pk).delete()
    paths.release(thing)
    thing.delete()
    count_links(works)
    SearchRow.objects.write_pages(works)
