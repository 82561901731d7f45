"""Renewing pages that a change of something else has made old: what a save of that thing does not do."""

import time

from django.utils import timezone

from interaxion.serving.public_pages import read_validity
from interaxion.sitewide.stored_pages.making import page_key
from interaxion.sitewide.stored_pages.stored_page import StoredPage, write_page

#: Pages that are looked at in one step.
BATCH = 50


def renew_pages(*, seconds: float) -> int:
    """Look at the pages stored before the last change of the site, those not looked at for the longest time first.

    One that is still right is marked so, and needs no more queries until the next change; any other is written anew.
    It ends with the batch in which the time (seconds) is over. Return how many were not current.
    """
    began_at, ends_at, count = timezone.now(), time.monotonic() + seconds, 0
    while time.monotonic() < ends_at:
        etag = read_validity().etag
        older = StoredPage.objects.filter(looked_at__lt=began_at).exclude(etag=etag, key=page_key())
        pages = list(older.defer("headers", "body").order_by("looked_at")[:BATCH])
        if not pages:
            break
        old = [page for page in pages if not page.is_current(etag)]
        StoredPage.objects.filter(pk__in={page.pk for page in pages} - {page.pk for page in old}).update(
            etag=etag, looked_at=timezone.now()
        )
        StoredPage.objects.filter(pk__in=[page.pk for page in old]).update(looked_at=timezone.now())
        for page in old:
            thing = page.target
            if thing is None:
                page.delete()
            else:
                write_page(thing)
        count += len(old)
    return count
