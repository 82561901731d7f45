"""The admin of courses and their chapters."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from courses.models import Chapter, ChapterAuthorship, Course
from interaxion.content.discovery.editions import HOW_TO_PAIR
from interaxion.desk.publishable_admin import PublishableAdmin
from interaxion.desk.rows import PeopleInline


class AuthorshipInline(PeopleInline):
    model = ChapterAuthorship


@admin.register(Course)
class CourseAdmin(PublishableAdmin):
    list_display = ("title", "slug", "state", "problem_count", "publish_at", "stored_at")
    list_filter = (*PublishableAdmin.list_filter, "tags")
    fieldsets = (
        (None, {"fields": ("title", "subtitle", "slug", "summary", "source")}),
        (_("Edition"), {"fields": (("version_label", "level"),)}),
        (_("Tags and dates"), {"fields": ("tags", ("publish_at", "unpublish_at"))}),
        (_("Address"), {"classes": ("collapse",), "fields": ("path", "language"), "description": HOW_TO_PAIR}),
    )


@admin.register(Chapter)
class ChapterAdmin(PublishableAdmin):
    inlines = (AuthorshipInline,)
    list_display = ("title", "course", "position", "state", "problem_count", "publish_at", "stored_at")
    list_filter = (*PublishableAdmin.list_filter, "course", "tags")
    list_select_related = ("course",)
    ordering = ("course__title", "position", "slug", "pk")
    fieldsets = (
        (None, {"fields": ("title", "subtitle", ("course", "position", "slug"))}),
        (None, {"fields": ("summary", "source")}),
        (_("Tags and dates"), {"fields": ("tags", ("publish_at", "unpublish_at"))}),
        (_("Address"), {"classes": ("collapse",), "fields": ("path", "language"), "description": HOW_TO_PAIR}),
    )
