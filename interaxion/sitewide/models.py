"""Plain pages: how to listen, about. And rows of the site itself: the mark of the demo, what the hub was told."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interaxion.content import paths
from interaxion.content.fields import MarkdownField
from interaxion.content.one_row import OneRow
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.publishable import Publishable
from interaxion.sitewide.stored_pages.stored_page import StoredPage
from interaxion.text.markdown import Dialect

__all__ = ["DemoMark", "Page", "PublishedFiles", "StoredPage", "ToldHub"]


class Page(Publishable):
    body = MarkdownField(_("text"), blank=True)
    in_navigation = models.BooleanField(_("in the navigation"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    markdown_kind: ClassVar[Dialect] = "post"
    snapshot_fields = (
        "title", "path", "language", "summary", "body", "in_navigation", "position", "publish_at", "unpublish_at",
    )  # fmt: skip

    class Meta(Publishable.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    @classmethod
    def introducing(cls, *addresses: str) -> "Page | None":
        """Return the live page that introduces the view at the first of the addresses that has one.

        It may be spelled with a slash at the end or without.
        """
        paths = [path for address in addresses for path in (address, address.rstrip("/") or "/")]
        return min(_live_at(paths, timezone.now()), key=lambda page: paths.index(page.path), default=None)

    def proposed_path(self) -> str:
        return paths.first_free(f"/{paths.slug_of(self.title, 'page')}/", self)

    def source_text(self) -> str:
        return self.body


@Prepared
def _live_at(paths: list[str], at: datetime) -> models.QuerySet[Page]:
    return Page.objects.live(at).filter(path__in=paths)


class DemoMark(OneRow):
    """A hash of all rows as the demo was loaded: while it holds, nobody has touched the demo."""

    digest = models.CharField(max_length=64)

    class Meta(OneRow.Meta):
        pass

    def __str__(self) -> str:
        return self.digest


class ToldHub(OneRow):
    """The state of the feeds as the WebSub hub was told last."""

    #: The state of the site that was compared last; see `SiteState.etag()`.
    seen = models.CharField(max_length=64, blank=True)
    #: A digest of the newest items, by the address of the feed.
    digests = models.JSONField(default=dict)

    class Meta(OneRow.Meta):
        default_permissions = ()

    def __str__(self) -> str:
        return self.seen


class PublishedFiles(OneRow):
    """When the site was frozen last, and, where PUBLISH_COMMAND sends the files, which state of the site they show."""

    seen = models.CharField(max_length=64, blank=True)
    frozen_at = models.DateTimeField(null=True)

    class Meta(OneRow.Meta):
        default_permissions = ()

    def __str__(self) -> str:
        return self.seen
