"""Posts: dated articles, each in one category."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from episodes.people.authorship import Authored, Authorship
from interaxion.content import paths
from interaxion.content.fields import MarkdownField
from interaxion.content.files.pictures import PictureField
from interaxion.content.languages import language_of_label
from interaxion.content.publishing.addressed_row import AddressedRow
from interaxion.content.publishing.derived_rows import follow_dates
from interaxion.content.publishing.publishable import Publishable, PublishableQuerySet
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.tags import tags_field
from interaxion.content.validators import validate_text, validate_title
from interaxion.text.markdown import Dialect

#: The slug of the category of glossary entries: they are no news, so they have no date.
GLOSSARY = "keywords"
IS_ENTRY = models.Q(category__slug=GLOSSARY)
#: The date of a post that visitors see.
DATE = models.Case(models.When(IS_ENTRY, then=None), default="publish_at")


class CategoryQuerySet(models.QuerySet):
    def live(self, at: datetime | None = None) -> Self:
        """Return the categories of live posts: visitors learn of no other."""
        return self.filter(Exists(Post.objects.live(at).filter(category=OuterRef("pk"))))


class Category(AddressedRow):
    slug = models.SlugField(_("slug"), max_length=60, unique=True, allow_unicode=True)
    name = models.CharField(_("name"), max_length=100, validators=[validate_title])
    english_name = models.CharField(
        _("English name"),
        max_length=100,
        blank=True,
        validators=[validate_title],
        help_text=_("For the pages in English. Empty: the name."),
    )
    description = models.TextField(_("description"), blank=True, validators=[validate_text])
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Its name for the pages in the present language."""
        return (self.english_name if get_language() == "en" else "") or self.name

    @property
    def label_language(self) -> str:
        """The language of `label` where it is not that of the page."""
        return language_of_label(self.label)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Also show or hide the dates of its posts, if it becomes the glossary or is it no longer."""
        with transaction.atomic():
            SiteState.lock()
            before = Category.objects.filter(pk=self.pk).first()
            super().save(*args, **kwargs)
            if before and before.is_glossary != self.is_glossary:
                follow_dates(self.posts.all(), is_dated=not self.is_glossary)

    @property
    def path(self) -> str:
        return f"/{self.slug}/"

    @property
    def is_glossary(self) -> bool:
        return self.slug == GLOSSARY


class PostQuerySet(PublishableQuerySet):
    def with_people(self) -> Self:
        return self.prefetch_related(models.Prefetch("authorships", PostAuthorship.objects.select_related("speaker")))

    def with_details(self) -> Self:
        return self.select_related("category").prefetch_related("tags").with_people()

    def for_lists(self) -> Self:
        return super().for_lists().defer("body").select_related("category").with_people()

    def dated(self) -> Self:
        return self.exclude(category__slug=GLOSSARY)

    def newest_first(self) -> Self:
        """Order by date, newest first; glossary entries come last, by title."""
        place = models.Case(models.When(IS_ENTRY, then=1), default=0)
        title = models.Case(models.When(IS_ENTRY, then="title"), default=models.Value(""))
        return self.order_by(place, DATE.desc(nulls_first=True), title, "-pk")


class Post(Authored, Publishable):
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="posts", verbose_name=_("category"))
    body = MarkdownField(_("text"), blank=True)
    cover = PictureField(_("cover image"), blank=True)
    cover_alt = models.CharField(_("what the cover shows"), max_length=300, blank=True, validators=[validate_title])
    authors = models.ManyToManyField(
        "episodes.Speaker", through="PostAuthorship", related_name="posts", verbose_name=_("authors")
    )
    tags = tags_field()

    objects = PostQuerySet.as_manager()

    markdown_kind: ClassVar[Dialect] = "post"
    people = "authors"
    people_rows = "authorships"
    page_relations = ("category",)
    dated_at_in_queries = DATE
    snapshot_fields = (
        "title", "path", "language", "category", "summary", "body", "cover", "cover_alt", "publish_at", "unpublish_at",
    )  # fmt: skip
    snapshot_rows = ("authorships",)

    class Meta(Publishable.Meta):
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def proposed_path(self) -> str:
        return paths.first_free(f"/{self.category.slug}/{paths.slug_of(self.title, 'post')}", self)

    @property
    def is_dated(self) -> bool:
        return not self.category.is_glossary

    def source_text(self) -> str:
        return self.body


class PostAuthorship(Authorship):
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="authorships")

    owner_field = "post"

    class Meta(Authorship.Meta):
        constraints = [models.UniqueConstraint(fields=["post", "speaker"], name="posts_authorship_once")]
