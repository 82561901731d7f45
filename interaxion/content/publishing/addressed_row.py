"""Rows that visitors see besides content (podcast, speakers, tags, categories): a save makes cached pages stale."""

from typing import Any

from django.db import models, transaction

from interaxion.content import paths
from interaxion.content.publishing.derived_rows import follow_named
from interaxion.content.publishing.site_state import SiteState


class PublicRow(models.Model):
    #: Whether visitors see a row that is new.
    is_seen_when_new = True

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        is_seen = self.is_seen_when_new or not self._state.adding
        with transaction.atomic():
            SiteState.lock()
            super().save(*args, **kwargs)
            follow_named(self)
            if is_seen:
                SiteState.rise()

    @property
    def names(self) -> list[str]:
        """The names by which search finds its page; the first is the title. Without a name it is not found."""
        return []

    def about(self) -> str:
        """The other text of its page, as plain text."""
        return ""

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            SiteState.lock()
            follow_named(self, is_gone=True)
            deleted = super().delete(*args, **kwargs)
            SiteState.rise()
        return deleted


class AddressedRow(PublicRow):
    """A row with a page of its own: its address follows its slug, and the old address redirects."""

    is_seen_when_new = False  # something live must name it first, and whoever makes that so makes pages stale

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            super().save(*args, **kwargs)
            paths.claim(self, self.path, keep=True)

    def get_absolute_url(self) -> str:
        return paths.url_of(self.path)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            SiteState.lock()
            paths.release(self)
            return super().delete(*args, **kwargs)

    def free_slug(self, slug: str) -> str:
        """Return `slug`, or the first of `slug-2`, `slug-3` … that no other row has and whose address is free."""
        others = type(self).objects.exclude(pk=self.pk)
        taken = set(others.filter(slug__startswith=slug).values_list("slug", flat=True))
        row = type(self)(pk=self.pk)
        for row.slug in paths.numbered(slug):
            if row.slug not in taken and paths.is_free(row.path, row):
                break
        return row.slug

    @property
    def path(self) -> str:
        raise NotImplementedError
