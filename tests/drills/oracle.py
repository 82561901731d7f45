"""Hundreds of random edits, after each of which every kept page must be the page that would be made now."""

import logging
import os
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from random import Random

from tests.benchmarks._database import throwaway_database

#: Edits in a drill of two minutes; more or fewer in a longer or shorter one.
EDITS, SECONDS = 500, 120


def run(seconds: float) -> Iterator[str]:
    """Take ORACLE_SEED, or another seed each time. The edits, not the seconds, decide when it ends."""
    seed = int(os.environ.get("ORACLE_SEED") or secrets.randbelow(10**6))
    yield f"ORACLE_SEED={seed} repeats this"
    with throwaway_database():
        logging.disable(logging.WARNING)  # the many addresses that are 404
        from django.conf import settings  # noqa: PLC0415  set up inside the block only, as models are
        from django.test import override_settings  # noqa: PLC0415
        from django.utils import timezone  # noqa: PLC0415
        from freezegun import freeze_time  # noqa: PLC0415

        from tests.oracle.pages import look_after_edits  # noqa: PLC0415
        from tests.oracle.site import make_site  # noqa: PLC0415

        dice, began = Random(seed), time.process_time()  # noqa: S311  a seed repeats it
        edits = max(1, round(seconds * EDITS / SECONDS))
        from_their_sources = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        storages = settings.STORAGES | {"staticfiles": from_their_sources}
        with override_settings(STORAGES=storages), freeze_time(timezone.now()) as clock:
            make_site(dice)
            kinds = Counter(done.partition(":")[0] for done in look_after_edits(dice, clock, edits=edits))
        yield f"{kinds.total()} edits of {len(kinds)} kinds, no page is stale ({time.process_time() - began:.0f} s)"
