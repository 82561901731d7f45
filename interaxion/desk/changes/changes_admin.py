"""The list of changes to many things, the page that says what taking one back does, and the button that does it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.changes.changes import Change, Effect
from interaxion.content.changes.plan import RowPlan, missing_rights, plan_of
from interaxion.content.changes.states import ADDRESSES, FILES, TAGS
from interaxion.content.changes.taking_back import CannotTakeBack, take_back
from interaxion.content.publishing.window import STATE_LABELS, WINDOW_FIELDS, PublishWindow, State
from interaxion.content.saving.taking_down import TakesDown
from interaxion.content.saving.undoing import A_MOMENT
from interaxion.serving.patience import go_on

#: As many names as a message shows, and as many lines as the page does; what stays is shown whole.
MOST_NAMES, MOST_LINES = 10, 100


@dataclass(frozen=True)
class Line:
    """One row of the page: what it is, where it is, what happens to it."""

    title: str
    url: str
    what: str
    kept: str


@admin.register(Change)
class ChangeAdmin(admin.ModelAdmin):
    list_display = ("happened_at", "who", "title", "count", "state")
    list_display_links = ("title",)
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

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what taking it back does; POST does it, at once only if the change is of a moment ago."""
        change = self.get_object(request, object_id)
        if not self.has_view_permission(request, change):
            raise PermissionDenied
        if change is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        is_recent = timezone.now() - change.happened_at < A_MOMENT
        if request.method == "POST" and ("is_confirmed" in request.POST or is_recent or not change.is_open):
            _take_back(request, change)
            return redirect("admin:content_change_change", change.pk)
        plans = plan_of(change) if change.is_open else []
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": change.title,
            "change": change,
            "counts": _counts(change),
            "denied": missing_rights(plans, request.user),
            "kept": [_line(request, plan) for plan in plans if plan.kept] or _kept_lines(request, change),
            "lines": [_line(request, plan) for plan in plans if plan.is_due][:MOST_LINES],
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
        _tell_what_stays(request, [_line(request, plan) for plan in plans if plan.kept])


def _tell_what_stays(request: HttpRequest, lines: list[Line]) -> None:
    if not lines:
        return
    named = [(line.title, line.url, line.kept) for line in lines[:MOST_NAMES]]
    names = format_html_join("; ", '<a href="{1}">{0}</a>: {2}', named)
    rest = gettext(" … and %(count)d more") % {"count": len(lines) - MOST_NAMES} if len(lines) > MOST_NAMES else ""
    messages.warning(request, format_html("{} {}{}", gettext("This stays as it is:"), names, rest))


def _counts(change: Change) -> list[tuple[str, int]]:
    """Return how many rows of each kind were made, changed and removed."""
    counted: Counter[tuple[int, str]] = Counter()
    names = {}
    for row in change.rows.select_related("content_type").only("effect", "content_type", "change"):
        model = row.content_type.model_class()
        names[row.content_type_id] = str(model._meta.verbose_name_plural if model else row.content_type)
        counted[row.content_type_id, row.effect] += 1
    return [(f"{names[kind]}, {Effect(effect).label}", count) for (kind, effect), count in counted.items()]


def _kept_lines(request: HttpRequest, change: Change) -> Iterable[Line]:
    """Return what stayed as it was when the change was taken back."""
    rows = change.rows.exclude(kept="").select_related("content_type")
    return [
        _line(request, RowPlan(row, model, None, kept=row.kept))
        for row in rows
        if (model := row.content_type.model_class())
    ]


def _line(request: HttpRequest, plan: RowPlan) -> Line:
    opts = plan.model._meta
    if not request.user.has_perm(f"{opts.app_label}.view_{opts.model_name}"):
        return Line(str(opts.verbose_name), "", "", plan.kept)
    try:
        url = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[plan.row.object_id])
    except NoReverseMatch:
        url = ""
    return Line(plan.title, url, _what_happens(plan) if plan.is_due else "", plan.kept)


def _what_happens(plan: RowPlan) -> str:
    if plan.row.effect == Effect.MADE:
        return gettext("is deleted")
    if plan.row.effect == Effect.REMOVED:
        return gettext("is there again")
    if plan.is_content and plan.parts.keys() & set(WINDOW_FIELDS):
        return f"{_state_label(plan, {})} → {_state_label(plan, plan.parts)}"
    return gettext("as before: %(parts)s") % {"parts": ", ".join(_label(plan, name) for name in plan.parts)}


def _state_label(plan: RowPlan, parts: dict[str, Any]) -> str:
    now: Any = plan.now
    fields = {name: {**now.parts, **parts}[name] for name in WINDOW_FIELDS}
    window: Any = plan.model(
        **{name: plan.model._meta.get_field(name).to_python(value or None) for name, value in fields.items()}
    )
    return str(STATE_LABELS[State(PublishWindow.state(window))])


def _label(plan: RowPlan, name: str) -> str:
    others = {ADDRESSES: gettext("addresses"), FILES: gettext("imported files"), TAGS: gettext("tags")}
    if name in others:
        return others[name]
    column: Any = plan.model._meta.get_field(name)
    named = column.related_model._meta.verbose_name_plural if column.auto_created else column.verbose_name
    return str(named)
