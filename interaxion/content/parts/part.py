"""The table of parts, and how it is kept in step with the things that they are of."""

from collections.abc import Collection, Sequence
from typing import Any, ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from interaxion.content.owned_rows import owned_by, owned_by_any, owner_of
from interaxion.content.parts.registry import kinds_of_parts, parts_key
from interaxion.content.publishing.derived_rows import Derived, Rewrite
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.publishing.window import Status

#: Things whose parts one request has time to write; the worker writes those of any others.
AT_ONCE = 20
#: Things whose parts are written in one transaction of the worker: a save waits for it.
BATCH = 20


class Part(Derived):
    name = models.CharField(max_length=20)
    #: That of the interface, "" for a part that is the same in all.
    language = models.CharField(max_length=10, blank=True)
    #: See `parts_key()`: a part with another key counts as missing.
    key = models.CharField(max_length=12)
    text = models.TextField(blank=True)

    rewrite_order: ClassVar[int] = 3

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "name", "language"], name="content_part_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.language}".strip()

    @classmethod
    def rewrite_all(cls, rewrites: Sequence[Rewrite]) -> None:
        write_parts([rewrite.thing for rewrite in rewrites], new=[each.thing for each in rewrites if each.is_new])

    @classmethod
    def follow_windows(cls, things: Sequence[Publishable]) -> None:
        write_parts(things[:AT_ONCE])
        forget_parts(things[AT_ONCE:])

    @classmethod
    def follow_dates(cls, rows: QuerySet[Any], *, is_dated: bool) -> None:
        _forget(Q(pk__in=rows.values("pk")))

    @classmethod
    def follow_named(cls, named: models.Model, *, is_gone: bool = False) -> None:
        """Delete the parts of all things that name a speaker or category. No part shows a tag.

        What belongs to one thing, such as its transcript, is a part of that alone, which is written anew at once.
        """
        if owner := named.part_of:
            write_parts([owner])
            return
        naming = Q(pk__in=[])
        for kind in kinds():
            for field in (*kind._meta.fields, *kind._meta.many_to_many):
                if field.related_model is type(named) and field.name != "tags":
                    things = kind._default_manager.filter(**{field.name: named.pk}).order_by()
                    naming |= Q(content_type=ContentType.objects.get_for_model(kind), object_id__in=things.values("pk"))
        _forget(naming)

    @classmethod
    def follow_new(cls, named: Sequence[models.Model]) -> None:
        if owners := [each.part_of for each in named if each.part_of]:
            write_parts(owners)


def write_parts(things: Sequence[Publishable], *, new: Collection[Publishable] = ()) -> None:
    """Write all parts of these things anew; those of a thing that nobody can see, now or by the clock, are deleted.

    The `new` ones among them have no parts yet.
    """
    shown = [thing for thing in things if thing.status == Status.PUBLISHED and not thing.deleted_at]
    _read_people(shown)
    key, rows = parts_key(), []
    lacking = [thing for thing in things if thing not in shown and thing not in new]
    for thing in shown:
        made = [
            Part(**owned_by(thing), name=each.name.name, language=language, key=key, text=text)
            for each in kinds_of_parts(type(thing))
            for language in each.name.languages
            if (text := each.try_to_make(thing, language)) is not None
        ]
        if len(made) < sum(len(each.name.languages) for each in kinds_of_parts(type(thing))):
            lacking.append(thing)  # what could not be made may be stored as it was before
        rows += made
    if lacking:
        Part.objects.filter(owned_by_any([owner_of(thing) for thing in lacking])).delete()
    Part.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["content_type", "object_id", "name", "language"],
        update_fields=["key", "text"],
    )


def forget_parts(things: Collection[Publishable]) -> None:
    """Delete the parts of these things, which changed; the worker will write them anew."""
    if things:
        _forget(owned_by_any([owner_of(thing) for thing in things]))


def _forget(condition: Q) -> None:
    deleted, _by_model = Part.objects.filter(condition).delete()
    if deleted:
        transaction.on_commit(queue_missing_parts, robust=True)


@task()
def write_missing_parts() -> None:
    """Write what is missing, after a release or a change of a name; idempotent. `tick` calls it, too."""
    for kind in kinds():
        pks = list(_things_without_parts(kind).values_list("pk", flat=True))
        for start in range(0, len(pks), BATCH):
            with transaction.atomic():
                SiteState.lock()
                write_parts(_things_without_parts(kind).filter(pk__in=pks[start : start + BATCH]))


def queue_missing_parts() -> None:
    """Let the worker write them, once for all that was changed until it does."""
    waiting = DBTaskResult.objects.ready().filter(task_path=write_missing_parts.module_path)
    if not waiting.exists():
        write_missing_parts.enqueue()


def lacks_parts() -> bool:
    return any(_things_without_parts(kind).exists() for kind in kinds())


def _things_without_parts(kind: type[Publishable]) -> QuerySet[Any]:
    """Return the things that are published, now or by the clock, the newest first. All parts of one have one key."""
    having = Part.objects.filter(content_type=ContentType.objects.get_for_model(kind), key=parts_key())
    shown = kind._default_manager.filter(status=Status.PUBLISHED, deleted_at=None)
    return shown.exclude(pk__in=having.values("object_id")).order_by("-publish_at")


def _read_people(things: Sequence[Publishable]) -> None:
    """Read the people of all these things together, unless they are read already."""
    for kind in {type(thing) for thing in things if thing.people_rows}:
        rows: Any = kind._meta.get_field(kind.people_rows)
        people = Prefetch(kind.people_rows, rows.related_model.objects.select_related("speaker"))
        prefetch_related_objects([thing for thing in things if type(thing) is kind], people)
