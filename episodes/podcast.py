"""Podcast: the whole series and its feed. One row, edited in the admin."""

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from episodes.categories import CATEGORIES
from interaxion.content.fields import LinesField
from interaxion.content.files.pictures import ARTWORK_SIDE, PictureField
from interaxion.content.publishing.public_row import PublicRow
from interaxion.content.text import check_text, check_title


def check_category(line: str) -> None:
    """A category of Apple's list, such as `Science` or `Science > Physics`."""
    if line not in CATEGORIES:
        raise ValidationError(
            gettext("“%(line)s” is not a podcast category. Write one such as Science or Science > Physics."),
            params={"line": line},
        )


class Podcast(PublicRow):
    title = models.CharField(_("title"), max_length=255, validators=[check_title])
    description = models.TextField(
        _("description"),
        blank=True,
        validators=[check_text],
        help_text=_("What the show is, in plain text, for the feed and the front page."),
    )
    language = models.CharField(_("language"), max_length=10, default="ja")
    author = models.CharField(_("author"), max_length=255, blank=True, validators=[check_title])
    owner_name = models.CharField(_("owner's name"), max_length=255, blank=True, validators=[check_title])
    owner_email = models.EmailField(
        _("owner's e-mail address"), blank=True, help_text=_("Public in the feed: directories ask for it.")
    )
    artwork = PictureField(
        _("artwork"), longest_side=ARTWORK_SIDE, blank=True, help_text=_("A square of 1400 to 3000 pixels.")
    )
    categories = LinesField(
        _("categories"), each=check_category, help_text=_("One on each line, such as Science > Physics.")
    )
    is_explicit = models.BooleanField(_("explicit"), default=False)
    copyright = models.CharField(_("copyright"), max_length=255, blank=True, validators=[check_title])
    subscribe_links = LinesField(
        _("where to listen"),
        each=URLValidator(["https"]),
        help_text=_("The show's pages in the apps, one address on each line."),
    )
    former_sites = LinesField(
        _("former addresses of the site"),
        each=URLValidator(["http", "https"]),
        help_text=_("Links to them are links within this site, one address on each line."),
    )

    hosts = models.ManyToManyField(
        "episodes.Speaker",
        blank=True,
        verbose_name=_("hosts"),
        help_text=_("Who makes the show, for the feed and for search engines."),
    )
    guid = models.UUIDField(
        _("GUID of the show"),
        null=True,
        blank=True,
        help_text=_(
            "Directories know the show by it. Empty: it follows from the address of the feed. "
            "A show that comes from another host keeps the one it has."
        ),
    )
    new_feed_url = models.URLField(
        _("new address of the feed"),
        max_length=500,
        blank=True,
        validators=[URLValidator(["http", "https"])],
        help_text=_("Only when the feed moves away from here: apps will follow it to this address for good."),
    )
    is_notes_only = models.BooleanField(
        _("notes only"),
        default=False,
        help_text=_(
            "While another host has the feed that directories list: ours is hidden from them, and holds every episode."
        ),
    )

    class Meta:
        verbose_name = _("podcast")
        verbose_name_plural = _("podcast")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="episodes_podcast_one_row")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def current(cls) -> Self:
        """The one row; an empty site has one with a plain name that is not stored yet."""
        return cls.objects.filter(pk=1).first() or cls(pk=1, title="Interaxion")

    def get_absolute_url(self) -> str:
        return settings.SITE_URL + "/"

    def artwork_size(self) -> tuple[int, int] | None:
        """Width and height in pixels; None where there is no artwork, or its file is gone."""
        try:
            return (self.artwork.width, self.artwork.height) if self.artwork else None
        except OSError:
            return None
