"""Lists in the admin: what state each thing is in, and what can be done to many at once."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.publishing.transitions import PublishingRefused, To, transition
from interaxion.content.publishing.window import State, Status, live_condition


def condition(state: State) -> Q:
    """The rows in a state: `PublishWindow.state()` as a condition."""
    now = timezone.now()
    if state is State.TRASHED:
        return Q(deleted_at__isnull=False)
    kept = Q(deleted_at__isnull=True)
    published = kept & Q(status=Status.PUBLISHED)
    return {
        State.DRAFT: kept & Q(status=Status.DRAFT),
        State.REVIEW: kept & Q(status=Status.REVIEW),
        State.SCHEDULED: published & Q(publish_at__gt=now),
        State.LIVE: live_condition(now),
        State.ENDED: published & Q(publish_at__lte=now, unpublish_at__lte=now),
    }[state]


class StateFilter(admin.SimpleListFilter):
    """Without a choice: everything that is not in the trash."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(state.value, state.label) for state in State]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        if value not in list(State):
            return queryset.filter(deleted_at__isnull=True)
        return queryset.filter(condition(State(value)))


class PublishableChangeList(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        return super().get_queryset(request, exclude_parameters).for_lists().prefetch_related("problem_counts")


class PublishableActions(admin.ModelAdmin):
    """Each thing passes the same door as by its own button, and is reported by itself."""

    actions = ("publish_selected", "withdraw_selected", "trash_selected", "restore_selected")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # the trash takes its place
        return actions

    @admin.action(permissions=["publish"], description=_("Publish"))
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._move_each(request, queryset, To.PUBLISHED)

    @admin.action(permissions=["publish"], description=_("Back to draft"))
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._move_each(request, queryset, To.DRAFT)

    @admin.action(permissions=["publish"], description=_("Move to the trash"))
    def trash_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._move_each(request, queryset, To.TRASH)

    @admin.action(permissions=["publish"], description=_("Restore from the trash, as drafts"))
    def restore_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._move_each(request, queryset.filter(condition(State.TRASHED)), To.DRAFT)

    def _move_each(self, request: HttpRequest, queryset: QuerySet, to: To) -> None:
        for thing in queryset:
            try:
                transition(thing, to=to, user=request.user)
            except PublishingRefused as refusal:
                reasons = " ".join(problem.message for problem in refusal.problems)
                text = gettext("“%(thing)s” stays as it is: %(reasons)s Open it to see to that.")
                messages.warning(request, text % {"thing": thing, "reasons": reasons})
            except (PermissionDenied, ValidationError) as refusal:
                reasons = " ".join(getattr(refusal, "messages", [str(refusal)]))
                messages.error(request, f"{thing}: {reasons}")
            else:
                messages.success(request, f"{thing}: {thing.state_label}")
