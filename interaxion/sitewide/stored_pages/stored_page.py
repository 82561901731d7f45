"""The table of stored pages, and when they are written."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import ClassVar

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.http import HttpResponse
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from interaxion.content.owned_rows import Owner, owned_by, owned_by_any, owner_of
from interaxion.content.paths import LONGEST
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.derived_rows import Derived, Rewrite
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.publishing.window import Status
from interaxion.sitewide.stored_pages.making import ETAG, Addressed, make_page, page_key
from interaxion.sitewide.stored_pages.trace import holds
from interaxion.text.characters import FORBIDDEN

#: Pages that are written in one task of the worker, in three seconds: other tasks wait for it.
STEP = 200
#: The newest request to write the page of an owner: of the steps of one change, such as a save that publishes, only the
#: last one writes it.
_newest: dict[Owner, object] = {}


class StoredPage(Derived):
    #: As a request has it: decoded, with the language at its beginning. Two things that exchange their addresses have
    #: the same for a moment.
    address = models.CharField(max_length=LONGEST + 10, db_index=True)
    #: See `page_key()`: a page with another key counts as missing.
    key = models.CharField(max_length=80)
    #: That of the site when it was written, or found to be right: nothing has changed as long as it is the same.
    etag = models.CharField(max_length=80, default="")
    #: The trace: the queries that it was made from.
    calls = models.JSONField()
    headers = models.JSONField()
    #: Compressed by gzip.
    body = models.BinaryField()
    #: When it was written, or looked at by `renew_pages()`.
    looked_at = models.DateTimeField(default=timezone.now, db_index=True)

    rewrite_order: ClassVar[int] = 4

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="sitewide_stored_page_once")]

    def __str__(self) -> str:
        return self.address

    @classmethod
    def rewrite_all(cls, rewrites: Sequence[Rewrite]) -> None:
        _write_after_commit([rewrite.thing for rewrite in rewrites], is_alone=all(each.is_alone for each in rewrites))

    @classmethod
    def follow_windows(cls, things: Sequence[Publishable]) -> None:
        if hidden := [owner_of(thing) for thing in things if not _may_be_live(thing)]:
            cls.objects.filter(owned_by_any(hidden)).delete()
        _write_after_commit(things)

    @classmethod
    def follow_named(cls, named: models.Model, *, is_gone: bool = False) -> None:
        if owner := named.part_of:
            _write_after_commit([owner])
        elif is_gone:
            cls.objects.filter(**owned_by(named)).delete()

    def is_current(self, etag: str) -> bool:
        """Whether it is what would be written now, at this ETag of the site or a later one."""
        return self.key == page_key() and (self.etag == etag or holds(self.calls))

    def answer(self, etag: str) -> HttpResponse:
        headers = self.headers | {ETAG: etag, "Content-Encoding": "gzip"}
        response = HttpResponse(self.body, headers=headers)
        response.is_public = True
        return response


def find_page(address: str, etag: str) -> StoredPage | None:
    """Return the stored page of this address, as a request has it, if it is the one that would be made now.

    `etag`: that of the site, read before.
    """
    if FORBIDDEN.search(address):  # PostgreSQL would refuse the query itself
        return None
    return next((page for page in _find(address) if page.is_current(etag)), None)


@Prepared
def _find(address: str) -> models.QuerySet[StoredPage]:
    return StoredPage.objects.filter(address=address)


def write_page(thing: Addressed) -> bool:
    """Write the page of `thing` as it is now in the place of the one before. Return whether there is one to store."""
    columns = make_page(thing)
    if columns is None:
        StoredPage.objects.filter(**owned_by(thing)).delete()
        return False
    page = StoredPage(**owned_by(thing), **columns, looked_at=timezone.now())
    StoredPage.objects.bulk_create(
        [page],
        update_conflicts=True,
        unique_fields=["content_type", "object_id"],
        update_fields=[*columns, "looked_at"],
    )
    return True


@task()
def write_missing_pages() -> None:
    """Write pages that visitors get and that are not stored, at most `STEP`; the next ones after other tasks."""
    lacking = list(islice(_without_page(), STEP))
    written = sum(write_page(thing) for thing in lacking)
    if written and len(lacking) == STEP:
        queue_missing_pages()


def queue_missing_pages() -> None:
    """Let the worker write them, once for all that was changed until it does."""
    waiting = DBTaskResult.objects.ready().filter(task_path=write_missing_pages.module_path)
    if not waiting.exists():
        write_missing_pages.enqueue()


def _without_page() -> Iterator[Addressed]:
    SiteState.current()  # with its time zone
    for kind in (model for model in apps.get_models() if issubclass(model, Addressed)):
        stored = StoredPage.objects.filter(content_type=ContentType.objects.get_for_model(kind), key=page_key())
        live = kind._default_manager.live().exclude(pk__in=stored.values("object_id")).order_by("-pk")
        for pk in list(live.values_list("pk", flat=True)):
            if thing := kind._default_manager.filter(pk=pk).first():
                yield thing


def _write_after_commit(things: Sequence[Publishable], *, is_alone: bool = True) -> None:
    """Write the page of one thing that somebody saves, once all is saved. Those of many are left to the worker."""
    live = [thing for thing in things if _may_be_live(thing)]
    if live and is_alone and len(things) == 1:
        _write_once_after_commit(live[0])
    elif live:
        transaction.on_commit(queue_missing_pages, robust=True)


def _write_once_after_commit(thing: Publishable) -> None:
    owner, request = owner_of(thing), object()
    _newest[owner] = request

    def write() -> None:
        if _newest.get(owner) is request:
            del _newest[owner]
            write_page(thing)

    transaction.on_commit(write, robust=True)


def _may_be_live(thing: Publishable) -> bool:
    return thing.status == Status.PUBLISHED and not thing.deleted_at
