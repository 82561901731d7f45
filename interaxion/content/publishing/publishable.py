"""Publishable: the base of every kind of content, with the methods by which it describes itself to the engine."""

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, ClassVar, Self

from django.apps import apps
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.checks.registry import run_checks, run_consequences
from interaxion.content.languages import language_choices
from interaxion.content.paths import LONGEST, url_of
from interaxion.content.publishing.log import LogEntry, LogEntryQuerySet
from interaxion.content.publishing.window import SEEN, PublishWindow, PublishWindowQuerySet, Status
from interaxion.content.validators import validate_text, validate_title
from interaxion.text.markdown import Dialect, Rendered
from interaxion.text.problems import Problem


def make_preview_key() -> str:
    return secrets.token_urlsafe(16)


#: The fields of the previous and the next thing that a page shows.
BESIDE = ("title", "path", "language", "publish_at")


class PublishableQuerySet(PublishWindowQuerySet):
    def for_lists(self) -> Self:
        """Leave out the long columns, which only the page of the thing itself shows."""
        return self.defer("html", "text", "outline")

    def dated(self) -> Self:
        """The things that have a date to show."""
        return self

    def tagged(self, tag: models.Model | int) -> Self:
        return self.filter(tags=tag)

    def with_speaker(self, speaker: models.Model | int) -> Self:
        """The things in which `speaker` speaks, or which they wrote."""
        return self.filter(**{self.model.people: speaker})


class Publishable(PublishWindow):
    path = models.CharField(
        _("path"),
        max_length=LONGEST,
        blank=True,
        validators=[validate_title],
        help_text=_("The address, such as /57. Empty: proposed."),
    )
    title = models.CharField(_("title"), max_length=300, validators=[validate_title])
    summary = models.TextField(
        _("summary"), blank=True, validators=[validate_text], help_text=_("One short paragraph of Markdown.")
    )
    language = models.CharField(_("language"), max_length=10, default="ja", choices=language_choices)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    preview_key = models.CharField(max_length=32, default=make_preview_key, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    stored_at = models.DateTimeField(_("last saved"), default=timezone.now, editable=False)
    #: When an edit last changed what readers read; None if none has.
    text_changed_at = models.DateTimeField(null=True, editable=False)

    # Derived by store() and rebuild, never typed.
    html = models.TextField(blank=True, editable=False)
    summary_html = models.TextField(blank=True, editable=False)
    summary_text = models.TextField(blank=True, editable=False)
    text = models.TextField(blank=True, editable=False)
    #: The headings outside of <details>: level, html, text, anchor, starts_at (seconds), line.
    outline = models.JSONField(default=list, blank=True, editable=False)
    render_version = models.PositiveIntegerField(default=0, editable=False)

    objects = PublishableQuerySet.as_manager()

    addresses = GenericRelation("content.Path")
    revisions = GenericRelation("content.Revision")
    links = GenericRelation("content.Link")
    search_rows = GenericRelation("content.SearchRow")
    parts = GenericRelation("content.Part")
    remarks = GenericRelation("content.Remark")
    problem_counts = GenericRelation("content.ProblemCount")

    #: Further fields that `arrange()` fills.
    derived_fields: ClassVar[tuple[str, ...]] = ()
    #: The dialect of Markdown of `source_text()`.
    markdown_kind: ClassVar[Dialect] = "post"
    #: The fields of a snapshot, which holds the tags and the rows of `snapshot_rows` as well.
    snapshot_fields: ClassVar[tuple[str, ...]] = ()
    #: Names of the relations whose rows are part of the thing, in the order to restore them.
    snapshot_rows: ClassVar[tuple[str, ...]] = ()
    #: Names of the relations whose rows belong to the thing, but not to its snapshot.
    unlisted_rows: ClassVar[tuple[str, ...]] = ()
    #: Fields that only an administrator gives back, when a change to many things is taken back.
    administered_fields: ClassVar[tuple[str, ...]] = ()
    #: The name of the relation to the speakers who speak in it or wrote it, "" for none; that of its rows with them.
    people: ClassVar[str] = ""
    people_rows: ClassVar[str] = ""
    #: Relations to one row whose content is derived together with the thing, such as its transcript: read in one query.
    read_with: ClassVar[tuple[str, ...]] = ()
    #: Relations to one row that every page of the thing shows: read with it.
    page_relations: ClassVar[tuple[str, ...]] = ()
    #: `dated_at` as an expression of a query.
    dated_at_in_queries: ClassVar[Any] = F("publish_at")
    #: The ending of the addresses of drafts; publishing removes it.
    draft_suffix: ClassVar[str] = "-draft"
    #: Fields that identify a published thing: only editors change them, after confirming `what_follows()`.
    identity_fields: ClassVar[tuple[str, ...]] = ("path", "publish_at", "unpublish_at")
    #: More fields that another thing does not share: a duplicate begins without them.
    single_fields: ClassVar[tuple[str, ...]] = ()

    #: Its text as `store()` rendered it last, and whether its problems are still to be counted after that; not stored.
    rendered: Rendered | None = None
    is_count_due = False

    class Meta(PublishWindow.Meta):
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return url_of(self.path)

    @property
    def changed_at(self) -> datetime | None:
        """When its text became what it is for visitors: a text edited before its publication is new on that date."""
        return max(filter(None, [self.text_changed_at, self.publish_at]), default=None)

    def proposed_path(self) -> str:
        """Return the address for a thing whose address field is empty."""
        raise NotImplementedError

    def published_path(self) -> str:
        """Return the address once published: `/57-draft` becomes `/57`."""
        return self.path.removesuffix(self.draft_suffix) if self.path.endswith(self.draft_suffix) else self.path

    def settle_path(self) -> None:
        """Propose an address if the field is empty. The address of something published never ends in `-draft`."""
        self.path = self.path or self.proposed_path()
        if self.status == Status.PUBLISHED:
            self.path = self.published_path()

    def changed_identity(self, stored: Self) -> list[str]:
        """Return the names of the identity fields that differ from `stored`."""
        fields = [self._meta.get_field(name) for name in self.identity_fields]
        return [
            field.name
            for field in fields
            if field.to_python(getattr(self, field.name)) != field.to_python(getattr(stored, field.name))
        ]

    def validate_change(self, stored: Self) -> None:
        """Raise ValidationError if the thing that is `stored` may not become this, whoever asks for it."""

    def what_follows(self, stored: Self) -> list[str]:
        """Return sentences on what saving it changes for people and apps that know it as it is `stored`."""
        sentences = run_consequences(self, stored)
        if stored.is_live() and self.path != stored.path:
            text = gettext("The page moves from %(old)s to %(new)s, also in the feeds; %(old)s redirects there.")
            sentences.insert(0, text % {"old": stored.path, "new": self.path})
        return sentences

    def source_text(self) -> str:
        """Return the whole Markdown of the thing as one document."""
        raise NotImplementedError

    def typed_text(self) -> str:
        """Return the same before it is saved, as far as its own fields hold it."""
        return self.source_text()

    def arrange(self, rendered: Rendered) -> Rendered:
        """Return its rendered text as its page shows it, and fill `derived_fields`. Called whenever it is derived."""
        return rendered

    def address_of(self, href: str) -> str | None:
        """Return the present address of what `href` names by its place in the imported folder; None for other links."""
        return None

    def has_what_was_said(self) -> bool:
        """Whether search finds sentences of a published transcript of it."""
        return False

    def windows(self) -> list[PublishWindow]:
        """Return the things that must all be live for visitors to see it."""
        return [self]

    def dependants(self) -> "Iterable[Publishable]":
        """Return the things that are visible only while it is: the chapters of a course."""
        return ()

    def feeds(self) -> list[str]:
        """Return the addresses of the feeds that hold it while it is live, without those of what it belongs to."""
        return [reverse("atom_feed")]

    def problems(self, rendered: Rendered | None = None) -> list[Problem]:
        """Return what the checks of its kind find. Errors block publishing, warnings ask.

        `rendered` is its text as `fill_in()` rendered it, if that is at hand.
        """
        return run_checks(self, rendered)

    def was_live(self) -> bool:
        """Whether visitors can see it now, or could at any time."""
        if self.state() in SEEN:
            return True
        if self.pk is None:
            return False
        return self.log.seen().exists() or self.revisions.filter(was_live=True).exists()

    @property
    def is_dated(self) -> bool:
        """Whether visitors see its date. Undated content has one for the publish rule alone."""
        return True

    @property
    def dated_at(self) -> datetime | None:
        """The date that visitors see."""
        return self.publish_at if self.is_dated else None

    @property
    def log(self) -> LogEntryQuerySet:
        """Its log entries. Not a relation, so that the log outlives the thing."""
        return LogEntry.objects.of(self)

    @property
    def state_label(self) -> str:
        return self.state().label

    @property
    def publish_permission(self) -> str:
        return f"{self._meta.app_label}.publish_{self._meta.model_name}"

    @property
    def change_permission(self) -> str:
        return f"{self._meta.app_label}.change_{self._meta.model_name}"


def kinds() -> Iterator[type[Publishable]]:
    """Yield every model of content."""
    return (model for model in apps.get_models() if issubclass(model, Publishable))
