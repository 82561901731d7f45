"""Publishable: what every kind of content has beside its publish window, and what it tells the floor of itself."""

import secrets
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import ClassVar, Self

from django.apps import apps
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.checks.registry import run_checks, run_consequences
from interaxion.content.paths import LONGEST, url_of
from interaxion.content.publishing.log import LogEntry, LogEntryQuerySet
from interaxion.content.publishing.window import SEEN, PublishWindow, PublishWindowQuerySet, Status
from interaxion.content.validators import validate_text, validate_title
from interaxion.text.markdown import Dialect, Rendered
from interaxion.text.problems import Problem


def make_preview_key() -> str:
    return secrets.token_urlsafe(16)


#: Fields that a page shows of the things before and after it.
BESIDE = ("title", "path", "language", "publish_at")


class PublishableQuerySet(PublishWindowQuerySet):
    def for_lists(self) -> Self:
        """Without the long columns that only a page of its own shows."""
        return self.defer("html", "text", "outline")

    def dated(self) -> Self:
        """Those that have a date to show."""
        return self

    def tagged(self, tag: models.Model) -> Self:
        return self.filter(tags=tag)

    def with_speaker(self, speaker: models.Model) -> Self:
        """Those in which they speak, or which they wrote."""
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
    language = models.CharField(
        _("language"), max_length=10, default="ja", choices=[("ja", _("Japanese")), ("en", _("English"))]
    )
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    preview_key = models.CharField(max_length=32, default=make_preview_key, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    stored_at = models.DateTimeField(_("last saved"), default=timezone.now, editable=False)

    # Derived by store() and rebuild, never typed.
    html = models.TextField(blank=True, editable=False)
    summary_html = models.TextField(blank=True, editable=False)
    summary_text = models.TextField(blank=True, editable=False)
    text = models.TextField(blank=True, editable=False)
    #: The headings of the page that nothing folds away: level, html, text, anchor, starts_at (seconds), line.
    outline = models.JSONField(default=list, blank=True, editable=False)
    render_version = models.PositiveIntegerField(default=0, editable=False)

    objects = PublishableQuerySet.as_manager()

    addresses = GenericRelation("content.Path")
    revisions = GenericRelation("content.Revision")
    links = GenericRelation("content.Link")
    search_rows = GenericRelation("content.SearchRow")
    problem_counts = GenericRelation("content.ProblemCount")

    #: Which dialect of Markdown `source_text()` is written in: notes, post or chapter.
    markdown_kind: ClassVar[Dialect] = "post"
    #: Fields that a revision remembers besides the tags and the rows in `snapshot_rows`.
    snapshot_fields: ClassVar[tuple[str, ...]] = ()
    #: Names of the relations whose rows are part of the thing, in the order to restore them.
    snapshot_rows: ClassVar[tuple[str, ...]] = ()
    #: The name of the relation to the speakers who speak in it or wrote it, "" for none.
    people: ClassVar[str] = ""
    #: Addresses of drafts end so; they change by themselves when the thing is published.
    draft_suffix: ClassVar[str] = "-draft"

    #: What it is known by once it is published: changed by editors only, who are asked first by `what_follows()`.
    identity_fields: ClassVar[tuple[str, ...]] = ("path", "publish_at", "unpublish_at")

    class Meta(PublishWindow.Meta):
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return url_of(self.path)

    def proposed_path(self) -> str:
        """The address where nobody typed one."""
        raise NotImplementedError

    def published_path(self) -> str:
        """The address once published: `/57-draft` becomes `/57`."""
        return self.path.removesuffix(self.draft_suffix) if self.path.endswith(self.draft_suffix) else self.path

    def settle_path(self) -> None:
        """Propose an address where nobody typed one. That of something published never says draft."""
        self.path = self.path or self.proposed_path()
        if self.status == Status.PUBLISHED:
            self.path = self.published_path()

    def changed_identity(self, stored: Self) -> list[str]:
        """The names of the identity fields that differ from how it is stored."""
        fields = [self._meta.get_field(name) for name in self.identity_fields]
        return [
            field.name
            for field in fields
            if field.to_python(getattr(self, field.name)) != field.to_python(getattr(stored, field.name))
        ]

    def what_follows(self, stored: Self) -> list[str]:
        """Return sentences on what saving it changes for people and apps that know it as it is `stored`."""
        sentences = run_consequences(self, stored)
        if stored.is_live() and self.path != stored.path:
            text = gettext("The page moves from %(old)s to %(new)s, also in the feeds; %(old)s redirects there.")
            sentences.insert(0, text % {"old": stored.path, "new": self.path})
        return sentences

    def source_text(self) -> str:
        """The whole Markdown of the thing, as one document."""
        raise NotImplementedError

    def address_of(self, href: str) -> str | None:
        """Where a link leads that names a file by where it once lay beside this one; None for any other link."""
        return None

    def windows(self) -> list[PublishWindow]:
        """What must all be live for visitors to see it."""
        return [self]

    def dependants(self) -> "Iterable[Publishable]":
        """What is seen with it only."""
        return ()

    def feeds(self) -> list[str]:
        """The addresses of the feeds that it stands in while it is live, besides those of what it belongs to."""
        return [reverse("atom_feed")]

    def problems(self, rendered: Rendered | None = None) -> list[Problem]:
        """Return what the checks of its kind find. Errors block publishing, warnings ask.

        `rendered` is its text as `fill_in()` rendered it, if that is at hand.
        """
        return run_checks(self, rendered)

    def was_live(self) -> bool:
        """Whether visitors see it, or have seen it at any time."""
        if self.state() in SEEN:
            return True
        if self.pk is None:
            return False
        return self.log.seen().exists() or self.revisions.filter(was_live=True).exists()

    @property
    def is_dated(self) -> bool:
        """Whether its date is told. What is no news has one for the publish rule alone."""
        return True

    @property
    def dated_at(self) -> datetime | None:
        """The date that visitors are told."""
        return self.publish_at if self.is_dated else None

    @property
    def log(self) -> LogEntryQuerySet:
        """What happened to it. No relation, so that the log outlives what it tells of."""
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
    """Every model that is content."""
    return (model for model in apps.get_models() if issubclass(model, Publishable))
