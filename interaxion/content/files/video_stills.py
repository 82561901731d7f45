"""Stills of videos: their pictures on other sites, fetched soon after a save and shown in the cards of players."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from interaxion.content.importing.remote_pictures import (
    PROBLEMS,
    WITH_STILL,
    derive_again,
    fetch_picture,
    lacking_stills,
)
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.web.ssrf_guard import IPNetwork

#: How long after a save a still is asked for that cannot be had; then the card stays without.
TRIED_FOR = timedelta(days=1)


def fetch_stills(*, allowed_networks: Sequence[IPNetwork] = ()) -> None:
    """Fetch what the texts saved last lack. `allowed_networks` pass the guard besides the public ones."""
    since = timezone.now() - TRIED_FOR
    for kind in kinds():
        for thing in kind.objects.filter(stored_at__gte=since, deleted_at=None, html__contains=WITH_STILL):
            fetched = False
            for url in lacking_stills(thing.html):
                with suppress(*PROBLEMS):
                    fetch_picture(url, allowed_networks=allowed_networks)
                    fetched = True
            if fetched:
                derive_again(thing)


@task()
def fetch_waiting_stills() -> None:
    """The same for a worker; `tick` calls it, too."""
    fetch_stills()


def queue_stills(thing: Publishable) -> None:
    if lacking_stills(thing.html):
        transaction.on_commit(fetch_waiting_stills.enqueue, robust=True)
