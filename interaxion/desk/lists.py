"""The lists of the admin: queries that they refuse, filter by state, the column of checks, bulk actions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest, FieldError
from django.db import DataError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from interaxion.content.languages import in_a_row
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import State, Status, live_condition
from interaxion.content.saving.transitions import To
from interaxion.desk.pages.bulk_transitions import move_many
from interaxion.desk.pages.transitions import LABELS

#: Lookups by a regular expression: a small one can take years (ReDoS), and no list offers any.
PATTERNS = {"regex", "iregex"}
#: What databases, calendars and Django raise for other lookups that no list offers.
UNANSWERABLE = (DataError, FieldError, OverflowError, ValueError)

#: Speakers and tags that a list offers to filter by.
MOST_CHOICES = 50


def refuse_forged_queries(changelist_view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 400 where the query of a list has no answer. Django takes almost any lookup from the address of a list."""

    @wraps(changelist_view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if any(PATTERNS & {*name.split("__")} for name in request.GET):
            raise BadRequest("A list is not filtered by a regular expression")
        try:
            return changelist_view(request, *args, **kwargs)
        except UNANSWERABLE as problem:
            if not request.GET:
                raise
            raise BadRequest(f"The query of the list has no answer: {problem}") from problem

    return answer


def condition(state: State) -> Q:
    """Return the query condition that agrees with `PublishWindow.state()`."""
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
    """Without a choice, it leaves out the trash."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(state.value, state.label) for state in State]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        value = self.value()
        if value not in list(State):
            return queryset.filter(deleted_at__isnull=True)
        return queryset.filter(condition(State(value)))


class MostUsedFilter(admin.RelatedFieldListFilter):
    """A filter by speakers or tags that offers those used most, and the chosen one: a long show has thousands."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        through, name = field.remote_field.through, field.m2m_reverse_field_name()
        of_kind = {f.name for f in through._meta.fields} & {"content_type"}
        mine = Q(content_type=ContentType.objects.get_for_model(model_admin.model)) if of_kind else None
        uses = through._default_manager.order_by().values_list(name).annotate(uses=Count("pk", filter=mine))
        most_used = uses.order_by("-uses", name)[:MOST_CHOICES]
        wanted = {pk for pk, count in most_used if count} | {int(pk) for pk in self.lookup_val or () if pk.isdecimal()}
        return [(row.pk, str(row)) for row in field.related_model.objects.filter(pk__in=wanted).order_by("name")]


class PublishableChangeList(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        return super().get_queryset(request, exclude_parameters).for_lists().prefetch_related("problem_counts")


class ProblemsColumn(admin.ModelAdmin):
    """`problem_count` for `list_display`. The count is stored after each save, so a list runs no checks."""

    @admin.display(description=_("checks"))
    def problem_count(self, thing: Publishable) -> str:
        counted = next(iter(thing.problem_counts.all()), None)  # prefetched
        if counted is None:
            return "–"
        parts = []
        if counted.errors:
            parts.append(ngettext("%d error", "%d errors", counted.errors) % counted.errors)
        if counted.warnings:
            parts.append(ngettext("%d warning", "%d warnings", counted.warnings) % counted.warnings)
        return in_a_row(parts) or "✓"


class PublishableActions(admin.ModelAdmin):
    """Bulk transitions: one page asks about all, then each thing goes through `transition()`, as by its own button."""

    actions = ("review_selected", "publish_selected", "withdraw_selected", "trash_selected", "restore_selected")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # replaced by the trash
        return actions

    @admin.action(permissions=["publish"], description=LABELS[To.PUBLISHED])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return move_many(self, request, list(queryset), To.PUBLISHED)

    @admin.action(permissions=["change"], description=LABELS[To.REVIEW])
    def review_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return move_many(self, request, list(queryset), To.REVIEW)

    @admin.action(permissions=["change"], description=LABELS[To.DRAFT])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return move_many(self, request, list(queryset), To.DRAFT)

    @admin.action(permissions=["publish"], description=LABELS[To.TRASH])
    def trash_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return move_many(self, request, list(queryset), To.TRASH)

    @admin.action(permissions=["publish"], description=_("Restore from the trash"))
    def restore_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return move_many(self, request, list(queryset), To.RESTORED)
