"""Purging the trash: what has been in it for 30 days is deleted for good."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import ProtectedError

from interaxion.content import paths
from interaxion.content.importing.imported import ImportedFile
from interaxion.content.linking.links import works_linked_by
from interaxion.content.linking.works import count_links
from interaxion.content.publishing.log import LogEntry
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.search.rows import SearchRow

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

KEPT_FOR = timedelta(days=30)


def purge_trash(now: datetime) -> Iterator[str]:
    """Delete for good what was trashed 30 days before `now`, and yield its names. Its addresses are free again.

    What other rows still need, such as a course with chapters, stays until these are gone.
    """
    # Chapters need their course: a second round deletes what the first one has made deletable.
    for _round in range(2):
        for kind in kinds():
            for thing in kind.objects.filter(deleted_at__lt=now - KEPT_FOR).order_by("pk"):
                name = str(thing)
                if purge(thing):
                    yield name


def purge(thing: Publishable, *, user: "AbstractBaseUser | None" = None, note: str = "") -> bool:
    """Delete a thing for good, and log it. Returns False if another one, such as a chapter, needs it."""
    try:
        with transaction.atomic():
            SiteState.lock()
            LogEntry.objects.create(
                target=thing, user=user, title=str(thing)[:300], from_state=thing.state(), to_state="purged", note=note
            )
            ImportedFile.objects.of(thing).delete()
            paths.release(thing)
            works = works_linked_by(thing)
            thing.delete()
            count_links(works)
            SearchRow.objects.write_pages(works)
    except ProtectedError:
        return False
    return True
