"""The forms of courses and chapters."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from interaxion.content import paths
from interaxion.desk.forms import PublishableForm


class SlugForm(PublishableForm):
    """Proposes the last part of the address from the title."""

    #: What an empty title gives.
    fallback = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("The last part of the address. Empty: from the title.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "slug" in cleaned and not cleaned["slug"]:
            cleaned["slug"] = self.free_slug(paths.slug_of(cleaned.get("title") or "", self.fallback))
        return cleaned

    def free_slug(self, slug: str) -> str:
        """Return `slug`, or the first of `slug-2`, `slug-3` … that no other row of the same place has."""
        taken = set(self.siblings().filter(slug__startswith=slug).values_list("slug", flat=True))
        return next(name for name in paths.numbered(slug) if name not in taken)

    def siblings(self) -> Any:
        return type(self.instance).objects.exclude(pk=self.instance.pk)


class CourseForm(SlugForm):
    fallback = "course"


class ChapterForm(SlugForm):
    fallback = "chapter"

    def siblings(self) -> Any:
        return super().siblings().filter(course=self.cleaned_data.get("course"))

    def _post_clean(self) -> None:
        course = self.cleaned_data.get("course")
        if course and course.pk != (self.stored.course_id if self.stored else None):
            self.instance.position = course.next_position()  # a new chapter comes last; the course orders them
        super()._post_clean()
