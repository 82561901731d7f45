"""Speakers: the people who speak and write, each found by any name that is used for them."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from interaxion.content import paths
from interaxion.content.fields import LinesField, MarkdownField
from interaxion.content.files.pictures import PictureField
from interaxion.content.publishing.addressed_row import NamedRow, reading_field
from interaxion.content.publishing.recorder import keep
from interaxion.content.validators import validate_title
from interaxion.text.japanese.reading_order import reading_key
from interaxion.text.markdown import plain_text, render


def parts_of_speakers() -> list[tuple[type[models.Model], str]]:
    """Return every model that gives a speaker a part in content, with the name of its field for that content."""
    models_of_parts = (relation.related_model for relation in Speaker._meta.related_objects)
    return [(model, model.owner_field) for model in models_of_parts if hasattr(model, "owner_field")]


def fold_name(name: str) -> str:
    """Return what two spellings of one name share: NFKC, no case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


class SpeakerQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> Self:
        """The speakers whom visitors may see: those of an episode, a post or a chapter that is live."""
        shown = models.Q()
        for part, owner in parts_of_speakers():
            kind = part._meta.get_field(owner).related_model
            # From the parts of the one speaker, not from all that is live: one speaker has few of them.
            is_live = Exists(kind.objects.live(at).filter(pk=OuterRef(f"{owner}_id")))
            shown |= models.Q(Exists(part.objects.filter(is_live, speaker=OuterRef("pk"))))
        return self.filter(shown)

    def all_live(self, at: datetime | None = None) -> Self:
        """The same as `live()`, for a list of all: what is hidden is read once, instead of something live for each."""
        shown = models.Q()
        for part, owner in parts_of_speakers():
            hidden = part._meta.get_field(owner).related_model.objects.hidden(at).order_by().values("pk")
            parts = part.objects.filter(~models.Q(**{f"{owner}__in": hidden}), speaker=OuterRef("pk"))
            shown |= models.Q(Exists(parts))
        return self.filter(shown)

    def in_reading_order(self) -> "list[Speaker]":
        """Sort in Python: each database orders kana differently, and a show has a few hundred speakers at most."""
        return sorted(self, key=lambda speaker: reading_key(speaker.name, speaker.reading))


def with_uses(speakers: SpeakerQuerySet) -> SpeakerQuerySet:
    """Annotate `uses`: in how many things each speaker has a part, drafts too."""
    uses = Value(0)
    for part, _owner in parts_of_speakers():
        rows = part.objects.filter(speaker=OuterRef("pk")).order_by().values("speaker").annotate(count=Count("pk"))
        uses = uses + Coalesce(Subquery(rows.values("count")), 0)
    return speakers.annotate(uses=uses)


class Speaker(NamedRow):
    name = models.CharField(_("name"), max_length=100, unique=True, validators=[validate_title])
    slug = models.SlugField(_("slug"), max_length=100, unique=True, allow_unicode=True, blank=True)
    reading = reading_field()
    aliases = LinesField(_("other names"), help_text=_("One on each line; an import finds the person by any of them."))
    bio = MarkdownField(_("biography"), blank=True)
    bio_html = models.TextField(blank=True, editable=False)
    image = PictureField(_("picture"), blank=True, longest_side=800)
    links = LinesField(
        _("links"),
        each=URLValidator(["http", "https"]),
        help_text=_("One address on each line, such as https://x.com/name."),
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="speaker",
        verbose_name=_("account"),
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")

    def __str__(self) -> str:
        return self.name

    def fill_in(self) -> None:
        self.bio_html = render(self.bio, kind="post").html

    def proposed_slug(self) -> str:
        return paths.slug_of(self.name, "speaker")

    @property
    def path(self) -> str:
        return f"/speakers/{self.slug}/"

    def about(self) -> str:
        return plain_text(self.bio)

    def hand_over_uses(self, into: Self) -> None:
        for part, owner in parts_of_speakers():
            for row in part.objects.filter(speaker=self):
                if part.objects.filter(speaker=into, **{owner: getattr(row, owner)}).exists():
                    row.delete()
                else:
                    row.speaker = into
                    row.save(update_fields=["speaker"])
        for podcast in self.podcast_set.all():
            keep(podcast)
            podcast.hosts.add(into)
        into.links = list(dict.fromkeys([*into.links, *self.links]))
        into.bio = into.bio or self.bio
        into.image = into.image or self.image


def find_speakers(names: Iterable[str]) -> dict[str, Speaker]:
    """Return the speakers of these names or aliases, in any spelling (`oka`, `おか`), by their folded names.

    A name of two speakers means the older one. Two queries: names are folded in Python, so no database can look one up.
    """
    wanted = {fold_name(name) for name in names}
    keys: dict[str, int] = {}
    for pk, *spellings, aliases in (
        Speaker.objects.order_by("pk").values_list("pk", "name", "aliases") if wanted else ()
    ):
        for key in {fold_name(name) for name in (*spellings, *aliases)} & wanted:
            keys.setdefault(key, pk)
    found = Speaker.objects.in_bulk(set(keys.values())) if keys else {}
    return {key: found[pk] for key, pk in keys.items()}


def find_speaker(name: str) -> Speaker | None:
    """Return the speaker of this name or alias, in any spelling."""
    return find_speakers([name]).get(fold_name(name))


def known_names(names: Iterable[str]) -> list[str]:
    """Return each name as its speaker spells it today; "" for a name that nobody has."""
    names = list(names)
    by_name = find_speakers(names)
    return [by_name[key].name if (key := fold_name(name)) in by_name else "" for name in names]


def find_or_make_speakers(names: Iterable[str]) -> tuple[list[Speaker], list[Speaker]]:
    """Return the speakers in the order of `names`, each once, and those of them who had to be made.

    Raises ValidationError for a name that cannot be stored.
    """
    names = [name for given in names if (name := " ".join(given.split()))]
    by_name = find_speakers(names)
    made: list[Speaker] = []
    for name in names:
        if fold_name(name) not in by_name:
            speaker = by_name[fold_name(name)] = Speaker(name=unicodedata.normalize("NFC", name))
            speaker.full_clean(validate_unique=False)  # nobody has the name, and the slug comes from it
            made.append(speaker)
    Speaker.save_new(made)
    return list(dict.fromkeys(by_name[fold_name(name)] for name in names)), made


class PartOfSpeaker(models.Model):
    """A row that gives `speaker` a part in content."""

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Ask no database for a speaker that was just read from it."""
        known = {"speaker"} if "speaker" in self._state.fields_cache else set()
        super().clean_fields({*(exclude or ()), *known})


def replace_people(owner: models.Model, relation: str, people: Sequence[tuple[Speaker, Mapping[str, Any]]]) -> None:
    """Let the parts of speakers in `owner` be these, in this order, each with its other values.

    Writes only what differs, with one query for the new rows and one for each changed one.
    """
    rows = getattr(owner, relation)
    stored = {row.speaker_id: row for row in rows.all()}
    wanted = {speaker.pk: {**values, "position": place} for place, (speaker, values) in enumerate(people)}
    if gone := [row.pk for speaker, row in stored.items() if speaker not in wanted]:
        rows.filter(pk__in=gone).delete()
    new = [speaker for speaker in wanted if speaker not in stored]
    rows.bulk_create(rows.model(**{rows.field.name: owner}, speaker_id=pk, **wanted[pk]) for pk in new)
    for pk, row in stored.items():
        values = wanted.get(pk, {})
        if any(getattr(row, name) != value for name, value in values.items()):
            rows.filter(pk=row.pk).update(**values)
    vars(owner).get("_prefetched_objects_cache", {}).pop(relation, None)
