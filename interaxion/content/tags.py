"""Tags: our own model on the base of django-taggit, so that a tag has one spelling, one reading and one address.

Only this module and the `tags` fields of the models use taggit.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager, _TaggableManager
from taggit.models import GenericTaggedItemBase, TagBase

from interaxion.content.publishing.addressed_row import NamedRow, reading_field
from interaxion.content.publishing.publishable import kinds
from interaxion.content.validators import validate_text, validate_title
from interaxion.text.search.folding import fold

#: Names whose slug would otherwise be that of another tag.
SLUGS = {"c++": "cpp", "c#": "csharp", "f#": "fsharp", ".net": "dotnet"}
LONGEST_NAME: int = TagBase._meta.get_field("name").max_length
#: HTML that imported sites have in names, for italics and the like.
MARKUP = re.compile(
    r"</?(?:a|abbr|b|br|code|em|i|mark|s|small|span|strong|sub|sup|tt|u)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
SEPARATORS = re.compile(r"[,，、;；\n]+")
#: One name of a list: in quotes (a quote inside is doubled), or up to the next separator.
_LISTED = re.compile(
    rf'\s*"((?:[^"]|"")*)"[^\S\n]*(?={SEPARATORS.pattern}|$)|({SEPARATORS.pattern.replace("[", "[^")})'
)


def tidy_name(name: str) -> str:
    """Return one spelling for names that look the same: NFKC (full and half width, NFD), single spaces, no markup."""
    return " ".join(unicodedata.normalize("NFKC", MARKUP.sub("", name)).split())


def parse_tags(text: str) -> list[str]:
    """Return the names in a text: `超伝導、"Newton, Isaac"` → two. Spaces and quoted separators belong to a name."""
    parts = (quoted.replace('""', '"') or plain for quoted, plain in _LISTED.findall(text))
    return list(dict.fromkeys(name for part in parts if (name := tidy_name(part))))


def validate_tag(name: str) -> None:
    """Raise ValidationError if `name` cannot be the name of a tag."""
    validate_title(name)
    if len(name) > LONGEST_NAME:
        raise ValidationError(
            _("“%(tag)s…” is too long for a tag: at most %(most)d characters. Separate tags by commas."),
            code="tag_too_long",
            params={"tag": name[:20], "most": LONGEST_NAME},
        )


def spell_tags(tags: Iterable[Any]) -> str:
    """Return the text that the form shows, which `parse_tags()` reads back."""
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

    def with_uses(self) -> Self:
        """Annotate `uses`: how many things have the tag, drafts too."""
        items = TaggedItem.objects.filter(tag=OuterRef("pk")).order_by().values("tag").annotate(uses=Count("pk"))
        return self.annotate(uses=Coalesce(Subquery(items.values("uses")), 0))


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

    def fill_in(self) -> None:
        self.name = tidy_name(self.name)
        try:
            validate_tag(self.name)
        except ValidationError as problem:
            raise ValidationError({"tags": problem}) from problem  # the name of the field where it was typed

    def proposed_slug(self) -> str:
        return self.slugify(self.name)

    def clean(self) -> None:
        validate_tag(tidy_name(self.name))

    def slugify(self, tag: str, i: int | None = None) -> str:
        return SLUGS.get(tag.lower()) or super().slugify(tag) or "tag"

    @property
    def path(self) -> str:
        return f"/tags/{self.slug}/"

    def about(self) -> str:
        return self.description

    def hand_over_uses(self, into: Self) -> None:
        for item in TaggedItem.objects.filter(tag=self):
            TaggedItem.objects.get_or_create(tag=into, content_type=item.content_type, object_id=item.object_id)


class TaggedItemQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> Self:
        """Return the uses of tags on live content."""
        is_live = models.Q()
        for kind in _tagged_kinds():
            content_type = ContentType.objects.get_for_model(kind)
            one = Exists(kind.objects.live(at).filter(pk=OuterRef("object_id")))  # not a list of all that is live
            is_live |= models.Q(one, content_type=content_type)
        return self.filter(is_live)

    def count_live(
        self, beside: "Tag | int | None" = None, at: datetime | None = None, *, newest: int | None = None
    ) -> models.QuerySet[Any, tuple[int, int]]:
        """Return keys of tags, each with a number of live things that have it; the numbers of a tag are to be added up.

        `beside`: only things that have this tag too; of each kind so many of the `newest`, None if they are few anyway.
        Without it, all things are counted, and those that are hidden are taken off. One query, which is cheaper for all
        tags than `live()`, that is for few.
        """
        if not beside:
            return self._count(1).union(self.count_hidden(at), all=True)
        parts = []
        for kind in _tagged_kinds():
            things: Any = kind._default_manager.order_by().live(at, among_few=not newest).tagged(beside)
            things = things.order_by("-publish_at", "-pk")[:newest] if newest else things
            parts.append(self._of(kind, things)._count(1))
        first, *others = parts
        return first.union(*others, all=True)

    def count_hidden(self, at: datetime | None = None) -> models.QuerySet[Any, tuple[int, int]]:
        """Return keys of tags, each with a number of hidden things that have it, below 0: to be added up as well."""
        first, *others = (
            self._of(kind, kind._default_manager.order_by().hidden(at))._count(-1) for kind in _tagged_kinds()
        )
        return first.union(*others, all=True)

    def count_most_used(self, most: int) -> models.QuerySet[Any, tuple[int, int]]:
        """Return the keys of the `most` tags that most things have, live or hidden, with their number."""
        return self._count(1).order_by("-uses", "tag")[:most]

    def _of(self, kind: type[models.Model], things: models.QuerySet[Any]) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(kind), object_id__in=things.values("pk"))

    def _count(self, sign: int) -> models.QuerySet[Any, tuple[int, int]]:
        return self.order_by().values_list("tag").annotate(uses=sign * models.Count("*"))


def _tagged_kinds() -> list[Any]:
    return [kind for kind in kinds() if hasattr(kind, "tags")]


class TaggedItem(GenericTaggedItemBase):
    # Its index is the one below, which leads to the things as well.
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="items", db_index=False)

    objects = TaggedItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("use of a tag")
        verbose_name_plural = _("uses of tags")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "tag"], name="content_taggeditem_unique")
        ]
        indexes = [models.Index(fields=["tag", "content_type", "object_id"], name="content_taggeditem_things")]


class TagsOfThing(_TaggableManager):
    """`thing.tags`, with a `set()` that reads and writes all of them together."""

    def set(self, tags: Iterable[Tag | str], **options: Any) -> None:
        """Replace the tags of the thing. A text is a name or alias of a tag, which is made if it is new."""
        items = TaggedItem.objects.filter(**self._lookup_kwargs())
        wanted = {tag.pk: tag for tag in _find_or_make_tags(tags)}
        known = {tag.pk for tag in self.get_queryset()}
        self._remove_prefetched_objects()
        if gone := known - wanted.keys():
            items.filter(tag__in=gone).delete()
        new = [TaggedItem(tag=tag, **self._lookup_kwargs()) for pk, tag in wanted.items() if pk not in known]
        TaggedItem.objects.bulk_create(new, ignore_conflicts=True)


def _find_or_make_tags(tags: Iterable[Tag | str]) -> list[Tag]:
    """Return the tags; those that are given by their names are looked up by one query, and made together."""
    tags = list(tags)
    found = find_tags(tag for tag in tags if isinstance(tag, str))
    new: dict[str, Tag] = {}
    for name in found:
        if isinstance(name, str):
            new.setdefault(name.casefold(), Tag(name=name))
    Tag.save_new(list(new.values()))
    return [*(tag for tag in (*tags, *found) if isinstance(tag, Tag)), *new.values()]


def _named(names: Iterable[str]) -> models.Q:
    return models.Q(*(("name__iexact", name) for name in names), _connector=models.Q.OR)


class TagsField(TaggableManager):
    def value_from_object(self, obj: models.Model) -> list[Tag]:
        """Return the tags for a form: those that were read with the thing, if they were."""
        return list(getattr(obj, self.name).all()) if obj.pk else []

    def deconstruct(self) -> Any:
        """Return the same as the field of taggit, for migrations."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "taggit.managers.TaggableManager", args, kwargs


def tags_field() -> TagsField:
    return TagsField(through=TaggedItem, blank=True, verbose_name=_("tags"), manager=TagsOfThing)


def find_tags(names: Iterable[str]) -> list[Tag | str]:
    """Return the tags of these names or aliases; an unknown name stays a name. `tags.set()` takes names and results.

    One query, which reads the tags of these names and those that have aliases.
    """
    tidy = list(dict.fromkeys(tidy_name(name) for name in names if tidy_name(name)))
    if not tidy:
        return []
    tags = list(
        Tag.objects.filter(_named(tidy) | ~models.Q(aliases=[])).order_by("-pk")
    )  # of two, the older one counts
    known: dict[str, Tag | str] = {tag.name.casefold(): tag for tag in tags} | {tag.name: tag for tag in tags}
    by_alias = {alias.casefold(): tag for tag in tags for alias in tag.aliases}
    return list(dict.fromkeys(by_alias.get(n.casefold()) or known.get(n) or known.get(n.casefold(), n) for n in tidy))


def find_tag(spelling: str) -> Tag | None:
    """Return the tag of live content with this name, reading, alias or slug, in any spelling: `ＳＦ` is `sf`."""
    folded = fold(spelling)
    return next((tag for tag in Tag.objects.live().order_by("pk") if folded in map(fold, [tag.slug, *tag.names])), None)
