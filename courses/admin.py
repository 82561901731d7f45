"""The admin of courses and their chapters."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.forms import Script
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from courses.chapter_order import listed_chapters, may_order, order_view
from courses.forms import ChapterForm, CourseForm
from courses.models import Chapter, ChapterAuthorship, Course
from interaxion.content.discovery.editions import HOW_TO_PAIR
from interaxion.desk.lists import MostUsedFilter
from interaxion.desk.publishable_admin import PublishableAdmin
from interaxion.desk.rows import PeopleInline


class AuthorshipInline(PeopleInline):
    model = ChapterAuthorship


@admin.register(Course)
class CourseAdmin(PublishableAdmin):
    form = CourseForm
    change_form_template = "admin/course_desk.html"
    list_display = ("title", "slug", "state", "problem_count", "publish_at", "stored_at")
    list_filter = (*PublishableAdmin.list_filter, ("tags", MostUsedFilter))
    fieldsets = (
        (None, {"fields": ("title", "subtitle", "slug", "summary", "source")}),
        (_("Edition"), {"fields": (("version_label", "level"),)}),
        (_("Tags and dates"), {"fields": ("tags", ("publish_at", "unpublish_at"))}),
        (_("Address"), {"classes": ("collapse",), "fields": ("path", "language"), "description": HOW_TO_PAIR}),
    )

    class Media:
        js = [Script("js/admin/chapter_order.js", type="module")]

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(partial(order_view, self))
        return [path("<path:object_id>/change/chapters/", view, name="courses_course_chapters"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        if course := kwargs.get("obj"):
            context["chapters"] = listed_chapters(course)
            context["order_url"] = self.url_of("chapters", course) if may_order(self, request, course) else ""
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Chapter)
class ChapterAdmin(PublishableAdmin):
    form = ChapterForm
    inlines = (AuthorshipInline,)
    list_display = ("title", "course", "position", "state", "problem_count", "publish_at", "stored_at")
    list_filter = (*PublishableAdmin.list_filter, "course", ("tags", MostUsedFilter))
    list_select_related = ("course",)
    ordering = ("course__title", "position", "slug", "pk")
    fieldsets = (
        (None, {"fields": ("title", "subtitle", ("course", "slug"))}),
        (None, {"fields": ("summary", "source")}),
        (_("Tags and dates"), {"fields": ("tags", ("publish_at", "unpublish_at"))}),
        (_("Address"), {"classes": ("collapse",), "fields": ("path", "language"), "description": HOW_TO_PAIR}),
    )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Propose the course that was worked on last."""
        last = Chapter.objects.order_by("-stored_at").values_list("course", flat=True).first()
        newest = Course.objects.order_by("-stored_at").values_list("pk", flat=True).first()
        return {"course": last or newest, **super().get_changeform_initial_data(request)}
