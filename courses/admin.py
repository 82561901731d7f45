"""The admin of courses and their chapters."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.forms import Script
from django.http import HttpRequest
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from courses.chapter_order import listed_chapters, may_order, order_view
from courses.forms import ChapterForm, CourseForm
from courses.lessons.overview import overview
from courses.models import Chapter, ChapterAuthorship, Course, CourseAuthorship
from courses.publishing import chapters_to_publish, publish_chapters_view
from interaxion.content.discovery.editions import HOW_TO_PAIR
from interaxion.desk.lists import MostUsedFilter
from interaxion.desk.publishable_admin import PublishableAdmin
from interaxion.desk.rows import PeopleInline


class ChapterAuthorshipInline(PeopleInline):
    model = ChapterAuthorship


class CourseAuthorshipInline(PeopleInline):
    model = CourseAuthorship


class LessonAdmin(PublishableAdmin):
    """The common part of the forms of a course and a chapter: the front matter, and what was found in the text."""

    readonly_fields = ("found_in_text",)

    @admin.display(description=_("found in the text"))
    def found_in_text(self, thing: Course | Chapter) -> str:
        return overview(thing) if thing.pk else "–"


@admin.register(Course)
class CourseAdmin(LessonAdmin):
    form = CourseForm
    inlines = (CourseAuthorshipInline,)
    change_form_template = "admin/course_desk.html"
    readonly_fields = (*LessonAdmin.readonly_fields, "chapters_at_once")
    list_display = ("title", "slug", "state", "problem_count", "publish_at", "stored_at")
    list_filter = (*PublishableAdmin.list_filter, ("tags", MostUsedFilter))
    fieldsets = (
        (None, {"fields": ("title", "subtitle", "slug", "summary", "source")}),
        (_("Edition"), {"fields": (("version_label", "level", "position"), "audience")}),
        (_("The file"), {"classes": ("collapse",), "fields": ("front_matter", "found_in_text")}),
        (_("Tags and dates"), {"fields": ("tags", ("publish_at", "unpublish_at"))}),
        (_("Address"), {"classes": ("collapse",), "fields": ("path", "language"), "description": HOW_TO_PAIR}),
    )

    class Media:
        js = [Script("js/admin/chapter_order.js", type="module")]

    def get_urls(self) -> list[Any]:
        order, publish = (
            self.admin_site.admin_view(partial(view, self)) for view in (order_view, publish_chapters_view)
        )
        return [
            path("<path:object_id>/change/chapters/", order, name="courses_course_chapters"),
            path("<path:object_id>/change/publish-chapters/", publish, name="courses_course_publish_chapters"),
            *super().get_urls(),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Course | None = None) -> Any:
        first, *others = super().get_fieldsets(request, obj)
        at_once = obj and chapters_to_publish(obj) and self.has_publish_permission(request)
        return [first, *([(None, {"fields": ["chapters_at_once"]})] if at_once else []), *others]

    @admin.display(description=_("chapters"))
    def chapters_at_once(self, course: Course) -> str:
        """Show a button. Its form, `undo`, is on every page of the admin: a form inside of this one is not possible."""
        count = len(chapters_to_publish(course))
        label = ngettext("Publish its %(count)d chapter", "Publish its %(count)d chapters at once", count)
        button = '<button type="submit" form="undo" formaction="{}" name="action" value="publish_selected">{}</button>'
        return format_html(button, self.url_of("publish_chapters", course), label % {"count": count})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if course := kwargs.get("obj"):
            context["chapters"] = listed_chapters(course)
            context["order_url"] = self.url_of("chapters", course) if may_order(self, request, course) else ""
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Chapter)
class ChapterAdmin(LessonAdmin):
    form = ChapterForm
    inlines = (ChapterAuthorshipInline,)
    list_display = ("title", "course", "position", "state", "problem_count", "publish_at", "stored_at")
    list_filter = (*PublishableAdmin.list_filter, "course", ("tags", MostUsedFilter))
    list_select_related = ("course",)
    ordering = ("course__title", "position", "slug", "pk")
    fieldsets = (
        (None, {"fields": ("title", "subtitle", ("course", "slug"))}),
        (None, {"fields": ("summary", "source")}),
        (_("The file"), {"classes": ("collapse",), "fields": ("front_matter", "found_in_text")}),
        (_("Tags and dates"), {"fields": ("tags", ("publish_at", "unpublish_at"))}),
        (_("Address"), {"classes": ("collapse",), "fields": ("path", "language"), "description": HOW_TO_PAIR}),
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Propose the course that was worked on last."""
        last = Chapter.objects.order_by("-stored_at").values_list("course", flat=True).first()
        newest = Course.objects.order_by("-stored_at").values_list("pk", flat=True).first()
        return {"course": last or newest, **super().get_changeform_initial_data(request)}
