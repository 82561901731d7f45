"""The pages of a site, as they are kept, as they are made anew, and as they are after everything was derived anew."""

import difflib
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import StringIO
from random import Random
from typing import Any, NamedTuple

from django.core.cache import caches
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from episodes.models import Episode
from interaxion.content.linking.works import Work
from interaxion.content.paths import Path
from interaxion.content.publishing.site_state import SiteState
from interaxion.sitewide import feeds
from interaxion.sitewide.content_view import PARTS
from interaxion.sitewide.stored_pages.stored_page import StoredPage, write_missing_pages, write_page
from tests.oracle.edits import edit

#: Pages that show something of nearly everything; they are looked at after each edit.
MOST_TELLING = ("/", "/feed.xml", "/atom.xml")
FIXED = (
    *MOST_TELLING, "/en/", "/episodes/", "/en/episodes/", "/episodes/?tag=sf", "/speakers/", "/tags/", "/en/tags/",
    "/courses/", "/how-to-listen/", "/search?q=波", "/en/search?q=本", "/search?q=tag:波", "/sitemap.xml",
)  # fmt: skip
SITEMAP_FILES = ("lists", "episodes", "posts", "pages", "courses", "chapters", "speakers", "tags", "works")
#: Our packages whose functions may keep what they have read; `text` and `web` know no content.
KNOW_CONTENT = ("interaxion.content", "interaxion.serving", "interaxion.sitewide", "episodes", "posts", "courses")
#: Kept for the life of a process, since it depends on the files of the release alone.
OF_THE_RELEASE = "interaxion.serving.release"


class Answer(NamedTuple):
    status: int
    location: str
    content_type: str
    body: str


class Differs(AssertionError):
    """A page that visitors get is not the page that the sources give."""


def addresses() -> list[str]:
    """Return what the site answers: each present and old address, what is below them, some in English as well."""
    rows = list(Path.objects.order_by("pk").select_related("content_type"))
    below = dict.fromkeys(feeds.FEEDS, ("feed.xml",)) | {Episode: PARTS}
    parts = [
        f"{row.address.rstrip('/')}/{part}" for row in rows for part in below.get(row.content_type.model_class(), ())
    ]
    paths = [row.address for row in rows] + [work.path for work in Work.objects.order_by("pk")]
    files = [f"/sitemap-{name}-1.xml" for name in SITEMAP_FILES]
    return [*FIXED, *files, *paths, *parts, *(f"/en{path}" for path in paths[::4])]


def ask(client: Client, asked: Iterable[str]) -> dict[str, Answer]:
    return {address: _ask(client, address) for address in asked}


def _ask(client: Client, address: str) -> Answer:
    response = client.get(address)
    location, content_type = response.headers.get("Location", ""), response.headers.get("Content-Type", "")
    return Answer(response.status_code, location, content_type, response.content.decode())


def forget_everything() -> None:
    """Empty every cache that could hold anything of the content."""
    for cache in caches.all():
        cache.clear()
    for name, module in list(sys.modules.items()):
        if name.startswith(KNOW_CONTENT) and name != OF_THE_RELEASE:
            for value in list(vars(module).values()):
                if hasattr(value, "cache_clear") and value.__module__ != OF_THE_RELEASE:
                    value.cache_clear()


@contextmanager
def nothing_stored() -> Iterator[None]:
    """Make every page anew, from no cache and no stored page, for the time of the block."""
    with transaction.atomic():
        StoredPage.objects.all().delete()
        forget_everything()
        yield
        transaction.set_rollback(True)
    forget_everything()


@contextmanager
def derived_anew() -> Iterator[None]:
    """Derive everything from the sources for the time of the block, with the present date of the last change."""
    state = SiteState.objects.filter(pk=1)
    (now,) = state.values("version", "changed_at", "boundaries")
    with transaction.atomic():
        call_command("rebuild", stdout=StringIO())
        state.update(**now)
        with nothing_stored():
            yield
        transaction.set_rollback(True)


def compare(shown: dict[str, Answer], anew: dict[str, Answer], *, what: str) -> None:
    """Raise Differs with the differences, of the first few pages in full."""
    different = [address for address in shown if shown[address] != anew[address]]
    if different:
        raise Differs("\n".join([f"{what}: {different}", *(_difference(shown[at], anew[at]) for at in different[:3])]))


def _difference(shown: Answer, anew: Answer) -> str:
    before, after = ([*map(str, answer[:3]), *answer.body.splitlines()] for answer in (shown, anew))
    return "\n".join(difflib.unified_diff(before, after, "shown", "made anew", n=1, lineterm=""))


def look_after_edits(
    dice: Random, clock: Any, *, edits: int, every: int = 10, most: int = 1000, watched: int = 5
) -> Iterator[str]:
    """Make `edits` edits and yield what each was. Raises Differs.

    After each, compare a few pages (twice `watched`) as they are kept, and as stored, with the same made anew;
    after `every` edits at most `most` pages with what the site shows after `rebuild`.
    """
    client = Client()
    looked_at: list[str] = list(MOST_TELLING)
    done: list[str] = []
    try:
        for number in range(1, edits + 1):
            done.append(edit(dice, clock))
            yield done[-1]
            kept = ask(client, looked_at)
            forget_everything()
            stored = ask(client, looked_at)
            with nothing_stored():
                anew = ask(client, looked_at)
            compare(kept, anew, what="kept pages are stale")
            compare(stored, anew, what="stored pages are stale")
            for page in StoredPage.objects.filter(address__in=looked_at):
                write_page(page.target)  # so that the next edit may leave it as it is
            if number % every == 0:
                asked = addresses()
                asked = dice.sample(asked, min(most, len(asked)))
                shown = ask(client, asked)
                with derived_anew():
                    compare(shown, ask(client, asked), what="derived rows are stale")
                write_missing_pages.call()
                stored_now = list(StoredPage.objects.order_by("address").values_list("address", flat=True))
                looked_at = [*MOST_TELLING, *dice.sample(asked, watched), *dice.sample(stored_now, watched)]
                ask(client, looked_at)
    except Exception as problem:
        problem.add_note("\n".join(["after these edits:", *done]))
        raise
