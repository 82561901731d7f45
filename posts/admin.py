"""The admin of posts and their categories."""

from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext_lazy as _

from interaxion.content.discovery.editions import HOW_TO_PAIR
from interaxion.desk.lists import MostUsedFilter
from interaxion.desk.merging_admin import AddressedRowAdmin
from interaxion.desk.publishable_admin import PublishableAdmin
from interaxion.desk.rows import PeopleInline
from interaxion.desk.saving.duplicating import duplicate_view
from posts.models import Category, Post, PostAuthorship


class AuthorshipInline(PeopleInline):
    model = PostAuthorship


@admin.register(Post)
class PostAdmin(PublishableAdmin):
    can_duplicate = True
    inlines = (AuthorshipInline,)
    list_display = ("title", "category", "state", "problem_count", "date", "stored_at")
    list_filter = (*PublishableAdmin.list_filter, "category", ("authors", MostUsedFilter), ("tags", MostUsedFilter))
    list_select_related = ("category",)
    fieldsets = (
        (None, {"fields": ("title", "category")}),
        (None, {"fields": ("summary", "body")}),
        (_("Cover image"), {"fields": ("cover", "cover_alt")}),
        (_("Tags and dates"), {"fields": ("tags", ("publish_at", "unpublish_at"))}),
        (_("Address"), {"classes": ("collapse",), "fields": ("path", "language"), "description": HOW_TO_PAIR}),
    )

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(partial(duplicate_view, self))
        return [path("<path:object_id>/change/duplicate/", view, name="posts_post_duplicate"), *super().get_urls()]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Propose the category of the last post, so that the page can be shown at once."""
        last = Post.objects.order_by("-stored_at").values_list("category", flat=True).first()
        first = Category.objects.values_list("pk", flat=True).first()
        return {"category": last or first, **super().get_changeform_initial_data(request)}

    @admin.display(description=_("publish at"), ordering="publish_at")
    def date(self, post: Post) -> datetime | None:
        return post.dated_at


@admin.register(Category)
class CategoryAdmin(AddressedRowAdmin):
    list_display = ("name", "slug", "position")
    fields = ("name", "english_name", "slug", "position", "description")
