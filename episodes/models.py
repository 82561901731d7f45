"""Episodes, with the appearances of their speakers and their show notes as sections."""

import uuid
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import PurePosixPath
from typing import ClassVar, Self
from urllib.parse import urlsplit

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from episodes.audio.sound.sound import Sound
from episodes.copies import CopiedNotes, TaggedCopy
from episodes.host_feed.taken_from_feed import TakenFromFeed
from episodes.letters.letters import Letter
from episodes.notes import notes
from episodes.notes.matching import match
from episodes.notes.sections import LinkSection, make_key, validate_sections
from episodes.numbers import path_of_number, spell_number
from episodes.people.appearances import Appearance
from episodes.people.speakers import Speaker, replace_people
from episodes.podcast import Podcast
from episodes.transcripts.transcript import Transcript
from interaxion.content.fields import LinesField
from interaxion.content.files.limits import ARTWORK_SIDE
from interaxion.content.files.pictures import PictureField
from interaxion.content.publishing.publishable import Publishable, PublishableQuerySet
from interaxion.content.tags import tags_field
from interaxion.content.validators import validate_text, validate_title
from interaxion.text.markdown import Dialect
from interaxion.text.markdown.html.embeds import frame_url, page_url, start_parameter
from interaxion.text.times import parse_span
from interaxion.text.web_addresses import is_web_address

__all__ = [
    "Appearance",
    "CopiedNotes",
    "Episode",
    "Letter",
    "LinkSection",
    "Podcast",
    "Sound",
    "Speaker",
    "TaggedCopy",
    "TakenFromFeed",
    "Transcript",
    "make_key",
]


def validate_address(line: str) -> None:
    """Accept an address of the web or a path of this site. Raises ValidationError."""
    if not is_web_address(line):
        raise ValidationError(gettext("“%(line)s” is no address."), params={"line": line})


def validate_soundbite(line: str) -> None:
    """Accept the time of a section, alone or with an end (`12:30-13:10`). Raises ValidationError."""
    if parse_span(line) is None:
        raise ValidationError(
            gettext("“%(line)s” is no time. Write one such as 12:30 or 12:30-13:10."), params={"line": line}
        )


HALF_A_PLAYER = _("A player needs both its host and its id.")


class EpisodeQuerySet(PublishableQuerySet):
    def with_people(self) -> Self:
        return self.prefetch_related(models.Prefetch("appearances", Appearance.objects.select_related("speaker")))

    def with_details(self) -> Self:
        return self.prefetch_related("tags").with_people()

    def for_lists(self) -> Self:
        # The outline is not deferred: lists show the small timeline of each episode.
        return self.defer("html", "text", "distribution_notes", "short_introduction").with_people()

    def with_audio(self) -> Self:
        return self.exclude(audio_url="", audio_file="")

    def without_audio(self) -> Self:
        return self.filter(audio_url="", audio_file="")

    def last_numbered(self, *, before: Decimal | None = None) -> "Episode | None":
        """Return the episode that a new one follows; the one that the number `before` follows, if it is given."""
        earlier = self.untrashed() if before is None else self.untrashed().filter(number__lt=before)
        return earlier.order_by(models.F("number").desc(nulls_last=True), "-pk").first()

    def highest_number(self) -> Decimal | None:
        return self.aggregate(highest=models.Max("number"))["highest"]


class Episode(Publishable):
    class Type(models.TextChoices):
        FULL = "full", _("Full")
        TRAILER = "trailer", _("Trailer")
        BONUS = "bonus", _("Bonus")

    class Player(models.TextChoices):
        SPOTIFY = "spotify", "Spotify"
        APPLE = "apple", "Apple Podcasts"
        YOUTUBE = "youtube", "YouTube"

    class AudioType(models.TextChoices):
        MP3 = "audio/mpeg", "MP3"
        M4A = "audio/mp4", "M4A"
        AAC = "audio/aac", "AAC"
        OPUS = "audio/opus", "Opus"
        OGG = "audio/ogg", "Ogg"
        FLAC = "audio/flac", "FLAC"
        WAV = "audio/wav", "WAV"
        MP4 = "video/mp4", _("MP4 (video)")
        QUICKTIME = "video/quicktime", _("QuickTime (video)")
        WEBM = "video/webm", _("WebM (video)")

    #: The type of audio whose address has this suffix, if nothing else says it.
    TYPES_OF_SUFFIXES: ClassVar = {
        ".mp3": AudioType.MP3, ".m4a": AudioType.M4A, ".m4b": AudioType.M4A, ".aac": AudioType.AAC,
        ".opus": AudioType.OPUS, ".ogg": AudioType.OGG, ".oga": AudioType.OGG, ".flac": AudioType.FLAC,
        ".wav": AudioType.WAV, ".mp4": AudioType.M4A, ".m4v": AudioType.MP4, ".mov": AudioType.QUICKTIME,
        ".webm": AudioType.WEBM,
    }  # fmt: skip

    number = models.DecimalField(
        _("number"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        unique=True,
        validators=[MinValueValidator(0)],
    )
    distribution_notes = models.TextField(
        _("short notes"),
        blank=True,
        validators=[validate_text],
        help_text=_("The version cut by hand for podcast hosts; empty: it is made from the notes."),
    )
    short_introduction = models.TextField(
        _("introduction of the short notes"),
        blank=True,
        validators=[validate_text, MaxLengthValidator(4000)],
        help_text=_("Empty: the summary."),
    )
    pinned_links = LinesField(
        _("links that stay"),
        each=validate_address,
        help_text=_("In the short notes, before all others; one address on each line."),
    )
    dropped_links = LinesField(
        _("links left out"), each=validate_address, help_text=_("Of the short notes; one address on each line.")
    )
    audio_url = models.URLField(
        _("audio address"),
        max_length=2000,
        blank=True,
        validators=[URLValidator(["https"])],
        help_text=_("Where the audio is, if it is not uploaded here."),
    )
    audio_file = models.FileField(_("audio file"), upload_to="audio", max_length=300, blank=True)
    #: The name that the uploaded file had: the stored one is a hash. For the desk alone.
    audio_name = models.CharField(max_length=255, blank=True, editable=False)
    audio_bytes = models.PositiveBigIntegerField(_("size in bytes"), null=True, blank=True)
    audio_type = models.CharField(
        _("type of the audio"),
        max_length=30,
        blank=True,
        choices=AudioType,
    )
    audio_seconds = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    #: Files that the host of the audio keeps; the feed names them.
    transcripts_elsewhere = LinesField(
        _("transcripts on another host"),
        each=URLValidator(["https"]),
        help_text=_("Addresses that end in .vtt, .srt, .json, .html or .txt, one on each line."),
    )
    soundbites = LinesField(
        _("soundbites"),
        each=validate_soundbite,
        help_text=_(
            "The sections that apps play as a sample: the time at which each begins, such as 12:30, one on each line."
            " It plays to the next section, at most two minutes; 12:30-13:10 ends earlier."
        ),
    )
    social_posts = LinesField(
        _("posts for comments"),
        each=URLValidator(["https"]),
        help_text=_(
            "The address of the show's own post about this episode, on Mastodon or Bluesky: apps show the answers."
            " One on each line, the more important first."
        ),
    )
    player_provider = models.CharField(_("player"), max_length=20, choices=Player, blank=True)
    player_id = models.CharField(_("player's id"), max_length=200, blank=True, validators=[validate_title])
    artwork = PictureField(_("artwork"), longest_side=ARTWORK_SIDE, blank=True)
    season = models.PositiveSmallIntegerField(_("season"), null=True, blank=True)
    episode_type = models.CharField(_("episode type"), max_length=10, choices=Type, default=Type.FULL)
    is_explicit = models.BooleanField(_("explicit"), default=False)
    guid = models.CharField(
        _("GUID"),
        max_length=255,
        unique=True,
        default=uuid.uuid4,
        validators=[validate_title],
        help_text=_("Apps know the episode by it: it never changes."),
    )
    #: The feed of the former host, if GUID, audio and date were taken from it: then the GUID is fixed.
    guid_taken_from = models.CharField(max_length=500, blank=True, editable=False)
    speakers = models.ManyToManyField(
        Speaker, through="Appearance", related_name="episodes", verbose_name=_("speakers")
    )
    tags = tags_field()
    #: Of the uploaded audio; deleted with the episode.
    sounds = GenericRelation("episodes.Sound")

    objects = EpisodeQuerySet.as_manager()

    #: The old GUID while `change_guid()` replaces it, which may be done although it is fixed; not stored.
    replaced_guid = ""

    markdown_kind: ClassVar[Dialect] = "notes"
    people = "speakers"
    people_rows = "appearances"
    read_with = ("transcript",)
    snapshot_fields = (
        "title", "number", "path", "language", "summary", "distribution_notes", "short_introduction", "pinned_links",
        "dropped_links", "audio_url", "audio_file",
        "audio_bytes", "audio_type", "audio_seconds", "player_provider", "player_id", "artwork", "season",
        "episode_type", "is_explicit", "transcripts_elsewhere", "soundbites", "social_posts", "publish_at",
        "unpublish_at",
    )  # fmt: skip
    snapshot_rows = ("appearances", "sections")
    unlisted_rows = ("taken_from_feed",)
    administered_fields = ("guid",)
    identity_fields = (
        *Publishable.identity_fields, "number", "guid", "audio_url", "audio_file", "audio_bytes", "audio_type",
        "audio_seconds", "player_provider", "player_id",
    )  # fmt: skip
    single_fields = ("artwork", "distribution_notes")

    class Meta(Publishable.Meta):
        verbose_name = _("episode")
        verbose_name_plural = _("episodes")
        # What is live, in the order of lists. It holds all that the publish rule, the filters and the sitemap read.
        indexes = [
            models.Index(
                fields=[
                    *("status", "deleted_at", "publish_at", "unpublish_at", "season", "stored_at"),
                    *("number", "audio_seconds", "text_changed_at"),
                ],
                name="episodes_episode_live",
            ),
            # Of a few episodes, so that nobody reads all of them to find these.
            models.Index(
                fields=["audio_url", "audio_file"],
                condition=Q(audio_url="", audio_file=""),
                name="episodes_episode_no_audio",
            ),
            models.Index(fields=["episode_type"], condition=Q(episode_type="trailer"), name="episodes_episode_trailer"),
        ]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(player_provider="") & Q(player_id="")) | (~Q(player_provider="") & ~Q(player_id="")),
                name="episodes_episode_player_is_whole",
                violation_error_message=HALF_A_PLAYER,
            ),
        ]

    def has_what_was_said(self) -> bool:
        transcript = getattr(self, "transcript", None)
        return bool(transcript and transcript.said())

    def __str__(self) -> str:
        return f"{self.spelled_number}: {self.title}" if self.number is not None else self.title

    def clean(self) -> None:
        super().clean()
        if bool(self.player_provider) != bool(self.player_id):
            raise ValidationError(HALF_A_PLAYER)

    def validate_change(self, stored: Self) -> None:
        if stored.guid not in {str(self.guid), self.replaced_guid} and stored.is_guid_fixed:
            raise ValidationError({"guid": _("Apps know the episode by its GUID: it cannot be changed any more.")})

    @property
    def is_guid_fixed(self) -> bool:
        """Whether apps know the episode by its GUID: then only `change_guid()` or `import_feed` change it."""
        return bool(self.guid_taken_from) or self.was_live()

    @property
    def spelled_number(self) -> str:
        return spell_number(self.number) if self.number is not None else ""

    def proposed_path(self) -> str:
        if self.number is None:
            return f"/episodes/{self.guid}{self.draft_suffix}"
        return path_of_number(self.number) + self.draft_suffix

    def published_path(self) -> str:
        if self.path.endswith(self.draft_suffix) and self.number is not None:
            return path_of_number(self.number)
        return super().published_path()

    def notes_document(self) -> str:
        """Return the notes as one document, as hosts edit them."""
        return notes.join([section.as_note() for section in self.sections.all()])

    def source_text(self) -> str:
        return notes.join([section.as_note() for section in self.sections.all()], anchors=True)

    def typed_text(self) -> str:
        return ""  # its sections are rows, which are saved after it

    def feeds(self) -> list[str]:
        is_in_podcast = self.audio_address or Podcast.current().is_notes_only
        podcast_feed = [reverse("podcast_feed")] if is_in_podcast else []
        return [*podcast_feed, *super().feeds()]

    @property
    def audio_address(self) -> str:
        """The address of the audio, on another host or in our media; "" if there is none."""
        return self.audio_url or (self.audio_file.url if self.audio_file else "")

    def forget_measures(self) -> None:
        """Clear size, type and length, which belong to the audio at the old address."""
        self.audio_bytes, self.audio_type, self.audio_seconds = None, "", None

    @property
    def media_type(self) -> AudioType:
        """The content type of the audio; if it is not stored, it follows from the address."""
        suffix = PurePosixPath(urlsplit(self.audio_address).path).suffix.lower()
        return self.AudioType(self.audio_type or self.TYPES_OF_SUFFIXES.get(suffix, self.AudioType.MP3))

    @property
    def player_frame_url(self) -> str:
        return frame_url(self.player_provider, self.player_id) if self.player_provider else ""

    @property
    def player_page_url(self) -> str:
        return page_url(self.player_provider, self.player_id) if self.player_provider else ""

    @property
    def player_start_parameter(self) -> str:
        return start_parameter(self.player_provider) if self.player_provider else ""

    @property
    def is_timed(self) -> bool:
        return any(section.starts_at is not None for section in self.sections.all())

    def replace_sections(self, document: str, *, gone: Iterable[LinkSection] = (), keys: Sequence[str] = ()) -> None:
        """Replace the sections by those of `document`; a section that continues an old one keeps its row and key.

        A section may also continue one of the deleted ones in `gone`: then it has its key again. `keys` are those of
        the sections of a new episode; they count if there are as many as sections.
        """
        old = list(self.sections.all())
        known = {section.key for section in old}
        old += [section for section in gone if section.key not in known]
        new = notes.parse_once(document)
        same = match([section.as_note() for section in old], new)
        kept = {index for index in same if index is not None}
        if dropped := [section.pk for i, section in enumerate(old) if section.pk and i not in kept]:
            LinkSection.objects.filter(pk__in=dropped).delete()
        sections = [old[index] if index is not None else LinkSection(episode=self) for index in same]
        before = [section.values() for section in sections]
        for position, (section, note) in enumerate(zip(sections, new, strict=True)):
            section.take(note, position)
        for section, key in zip(sections, keys if len(keys) == len(sections) else (), strict=False):
            section.key = key
        validate_sections(sections)
        changed = [s for s, values in zip(sections, before, strict=True) if s.pk and s.values() != values]
        LinkSection.objects.bulk_create(section for section in sections if section.pk is None)
        LinkSection.objects.bulk_update(changed, LinkSection.snapshot_fields)
        vars(self).get("_prefetched_objects_cache", {}).pop("sections", None)

    def replace_appearances(self, people: list[tuple[Speaker, str]]) -> None:
        """Replace the speakers, in this order, with their roles."""
        replace_people(self, "appearances", [(speaker, {"role": role}) for speaker, role in people])
