"""Rows derived from content that pages show without asking for the content: links, search rows, parts of lists.

Links and search rows carry the publish window, title and address of what they come from, so one query of one table is
enough.
Models of derived rows are found by inheritance, so that publishing and saving import none of them:
the save of a thing rewrites them at the end of its transaction (`settling.py`), and the save of a speaker, tag or work
calls `follow_named()`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, F, Value, When

from interaxion.content.owned_rows import OwnedQuerySet, OwnedRow, Owner, owned_by_any, owner_of
from interaxion.content.paths import LONGEST, url_of
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import WINDOW_FIELDS, PublishWindow, PublishWindowQuerySet, Status
from interaxion.text.markdown import Outline


@dataclass
class Rewrite:
    """One rewrite of the derived rows of `thing`, with what earlier models of `rewrite_order` found for later ones."""

    thing: Publishable
    outline: Outline
    #: Whether the thing is new: then it has no rows yet.
    is_new: bool = False
    #: Whether rows that seem to be right are written, too.
    is_anew: bool = False
    #: Whether it is saved by itself; if not, many may be, as in an import.
    is_alone: bool = False
    #: By the id of a work that has a number: its names in the text, then its numbers. Found by the links.
    numbered_works: dict[int, list[str]] = field(default_factory=dict)
    #: The ids of the works without a number (pages of the web) that the thing linked before, and links now.
    pages_before: set[int] = field(default_factory=set)
    pages_now: set[int] = field(default_factory=set)
    #: The ids of the works that a link was added to, or removed from.
    changed_works: set[int] = field(default_factory=set)

    @property
    def unchanged_pages(self) -> set[int]:
        """The ids of the pages of the web that the thing links as before."""
        return set() if self.is_anew else (self.pages_before & self.pages_now) - self.changed_works


class Derived(OwnedRow):
    """A row that follows from its thing, and can be made again at any time."""

    #: Models with a lower number are rewritten first: links before search rows, which need what the links found.
    rewrite_order: ClassVar[int] = 0

    class Meta:
        abstract = True

    @classmethod
    def rewrite(cls, rewrite: Rewrite) -> None:
        """Replace the rows of `rewrite.thing` by those that its text gives now."""

    @classmethod
    def rewrite_all(cls, rewrites: Sequence[Rewrite]) -> None:
        """Do the same for several things. A model that can writes the rows of all of them together."""
        for rewrite in rewrites:
            cls.rewrite(rewrite)

    @classmethod
    def follow_windows(cls, things: Sequence[Publishable]) -> None:
        """Bring the rows in step with the windows, addresses and titles of these things, in a few queries for all."""

    @classmethod
    def follow_dates(cls, rows: models.QuerySet, *, is_dated: bool) -> None:
        """Bring these rows in step with whether visitors see the dates of their things."""

    @classmethod
    def follow_named(cls, named: models.Model, *, is_gone: bool = False) -> None:
        """Bring the rows in step with a speaker, tag, category or work that was saved, or is about to be deleted."""

    @classmethod
    def follow_new(cls, named: Sequence[models.Model]) -> None:
        """Write the rows of new speakers, tags, categories or works: no other row carries their names."""


class DerivedRowQuerySet(PublishWindowQuerySet, OwnedQuerySet):
    pass


class DerivedRow(PublishWindow, Derived):
    # Without an index: SQLite would use it rather than that of the owner or the work.
    publish_at = models.DateTimeField(null=True, blank=True)
    #: The title as in lists: that of an episode begins with its number.
    title = models.CharField(max_length=400)
    #: The date to show and to sort by; null for undated content, whose `publish_at` serves the publish rule alone.
    dated_at = models.DateTimeField(null=True)
    path = models.CharField(max_length=LONGEST)
    language = models.CharField(max_length=10)

    objects = DerivedRowQuerySet.as_manager()

    class Meta(PublishWindow.Meta):
        abstract = True

    def get_absolute_url(self) -> str:
        return url_of(self.path)

    @classmethod
    def follow_dates(cls, rows: models.QuerySet, *, is_dated: bool) -> None:
        rows.update(dated_at=F("publish_at") if is_dated else None)

    @classmethod
    def follow_windows(cls, things: Sequence[Publishable]) -> None:
        facts = {owner_of(thing): facts_of(thing) for thing in things}
        values = {name: _by_owner({owner: fact[name] for owner, fact in facts.items()}) for name in SHARED_FACTS}
        cls.objects.filter(owned_by_any(facts)).update(**values)


def derived_models() -> list[type[Derived]]:
    """Return every model of derived rows, in the order in which they are rewritten."""
    found = [model for model in apps.get_models() if issubclass(model, Derived)]
    return sorted(found, key=lambda model: model.rewrite_order)


def follow_named(named: models.Model, *, is_gone: bool = False) -> None:
    for model in derived_models():
        model.follow_named(named, is_gone=is_gone)


def follow_new(named: Sequence[models.Model]) -> None:
    for model in derived_models():
        model.follow_new(named)


#: The columns that derived rows share, which `facts_of()` gives.
SHARED_FACTS = (*WINDOW_FIELDS, "title", "path", "language", "dated_at")


def facts_of(thing: Publishable) -> dict[str, Any]:
    """Return the columns that derived rows of `thing` share. Their window is open while all `thing.windows()` are."""
    windows = thing.windows()
    ends = [window.unpublish_at for window in windows if window.unpublish_at]
    facts = {
        "title": str(thing)[:400],
        "path": thing.path,
        "language": thing.language,
        "status": Status.DRAFT,
        "publish_at": None,
        "dated_at": None,
        "unpublish_at": None,
        "deleted_at": next((window.deleted_at for window in windows if window.deleted_at), None),
    }
    if all(window.status == Status.PUBLISHED for window in windows):
        begins, end = max(window.publish_at for window in windows), min(ends, default=None)
        if end is None or end > begins:  # otherwise they are never open at the same time
            facts |= {"status": Status.PUBLISHED, "publish_at": begins, "unpublish_at": end}
            facts["dated_at"] = begins if thing.is_dated else None
    return facts


def follow_dates(things: models.QuerySet, *, is_dated: bool) -> None:
    """Update whether visitors see the dates of these things of one kind. One query for each model of derived rows."""
    content_type = ContentType.objects.get_for_model(things.model)
    for model in derived_models():
        rows = model.objects.filter(content_type=content_type, object_id__in=things.order_by().values("pk"))
        model.follow_dates(rows, is_dated=is_dated)


def _by_owner(values: dict[Owner, Any]) -> Any:
    """Return one value if it is the same for all owners, else an expression that chooses by the owner of the row."""
    if len(set(values.values())) == 1:
        return next(iter(values.values()))
    return Case(*(When(content_type=kind, object_id=pk, then=Value(value)) for (kind, pk), value in values.items()))
