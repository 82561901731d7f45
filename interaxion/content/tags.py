"""Tags: our own on django-taggit's base, so that one tag has one spelling, one reading and one address.

Every call of taggit is here and in the `tags` field of the models.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from taggit.models import GenericTaggedItemBase, TagBase

from interaxion.content.publishing.named_row import NamedRow, merge_named_rows, reading_field
from interaxion.content.publishing.publishable import kinds
from interaxion.content.validators import validate_text, validate_title
from interaxion.text.search.folding import fold

#: Names whose slug would otherwise be that of another tag.
SLUGS = {"c++": "cpp", "c#": "csharp", "f#": "fsharp", ".net": "dotnet"}
LONGEST_NAME: int = TagBase._meta.get_field("name").max_length
#: What old sites write into names to set them in italics and the like.
MARKUP = re.compile(
    r"</?(?:a|abbr|b|br|code|em|i|mark|s|small|span|strong|sub|sup|tt|u)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
SEPARATORS = re.compile(r"[,，、;；\n]+")
#: One name of a list: in quotes, where a quote of its own is doubled, or up to the next separator.
_LISTED = re.compile(
    rf'\s*"((?:[^"]|"")*)"[^\S\n]*(?={SEPARATORS.pattern}|$)|({SEPARATORS.pattern.replace("[", "[^")})'
)


def tidy_name(name: str) -> str:
    """One spelling for what looks the same: NFKC (full-width Latin, half-width kana, NFD), single spaces, no markup."""
    return " ".join(unicodedata.normalize("NFKC", MARKUP.sub("", name)).split())


def parse_tags(text: str) -> list[str]:
    """`超伝導、"Newton, Isaac"` → two names. Spaces are part of a name, and so is what stands in quotes."""
    parts = (quoted.replace('""', '"') or plain for quoted, plain in _LISTED.findall(text))
    return list(dict.fromkeys(name for part in parts if (name := tidy_name(part))))


def validate_tag(name: str) -> None:
    """Raises ValidationError for what cannot be the name of a tag."""
    validate_title(name)
    if len(name) > LONGEST_NAME:
        raise ValidationError(
            _("“%(tag)s…” is too long for a tag: at most %(most)d characters. Separate tags by commas."),
            code="tag_too_long",
            params={"tag": name[:20], "most": LONGEST_NAME},
        )


def spell_tags(tags: Iterable[Any]) -> str:
    """What `parse_tags()` reads back, as the form shows it."""
    return spell_names(tag.name for tag in tags)


def spell_names(names: Iterable[str]) -> str:
    return "、".join(_quote(name) for name in sorted(names))


def _quote(name: str) -> str:
    is_plain = not SEPARATORS.search(name) and not name.startswith('"')
    return name if is_plain else '"' + name.replace('"', '""') + '"'


class TagQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> Self:
        """Return the tags of live content."""
        return self.filter(Exists(TaggedItem.objects.live(at).filter(tag=OuterRef("pk"))))


class Tag(NamedRow, TagBase):
    name: str
    slug: str
    reading = reading_field()
    description = models.TextField(_("description"), blank=True, validators=[validate_text])
    aliases = models.JSONField(_("other names"), default=list, blank=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = tidy_name(self.name)
        try:
            validate_tag(self.name)
        except ValidationError as problem:
            raise ValidationError({"tags": problem}) from problem  # as it is called where it was written
        self.slug = self.slug or self.free_slug(self.slugify(self.name))
        super().save(*args, **kwargs)

    def clean(self) -> None:
        validate_tag(tidy_name(self.name))

    def slugify(self, tag: str, i: int | None = None) -> str:
        return SLUGS.get(tag.lower()) or super().slugify(tag) or "tag"

    @property
    def path(self) -> str:
        return f"/tags/{self.slug}/"

    def about(self) -> str:
        return self.description


class TaggedItemQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> Self:
        """Return the uses of tags on live content."""
        is_live = models.Q()
        for kind in kinds():
            if hasattr(kind, "tags"):
                content_type = ContentType.objects.get_for_model(kind)
                is_live |= models.Q(content_type=content_type, object_id__in=kind.objects.live(at).values("pk"))
        return self.filter(is_live)


class TaggedItem(GenericTaggedItemBase):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="items")

    objects = TaggedItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "tag"], name="content_taggeditem_unique")
        ]
        indexes = [models.Index(fields=["content_type", "object_id"])]


def find_tags(names: Iterable[str]) -> list[Tag | str]:
    """The tags of these names, aliases followed; a name that nobody knows stays a name, ready for `tags.set()`."""
    by_alias = {alias.casefold(): tag for tag in Tag.objects.all() for alias in tag.aliases}
    tidy = dict.fromkeys(tidy_name(name) for name in names if tidy_name(name))
    return list(dict.fromkeys(by_alias.get(name.casefold(), name) for name in tidy))


def find_tag(spelling: str) -> Tag | None:
    """The tag, of those that visitors may see, whose name, reading, alias or slug is meant: `ＳＦ` is `sf`."""
    folded = fold(spelling)
    return next((tag for tag in Tag.objects.live().order_by("pk") if folded in map(fold, [tag.slug, *tag.names])), None)


def merge_tags(tag: Tag, into: Tag) -> None:
    """Merge two tags: everything tagged `tag` is then tagged `into`."""

    def retag() -> None:
        for item in TaggedItem.objects.filter(tag=tag):
            TaggedItem.objects.get_or_create(tag=into, content_type=item.content_type, object_id=item.object_id)

    merge_named_rows(tag, into, retag)
