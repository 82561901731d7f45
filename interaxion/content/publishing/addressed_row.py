"""Rows that visitors see besides content (podcast, speakers, tags, categories): a save makes cached pages stale.

Some have an address of their own, and some of these several names (tags, speakers).
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from interaxion.content import paths
from interaxion.content.publishing.derived_rows import follow_named, follow_new
from interaxion.content.publishing.recorder import keep, note_made
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.validators import validate_title

if TYPE_CHECKING:
    from interaxion.content.publishing.publishable import Publishable


class PublicRow(models.Model):
    #: The name of the field of the thing of which it is a part, "" if it is a part of none.
    part_of_field: ClassVar[str] = ""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        is_new = self._state.adding
        with transaction.atomic(), SiteState.changing():
            keep(self)
            if self.is_seen(is_new=is_new):
                SiteState.rise()
            super().save(*args, **kwargs)
            if is_new:
                follow_new([self])
            else:
                follow_named(self)

    def is_seen(self, *, is_new: bool) -> bool:
        """Whether visitors see what is about to be saved, or what it replaces."""
        return True

    @property
    def names(self) -> list[str]:
        """The names by which search finds its page; the first is the title. Without a name it is not found."""
        return []

    @property
    def part_of(self) -> "Publishable | None":
        """The thing of which it is a part, for a transcript: no other thing shows it."""
        return getattr(self, self.part_of_field) if self.part_of_field else None

    def said(self) -> Sequence[Sequence[Any]]:
        """The cues of a transcript that visitors get."""
        return ()

    def about(self) -> str:
        """The other text of its page, as plain text."""
        return ""

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            SiteState.lock()
            keep(self)
            follow_named(self, is_gone=True)
            deleted = super().delete(*args, **kwargs)
            SiteState.rise()
        return deleted


class AddressedRow(PublicRow):
    """A row with a page of its own: its address follows its slug, and the old address redirects."""

    slug: Any

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        is_new = self._state.adding
        self.fill_in()
        self.slug = self.slug or self.free_slug(self.proposed_slug())
        with transaction.atomic():
            super().save(*args, **kwargs)
            paths.claim(self, self.path, keep=True, is_new=is_new)

    def get_absolute_url(self) -> str:
        return paths.url_of(self.path)

    def is_seen(self, *, is_new: bool) -> bool:
        return not is_new  # something live must name a new one first, and whoever makes that so makes pages stale

    @classmethod
    def save_new(cls, rows: Sequence[Self]) -> None:
        """Save new rows without a slug as `save()` does one by one, but with as many queries as for one.

        One whose slug is taken is saved by itself, to get another.
        """
        if not rows:
            return
        by_slug: dict[str, Self] = {}
        for row in rows:
            row.fill_in()
            by_slug.setdefault(row.proposed_slug(), row)
        taken = set(cls._default_manager.filter(slug__in=by_slug).values_list("slug", flat=True))
        for slug, row in by_slug.items():
            row.slug = "" if slug in taken else slug
        free = paths.find_free(row.path for row in rows if row.slug)
        together = [row for row in rows if row.slug and row.path in free]
        with transaction.atomic(), SiteState.changing():
            cls._default_manager.bulk_create(together)
            note_made(*together)
            follow_new(together)
            paths.claim_for_all(together)
            for row in rows:
                if row._state.adding:
                    row.slug = ""
                    row.save()

    def fill_in(self) -> None:
        """Derive the fields that follow from others. Raises ValidationError."""

    def proposed_slug(self) -> str:
        """Return the slug of a row that has none, unless another row has it."""
        raise NotImplementedError

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            SiteState.lock()
            keep(self)
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


def reading_field() -> models.CharField:
    """The kana of a name. A function, not a field of `NamedRow`, so that it comes after `name` in forms and exports."""
    return models.CharField(
        _("reading"),
        max_length=100,
        blank=True,
        validators=[validate_title],
        help_text=_("In hiragana, for the order of lists."),
    )


class NamedRow(AddressedRow):
    """A row with `name`, `reading` (may be empty) and `aliases` (a list of names)."""

    class Meta:
        abstract = True

    @property
    def names(self) -> list[str]:
        return [self.name, *filter(None, [self.reading]), *self.aliases]

    def hand_over_uses(self, into: Self) -> None:
        """Let `into` have its place wherever something refers to it, and take what `into` lacks of its description."""
        raise NotImplementedError
