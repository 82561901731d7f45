"""Courses and their chapters, in the order of `position`."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.fields.json import KT
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from courses.folders import address_of_file
from courses.from_file import FromFile
from courses.lessons.rows import Exercise, Reference
from episodes.people.authorship import Authored, Authorship
from interaxion.content import paths
from interaxion.content.fields import MarkdownField
from interaxion.content.prepared import Prepared
from interaxion.content.publishing.publishable import Publishable, PublishableQuerySet
from interaxion.content.publishing.window import PublishWindow, live_condition
from interaxion.content.tags import tags_field
from interaxion.content.validators import validate_title
from interaxion.text.markdown import Dialect

__all__ = ["Chapter", "ChapterAuthorship", "Course", "CourseAuthorship", "Exercise", "Reference"]


#: The long fields of a file, which lists leave out.
TEXTS = ("source", "front_matter", "appendix")


class CourseQuerySet(PublishableQuerySet):
    def with_details(self) -> Self:
        people = models.Prefetch("authorships", CourseAuthorship.objects.select_related("speaker"))
        return self.prefetch_related("tags", people)

    def for_lists(self) -> Self:
        return super().for_lists().defer(*TEXTS)

    def listed(self, at: datetime | None = None) -> Self:
        """The live courses with something to read: lists leave out those without a live chapter."""
        chapters = Chapter.objects.live(at).filter(course=models.OuterRef("pk"))
        return self.live(at).filter(models.Exists(chapters))

    def in_order(self) -> Self:
        """By hand; those without a place come last, by their level, the newest of one level first."""
        level = KT("lesson__level__0").asc(nulls_last=True)
        return self.order_by(models.F("position").asc(nulls_last=True), level, "-publish_at", "-pk")


class Course(FromFile, Authored, Publishable):
    slug = models.SlugField(_("slug"), max_length=80, unique=True, allow_unicode=True)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True, validators=[validate_title])
    source = MarkdownField(_("text of the course page"), blank=True)
    version_label = models.CharField(_("edition"), max_length=20, blank=True, validators=[validate_title])
    level = models.CharField(_("level"), max_length=60, blank=True, validators=[validate_title])
    audience = models.CharField(
        _("audience"),
        max_length=500,
        blank=True,
        validators=[validate_title],
        help_text=_("Whom it is meant for, divided by commas."),
    )
    position = models.PositiveSmallIntegerField(
        _("place among the courses"), null=True, blank=True, help_text=_("Empty: after those that have one.")
    )
    authors = models.ManyToManyField(
        "episodes.Speaker", through="CourseAuthorship", related_name="courses", verbose_name=_("authors")
    )
    tags = tags_field()

    objects = CourseQuerySet.as_manager()

    markdown_kind: ClassVar[Dialect] = "chapter"
    people = "authors"
    people_rows = "authorships"
    snapshot_fields = (
        "title", "subtitle", "slug", "path", "language", "summary", "front_matter", "source", "version_label", "level",
        "audience", "position", "publish_at", "unpublish_at",
    )  # fmt: skip
    snapshot_rows = ("authorships",)

    class Meta(Publishable.Meta):
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def proposed_path(self) -> str:
        return paths.first_free(f"/courses/{self.slug}/", self)

    def source_text(self) -> str:
        return self.source

    def address_of(self, href: str) -> str | None:
        home = self.path or self.proposed_path()
        return address_of_file(href, course_slug=self.slug, home=home, language=self.language)

    @cached_property
    def live_chapters(self) -> "list[Chapter]":
        """Its live chapters in their order, without their texts."""
        return _live_chapters(self.pk or 0, timezone.now())

    def next_position(self) -> int:
        """Return the position behind the last chapter."""
        return (self.chapters.aggregate(last=models.Max("position"))["last"] or 0) + 1

    def meta(self) -> dict[str, Any]:
        """Return the keys of the front matter, with the level and audience that were typed."""
        level = {"difficulty": self.level, "level": ""} if self.level else {}
        return super().meta() | level | ({"target_audience": self.audience} if self.audience else {})

    def dependants(self) -> "models.QuerySet[Chapter]":
        return self.chapters.select_related("course")


class ChapterQuerySet(PublishableQuerySet):
    def live(self, at: datetime | None = None, *, among_few: bool = False) -> Self:
        """A chapter is visible with its course only."""
        return super().live(at, among_few=among_few).filter(live_condition(at, "course__"))

    def hidden(self, at: datetime | None = None) -> Self:
        return self.exclude(live_condition(at) & live_condition(at, "course__"))

    def with_details(self) -> Self:
        people = models.Prefetch("authorships", ChapterAuthorship.objects.select_related("speaker"))
        return self.select_related("course").prefetch_related("tags", people)

    def for_lists(self) -> Self:
        """With their course, both without their texts."""
        texts = ("html", "text", "outline", *TEXTS)
        return super().for_lists().defer(*TEXTS, *(f"course__{name}" for name in texts)).select_related("course")

    def in_order(self) -> Self:
        return self.order_by("position", "slug", "pk")


class Chapter(FromFile, Authored, Publishable):
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="chapters", verbose_name=_("course"))
    slug = models.SlugField(_("slug"), max_length=80, allow_unicode=True)
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True, validators=[validate_title])
    #: Byte for byte as the author wrote it; everything else about the chapter is derived from it.
    source = MarkdownField(_("text"))
    authors = models.ManyToManyField(
        "episodes.Speaker", through="ChapterAuthorship", related_name="chapters", verbose_name=_("authors")
    )
    tags = tags_field()

    objects = ChapterQuerySet.as_manager()

    markdown_kind: ClassVar[Dialect] = "chapter"
    people = "authors"
    people_rows = "authorships"
    snapshot_fields = (
        "title", "subtitle", "course", "slug", "position", "path", "language", "summary", "front_matter", "source",
        "publish_at", "unpublish_at",
    )  # fmt: skip
    snapshot_rows = ("authorships",)

    class Meta(Publishable.Meta):
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["course", "slug"],
                name="courses_chapter_slug_unique",
                violation_error_message=_("The course already has a chapter of this slug."),
            ),
        ]

    def proposed_path(self) -> str:
        return paths.first_free(f"{self.course.path.rstrip('/')}/{self.slug}/", self)

    def source_text(self) -> str:
        return self.source

    def address_of(self, href: str) -> str | None:
        return address_of_file(href, course_slug=self.course.slug, home=self.course.path, language=self.language)

    def windows(self) -> list[PublishWindow]:
        return [self, self.course]

    def is_live(self, at: datetime | None = None) -> bool:
        return super().is_live(at) and self.course.is_live(at)


@Prepared
def _live_chapters(course: int, at: datetime) -> models.QuerySet[Chapter]:
    return Chapter.objects.live(at).filter(course=course).in_order().for_lists()


class CourseAuthorship(Authorship):
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="authorships")

    owner_field = "course"

    class Meta(Authorship.Meta):
        constraints = [models.UniqueConstraint(fields=["course", "speaker"], name="courses_course_authorship_once")]


class ChapterAuthorship(Authorship):
    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="authorships")

    owner_field = "chapter"

    class Meta(Authorship.Meta):
        constraints = [models.UniqueConstraint(fields=["chapter", "speaker"], name="courses_authorship_once")]
