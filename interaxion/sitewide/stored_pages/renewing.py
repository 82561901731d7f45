"""Renewing pages that a change of something else has made old: what a save of that thing does not do."""

import time

from django.utils import timezone

from interaxion.content.publishing.site_state import SiteState
from interaxion.sitewide.stored_pages.stored_page import StoredPage, write_page

#: Pages that are looked at in one step.
BATCH = 50


def renew_pages(*, seconds: float) -> int:
    """Write anew the stored pages that are no longer current, those not looked at for the longest time first.

    It ends with the batch in which the time (seconds) is over. Return how many were not current.
    """
    began_at, ends_at, count = timezone.now(), time.monotonic() + seconds, 0
    while time.monotonic() < ends_at:
        SiteState.current()  # with its time zone
        pages = list(StoredPage.objects.filter(looked_at__lt=began_at).order_by("looked_at")[:BATCH])
        if not pages:
            break
        StoredPage.objects.filter(pk__in=[page.pk for page in pages]).update(looked_at=timezone.now())
        for page in pages:
            if page.is_current:
                continue
            count += 1
            thing = page.target
            if thing is None:
                page.delete()
            else:
                write_page(thing)
    return count
