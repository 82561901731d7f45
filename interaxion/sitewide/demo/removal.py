"""The demo makes room for real content: what nobody has touched goes, what somebody has edited stays as theirs."""

from django.db import models

from courses.models import Chapter, Course
from episodes.models import Episode, Podcast, Speaker
from episodes.people.speakers import parts_of_speakers
from interaxion.content import paths
from interaxion.content.files.models import StoredFile
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.importing.saving import is_edited
from interaxion.content.saving.storing import note_change
from interaxion.content.search.shared_pages import pages_linked_by, write_pages
from interaxion.content.tags import Tag, TaggedItem
from interaxion.sitewide.importing.rows import is_untouched
from interaxion.sitewide.models import Page
from posts.models import Category, Post

#: In the order in which they can go: a chapter before its course.
CONTENT = (Episode, Post, Chapter, Course, Page)
ROWS = (Category, Tag, Speaker, StoredFile, Podcast)


def remove_untouched_demo() -> bool:
    """Whether there was a demo. Called in the transaction of the first real thing: if that fails, the demo stays."""
    demo = ImportedFile.objects.filter(is_demo=True)
    if not demo.exists():
        return False
    for kind in (*CONTENT, *ROWS):
        for thing in _imported(kind):
            if not _is_touched(thing) and not _is_needed(thing):
                _delete(thing)
    demo.update(is_demo=False)
    note_change()
    return True


def _imported(kind: type[models.Model]) -> models.QuerySet:
    keys = ImportedFile.objects.filter(is_demo=True, content_type__app_label=kind._meta.app_label)
    return kind._base_manager.filter(pk__in=keys.filter(content_type__model=kind._meta.model_name).values("object_id"))


def _is_touched(thing: models.Model) -> bool:
    return is_edited(thing) if isinstance(thing, CONTENT) else not is_untouched(thing)


def _is_needed(thing: models.Model) -> bool:
    """Whether something that stays points to it."""
    if isinstance(thing, Course):
        return thing.chapters.exists()
    if isinstance(thing, Category):
        return thing.posts.exists()
    if isinstance(thing, Tag):
        return TaggedItem.objects.filter(tag=thing).exists()
    if isinstance(thing, Speaker):
        return any(part.objects.filter(speaker=thing).exists() for part, _owner in parts_of_speakers())
    if isinstance(thing, StoredFile):
        return any(_imported(kind).exists() for kind in CONTENT)
    return False


def _delete(thing: models.Model) -> None:
    pages = pages_linked_by(thing) if isinstance(thing, CONTENT) else set()
    if isinstance(thing, CONTENT):
        TaggedItem.objects.filter(content_type__model=thing._meta.model_name, object_id=thing.pk).delete()
    ImportedFile.objects.filter(
        content_type__app_label=thing._meta.app_label, content_type__model=thing._meta.model_name, object_id=thing.pk
    ).delete()
    paths.release(thing)
    thing.delete()
    write_pages(pages)
