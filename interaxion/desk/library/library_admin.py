"""The library of pictures and files: thumbnails, where each is used, upload of many, and another file in its place."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from interaxion.content.files.limits import FileRefused
from interaxion.content.files.models import StoredFile, store_file
from interaxion.content.files.renditions import make_renditions
from interaxion.content.languages import in_a_row
from interaxion.desk.library.deleting import delete_file, why_kept
from interaxion.desk.library.listing import LibraryList, UsedFilter
from interaxion.desk.library.uses import find_uses, stem_of

#: How many files one request may bring.
MOST_FILES = 100
#: The longest list of uses in a cell.
MOST_USES = 5


@admin.register(StoredFile)
class StoredFileAdmin(admin.ModelAdmin):
    list_display = ("thumbnail", "name", "alt", "used_in")
    list_display_links = ("name",)
    list_filter = (UsedFilter, "content_type")
    list_per_page = 60
    actions = ("delete_selected",)
    search_fields = ("name", "alt")
    ordering = ("-pk",)
    fields = ("preview", "name", "file", "alt", "used_in", "content_type", "width", "height")
    readonly_fields = ("preview", "name", "file", "used_in", "content_type", "width", "height")
    change_list_template = "admin/library/list.html"
    change_form_template = "admin/library/file.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a form with one file is not needed: many are uploaded at once

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _may_replace(request.user)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type:
        return LibraryList

    def get_urls(self) -> list[URLPattern]:
        protect = self.admin_site.admin_view
        return [
            path("upload/", protect(require_POST(self.upload_view)), name="content_storedfile_upload"),
            path(
                "<path:object_id>/replace/",
                protect(require_POST(self.replace_view)),
                name="content_storedfile_replace",
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        may = {"may_upload": request.user.has_perm("content.add_storedfile"), "most_files": MOST_FILES}
        return super().changelist_view(request, extra_context={**(extra_context or {}), **may})

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        extra = {**(kwargs.pop("extra_context", None) or {}), "may_replace": _may_replace(request.user)}
        return super().change_view(request, object_id, *args, extra_context=extra, **kwargs)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        file = self.get_object(request, unquote(object_id))
        if file is not None and self.has_delete_permission(request, file) and (why := why_kept(file, find_uses())):
            messages.error(request, why)
            return redirect("admin:content_storedfile_change", file.pk)
        return super().delete_view(request, object_id, extra_context)

    @admin.action(description=_("Delete those that nothing uses"), permissions=["delete"])
    def delete_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Ask before the unused of them are deleted, and name the first of the others with the reason."""
        uses = find_uses()
        kept = {file.pk: f"{file}: {why}" for file in queryset if (why := why_kept(file, uses))}
        for sentence in list(kept.values())[:MOST_USES]:
            messages.warning(request, sentence)
        unused = queryset.exclude(pk__in=kept)
        return delete_selected(self, request, unused) if unused else None

    def delete_model(self, request: HttpRequest, obj: StoredFile) -> None:
        delete_file(obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for file in queryset:
            delete_file(file)

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Keep each of the `files`; one that is refused is named with the reason, and the others are kept."""
        if not request.user.has_perm("content.add_storedfile"):
            raise PermissionDenied
        files = request.FILES.getlist("files")[:MOST_FILES]
        kept = [stored for upload in files if (stored := self._store(request, upload))]
        if kept:
            messages.success(request, gettext("Kept: %(names)s") % {"names": in_a_row(kept)})
        return redirect("admin:content_storedfile_changelist")

    def replace_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Keep the `file` and lead to the page that shows every line in which it would take the place of this one."""
        if not _may_replace(request.user):
            raise PermissionDenied
        old = self.get_object(request, unquote(object_id))
        if old is None:
            raise Http404
        upload = request.FILES.get("file")
        new = self._store(request, upload) if upload else None
        if new is None or new == old:
            return redirect("admin:content_storedfile_change", old.pk)
        if old.alt and not new.alt:
            new.alt = old.alt
            new.save(update_fields=["alt"])
        addresses = {"old": old.file.url, "new": new.file.url}
        return redirect(f"{reverse('admin:replace_link')}?{urlencode(addresses)}")

    def _store(self, request: HttpRequest, upload: Any) -> StoredFile | None:
        try:
            stored = store_file(upload.name, upload.read())
        except FileRefused as refusal:
            messages.error(request, f"{upload.name}: {' '.join(refusal.messages)}")
            return None
        transaction.on_commit(partial(make_renditions.enqueue, stored.file.name), robust=True)
        return stored

    @admin.display(description=_("picture"))
    def thumbnail(self, file: StoredFile) -> Any:
        if not file.content_type.startswith("image/"):
            return file.name.rpartition(".")[2].upper()
        return format_html('<img class="thumbnail" src="{}" alt="{}" loading="lazy">', file.file.url, file.alt)

    @admin.display(description=_("picture"))
    def preview(self, file: StoredFile) -> Any:
        return self.thumbnail(file)

    @admin.display(description=_("used in"))
    def used_in(self, file: StoredFile) -> Any:
        uses = getattr(file, "uses", None)
        if uses is None:
            uses = find_uses().get(stem_of(file), [])
        if not uses:
            return gettext("nowhere")
        links = format_html_join(", ", '<a href="{}">{}</a>', ((use.url, use.title) for use in uses[:MOST_USES]))
        more = len(uses) - MOST_USES
        return format_html("{} + {}", links, more) if more > 0 else links


def _may_replace(user: Any) -> bool:
    """Whether the user may replace addresses everywhere, and delete what nothing uses: who publishes episodes may."""
    return user.has_perm("content.add_storedfile") and user.has_perm("episodes.publish_episode")
