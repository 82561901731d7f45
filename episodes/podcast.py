"""The podcast: the show and its feed. A singleton row, edited in the admin."""

import re
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, URLValidator
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from episodes.feed.categories import CATEGORIES
from interaxion.content.fields import LinesField
from interaxion.content.files.limits import ARTWORK_SIDE, MARK_SIDE, SHARED_SIDE
from interaxion.content.files.pictures import PictureField
from interaxion.content.one_row import OneRow
from interaxion.content.publishing.addressed_row import PublicRow
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.site_time import validate_time_zone
from interaxion.content.validators import validate_text, validate_title
from interaxion.text.transcripts.replacements import parse_replacement

#: The headings of the sections that every episode repeats, unless the show names its own.
RECURRING_HEADINGS = frozenset({"お知らせ"})
LONGEST_PURPOSE, LONGEST_TXT = 128, 4000
#: Licences that need no address. https://github.com/Podcastindex-org/podcast-namespace/blob/main/license/licenses.json
_KNOWN_LICENSE = re.compile(r"cc0-1\.0|cc-by(-nc)?(-nd|-sa)?-[1-4]\.[05]", re.IGNORECASE)
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_RULE = re.compile(r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;(?!COUNT|UNTIL)[A-Z]+=[A-Z0-9,+-]+)*")


def validate_category(line: str) -> None:
    """Accept a category of Apple's list, such as `Science` or `Science > Physics`. Raises ValidationError."""
    if line not in CATEGORIES:
        raise ValidationError(
            gettext("“%(line)s” is not a podcast category. Write one such as Science or Science > Physics."),
            params={"line": line},
        )


def validate_colour(text: str) -> None:
    """Accept a colour such as `#b23216`. Raises ValidationError."""
    if not _COLOUR.fullmatch(text):
        raise ValidationError(_("Write a colour as # and six of the characters 0–9 and a–f, such as #b23216."))


def validate_replacement(line: str) -> None:
    """Accept a line such as `漁師 → 量子`. Raises ValidationError."""
    if parse_replacement(line) is None:
        raise ValidationError(
            gettext("“%(line)s” is no pair of words. Write what is heard → what is right."), params={"line": line}
        )


def validate_rule(rule: str) -> None:
    """Accept a recurrence rule without an end: https://www.rfc-editor.org/rfc/rfc5545#section-3.3.10

    Raises ValidationError.
    """
    if not _RULE.fullmatch(rule):
        raise ValidationError(_("Write a rule such as FREQ=WEEKLY;INTERVAL=2;BYDAY=FR, without COUNT and UNTIL."))


def split_txt(line: str) -> tuple[str, str]:
    """Split `verify: abc` into (verify, abc); the purpose is "" if there is none."""
    purpose, colon, text = line.partition(": ")
    return (purpose.strip(), text.strip()) if colon else ("", line.strip())


def validate_txt(line: str) -> None:
    """Check the lengths: https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/txt.md

    Raises ValidationError.
    """
    purpose, text = split_txt(line)
    if len(purpose) > LONGEST_PURPOSE or len(text) > LONGEST_TXT:
        raise ValidationError(gettext("A purpose has at most 128 characters, its text 4,000."))


class Podcast(PublicRow, OneRow):
    title = models.CharField(_("title"), max_length=255, validators=[validate_title])
    description = models.TextField(
        _("description"),
        blank=True,
        validators=[validate_text],
        help_text=_("What the show is, in plain text, for the feed and the front page."),
    )
    language = models.CharField(_("language"), max_length=10, default="ja")
    author = models.CharField(_("author"), max_length=255, blank=True, validators=[validate_title])
    owner_name = models.CharField(_("owner's name"), max_length=255, blank=True, validators=[validate_title])
    owner_email = models.EmailField(
        _("owner's e-mail address"), blank=True, help_text=_("Public in the feed: directories ask for it.")
    )
    artwork = PictureField(
        _("artwork"), longest_side=ARTWORK_SIDE, blank=True, help_text=_("A square of 1400 to 3000 pixels.")
    )
    mark = PictureField(
        _("mark"),
        longest_side=MARK_SIDE,
        blank=True,
        help_text=_("A small square picture beside the name of the show and in the tabs of browsers. Empty: ours."),
    )
    colour = models.CharField(
        _("colour"),
        max_length=7,
        blank=True,
        validators=[validate_colour],
        help_text=_("Of what can be played, such as #b23216. Pages use the nearest shade that can be read."),
    )
    share_picture = PictureField(
        _("picture for shared links"),
        longest_side=SHARED_SIDE,
        blank=True,
        help_text=_("1200 × 630 pixels, for pages without a picture of their own. Empty: the artwork."),
    )
    categories = LinesField(
        _("categories"), each=validate_category, help_text=_("One on each line, such as Science > Physics.")
    )
    is_explicit = models.BooleanField(_("explicit"), default=False)
    copyright = models.CharField(_("copyright"), max_length=255, blank=True, validators=[validate_title])
    subscribe_links = LinesField(
        _("where to listen"),
        each=URLValidator(["https"]),
        help_text=_("The show's pages in the apps, one address on each line."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Of the times on pages and in the desk. Such as Asia/Tokyo. Empty: that of the server's settings."),
    )
    #: For correcting transcripts: see `interaxion.text.transcripts.replacements`.
    misheard_words = LinesField(
        _("words that programs mishear"),
        each=validate_replacement,
        help_text=_(
            "For correcting transcripts: what is heard → what is right, such as 漁師 → 量子. One on each line."
        ),
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
    followed_feed = models.URLField(
        _("feed of the host that has the audio"),
        max_length=500,
        blank=True,
        validators=[URLValidator(["http", "https"])],
        help_text=_(
            "Each new episode takes its audio, GUID, length and player from there, with `tick` or by the button."
        ),
    )
    audio_prefix = models.URLField(
        _("prefix of the audio addresses"),
        max_length=500,
        blank=True,
        validators=[URLValidator(["https"])],
        help_text=_(
            "Of a service that counts downloads, such as https://op3.dev/e/: the feed puts it before each address."
        ),
    )
    is_notes_only = models.BooleanField(
        _("notes only"),
        default=False,
        help_text=_(
            "While another host has the feed that directories list: ours is hidden from them, and holds every episode."
        ),
    )

    recurring_headings = LinesField(
        _("headings of recurring announcements"),
        each=validate_title,
        help_text=_("Of the section that comes with every episode, one on each line. Empty: お知らせ."),
    )
    recurring_notes = models.TextField(
        _("short form of the recurring announcements"),
        blank=True,
        validators=[validate_text, MaxLengthValidator(2000)],
        help_text=_("Markdown, for the short notes: what that section says of every episode, in a line or two."),
    )
    funding_url = models.URLField(
        _("where listeners can support the show"), max_length=500, blank=True, validators=[URLValidator(["https"])]
    )
    funding_label = models.CharField(
        _("words of that link"), max_length=128, blank=True, validators=[validate_title], help_text=_("In apps.")
    )
    license = models.CharField(
        _("licence of the audio"),
        max_length=128,
        blank=True,
        validators=[validate_title],
        help_text=_("Such as cc-by-4.0; one of your own needs its address."),
    )
    license_url = models.URLField(
        _("address of the licence"), max_length=500, blank=True, validators=[URLValidator(["https", "http"])]
    )
    update_label = models.CharField(
        _("how often episodes come"),
        max_length=128,
        blank=True,
        validators=[validate_title],
        help_text=_("In words, such as “every other Friday”."),
    )
    update_rule = models.CharField(
        _("the same as a rule"),
        max_length=255,
        blank=True,
        validators=[validate_rule],
        help_text=_("For apps, as calendars write it: FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
    )
    is_serial = models.BooleanField(
        _("told in order"),
        default=False,
        help_text=_("Apps then begin with the first episode of a season instead of the newest."),
    )
    is_complete = models.BooleanField(_("no further episodes will come"), default=False)
    txt_records = LinesField(
        _("notes for services"),
        each=validate_txt,
        help_text=_("What a service asks for in the feed: its purpose, a colon and the text, one on each line."),
    )

    class Meta(OneRow.Meta):
        verbose_name = _("podcast")
        verbose_name_plural = _("podcast")

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic(), SiteState.changing():
            super().save(*args, **kwargs)
            SiteState.set_time_zone(self.time_zone)

    def clean(self) -> None:
        super().clean()
        self.colour = self.colour.lower()
        if self.license_url and not self.license:
            raise ValidationError({"license": _("How is this licence called?")})
        if self.license and not self.license_url and not _KNOWN_LICENSE.fullmatch(self.license):
            raise ValidationError({"license_url": _("A licence of your own needs the address of its full text.")})
        if self.funding_label and not self.funding_url:
            raise ValidationError({"funding_url": _("Where does this link lead?")})

    @property
    def spelled_license(self) -> str:
        """The licence; a known one is in lower case, as the podcast namespace requires."""
        return self.license.lower() if _KNOWN_LICENSE.fullmatch(self.license) else self.license

    def recurs(self, heading: str) -> bool:
        """Whether every episode repeats the section with this heading."""
        return heading in (self.recurring_headings or RECURRING_HEADINGS)

    @classmethod
    def unstored(cls) -> Self:
        """Return a podcast with a plain name, for an empty site."""
        return cls(pk=1, title="Interaxion")

    def get_absolute_url(self) -> str:
        return settings.SITE_URL + "/"

    def artwork_size(self) -> tuple[int, int] | None:
        """Return width and height in pixels; None if there is no artwork, or its file is missing."""
        try:
            return (self.artwork.width, self.artwork.height) if self.artwork else None
        except OSError:
            return None
