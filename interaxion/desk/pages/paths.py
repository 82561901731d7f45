"""The list of all addresses, the old ones first, with their targets; an old address can be freed."""

from django import forms
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.changes.recording import recording
from interaxion.content.languages import in_a_row
from interaxion.content.paths import Path, free
from interaxion.content.publishing.publishable import Publishable, kinds
from interaxion.content.publishing.recorder import keep
from interaxion.desk.action_options import ask_how
from interaxion.desk.changes.offering import offer_undo


class FreeForm(forms.Form):
    is_asked = forms.BooleanField(initial=True, widget=forms.HiddenInput)


@admin.register(Path)
class PathAdmin(admin.ModelAdmin):
    list_display = ("address", "leads_to", "age")
    list_display_links = None
    list_filter = ("is_current",)
    list_per_page = 50
    search_fields = ("path",)
    ordering = ("is_current", "path")
    actions = ("free_selected",)

    def has_view_permission(self, request: HttpRequest, obj: Path | None = None) -> bool:
        return any(request.user.has_perm(f"{k._meta.app_label}.publish_{k._meta.model_name}") for k in kinds())

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Path | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Path | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Return the addresses of things that the user may view."""
        visible = [model for model, own in self.admin_site._registry.items() if own.has_view_permission(request)]
        types = ContentType.objects.get_for_models(*visible).values() if visible else []
        return super().get_queryset(request).filter(content_type__in=types).prefetch_related("target")

    @admin.display(description=_("path"), ordering="path")
    def address(self, row: Path) -> str:
        return row.address

    @admin.display(description=_("state"), ordering="is_current")
    def age(self, row: Path) -> str:
        return gettext("current") if row.is_current else gettext("old")

    @admin.display(description=_("leads to"))
    def leads_to(self, row: Path) -> str:
        if not row.target:
            return "–"
        address = row.target.get_absolute_url()
        return format_html('{} <a href="{}">{}</a>', row.target, address, getattr(row.target, "path", address))

    @admin.action(permissions=["view"], description=_("Free old addresses"))
    def free_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        if not all(_may_free(request, row.target) for row in queryset):
            raise PermissionDenied
        current = [row.address for row in queryset if row.is_current]
        if current:
            text = gettext("A current address stays: %(paths)s. Give its page another one first.")
            messages.error(request, text % {"paths": in_a_row(current)})
            return None
        form = FreeForm(request.POST if "is_asked" in request.POST else None)
        if not form.is_valid():
            explanation = gettext(
                "Whoever follows a link to them, in feeds, bookmarks or on other sites, finds nothing there, "
                "until something else is given the address. Browsers that were redirected once may go on to redirect."
            )
            return ask_how(self, request, queryset, form, title=gettext("Free old addresses"), explanation=explanation)
        freed = []
        title = gettext("Old addresses freed: %(paths)s") % {"paths": in_a_row(row.address for row in queryset)}
        with recording(title, user=request.user) as record:
            for row in queryset:
                try:
                    with record.step():
                        keep(*filter(None, [row.target]))
                        free(row, user=request.user)
                except ValidationError as refusal:
                    messages.error(request, " ".join(refusal.messages))
                else:
                    freed.append(gettext("%(path)s is free.") % {"path": row.address})
        if freed:
            offer_undo(request, record.change, " ".join(freed))
        return None


def _may_free(request: HttpRequest, target: Model | None) -> bool:
    """Whether the user may publish the target; for a target that is not published content, may change it."""
    if target is None:
        return request.user.is_superuser
    verb = "publish" if isinstance(target, Publishable) else "change"
    return request.user.has_perm(f"{target._meta.app_label}.{verb}_{target._meta.model_name}")
