"""The list of changes to many things, and the page of each: what taking it back does, and the button."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.changes.changes import Change, Effect
from interaxion.content.changes.plan import plan_of
from interaxion.content.changes.rights import missing_rights
from interaxion.content.changes.taking_back import CannotTakeBack, take_back
from interaxion.content.saving.taking_down import TakesDown
from interaxion.content.saving.undoing import A_MOMENT
from interaxion.desk.changes.lines import Line, count_rows, kept_lines, line_of
from interaxion.serving.patience import go_on

#: As many names as a message shows, and as many lines as the page does; what stays is shown whole.
MOST_NAMES, MOST_LINES = 10, 100


@admin.register(Change)
class ChangeAdmin(admin.ModelAdmin):
    list_display = ("title", "happened_at", "who", "count", "state")
    list_per_page = 50
    list_select_related = ("user", "taken_back_by")
    search_fields = ("title",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Change | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Change | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Change]:
        return super().get_queryset(request).counted()

    @admin.display(description=_("who"), ordering="user")
    def who(self, change: Change) -> str:
        return str(change.user or gettext("a command"))

    @admin.display(description=_("how many"), ordering="count")
    def count(self, change: Change) -> int:
        return change.count

    @admin.display(description=_("state"))
    def state(self, change: Change) -> str:
        if change.taken_back_at:
            return gettext("taken back")
        return gettext("can be taken back until %(day)s") % {"day": f"{timezone.localtime(change.ends_at):%Y-%m-%d}"}

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = gettext("Changes to many things: each can be taken back for 30 days")
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what taking it back does; POST does it, at once only if it is of a moment ago and nothing is deleted."""
        change = self.get_object(request, object_id)
        if not self.has_view_permission(request, change):
            raise PermissionDenied
        if change is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        is_slip = timezone.now() - change.happened_at < A_MOMENT and not change.rows.filter(effect=Effect.MADE).exists()
        if request.method == "POST" and ("is_confirmed" in request.POST or is_slip or not change.is_open):
            _take_back(request, change)
            return redirect("admin:content_change_change", change.pk)
        plans = plan_of(change) if change.is_open else []
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": change.title,
            "change": change,
            "counts": count_rows(change),
            "denied": missing_rights(plans, request.user),
            "kept": [line_of(request, plan) for plan in plans if plan.kept] or kept_lines(request, change),
            "lines": [line_of(request, plan) for plan in plans if plan.is_due][:MOST_LINES],
            "rest": max(sum(plan.is_due for plan in plans) - MOST_LINES, 0),
        }
        return TemplateResponse(request, "admin/taking_back.html", context)


def _take_back(request: HttpRequest, change: Change) -> None:
    try:
        plans = take_back(change, user=request.user, tell=go_on)
    except CannotTakeBack as reason:
        messages.error(request, str(reason))
    except (PermissionDenied, TakesDown) as refusal:
        messages.error(request, str(refusal))
    else:
        count = sum(plan.is_due for plan in plans)
        messages.success(
            request, gettext("Taken back: %(change)s (%(count)d)") % {"change": change.title, "count": count}
        )
        _tell_what_stays(request, [line_of(request, plan) for plan in plans if plan.kept])


def _tell_what_stays(request: HttpRequest, lines: list[Line]) -> None:
    if not lines:
        return
    named = [(line.title, line.url, line.kept) for line in lines[:MOST_NAMES]]
    names = format_html_join("; ", '<a href="{1}">{0}</a>: {2}', named)
    rest = gettext("… and %(count)d more") % {"count": len(lines) - MOST_NAMES} if len(lines) > MOST_NAMES else ""
    messages.warning(request, format_html("{} {} {}", gettext("This stays as it is:"), names, rest))
