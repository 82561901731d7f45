"""The admin of plain pages, and the wiring of the admin site with the views of all apps."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django_tasks_db import admin as tasks_admin  # registers itself

from interaxion.content.discovery.editions import HOW_TO_PAIR
from interaxion.desk.pages.replacing import replace_link
from interaxion.desk.publishable_admin import PublishableAdmin
from interaxion.sitewide.content_view import RENDERERS
from interaxion.sitewide.desk.choosing import choose
from interaxion.sitewide.desk.feed_imports import import_show
from interaxion.sitewide.desk.front.page import desk_index
from interaxion.sitewide.desk.imports import import_files
from interaxion.sitewide.desk.names import names
from interaxion.sitewide.desk.rehearsed_pages import rehearsed_page
from interaxion.sitewide.desk.search import search_everything
from interaxion.sitewide.desk.works import admin as works  # noqa: F401 - registers itself
from interaxion.sitewide.models import Page

# The desk may not import the apps. This module sees them all, so it registers their pages with the admin site.
admin.site.pages = RENDERERS
admin.site.extra_views = (
    ("import/", import_files, "import"),
    ("import/feed/", import_show, "import_show"),
    ("import/<int:pk>/pages/", rehearsed_page, "rehearsed_front"),
    ("import/<int:pk>/pages/<path:path>", rehearsed_page, "rehearsed_page"),
    ("search/", search_everything, "search"),
    ("links/replace/", replace_link, "replace_link"),
    ("choose/", choose, "choose"),
    ("names/", names, "names"),
)
admin.site.desk_index = desk_index
# Jobs have pages of their own.
admin.site.unregister(tasks_admin.DBTaskResult)
admin.site.app_order = ("episodes", "posts", "courses", "sitewide", "content")


@admin.register(Page)
class PageAdmin(PublishableAdmin):
    list_display = ("title", "path", "state", "problem_count", "in_navigation", "position", "stored_at")
    list_filter = (*PublishableAdmin.list_filter, "in_navigation")
    ordering = ("position", "pk")
    fieldsets = (
        (None, {"fields": ("title", "summary", "body")}),
        (
            _("Place in the site"),
            {"fields": ("path", ("in_navigation", "position"), "language"), "description": HOW_TO_PAIR},
        ),
        (_("Dates"), {"fields": (("publish_at", "unpublish_at"),)}),
    )
