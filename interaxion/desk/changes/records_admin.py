"""The admin of records that nobody edits: the log of moves, and the revisions."""

import json
from typing import Any

from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from interaxion.content.publishing.log import LOGGED_STATES, LogEntry
from interaxion.content.publishing.publishable import kinds
from interaxion.content.publishing.revisions import Revision


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class KindFilter(admin.RelatedFieldListFilter):
    """Filters records by the kind of content that they are about."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("kind of content")

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        types = ContentType.objects.get_for_models(*kinds())
        return [(found.pk, str(kind._meta.verbose_name_plural)) for kind, found in types.items()]


class RecordAdmin(ReadOnlyAdmin):
    """Records about content: visible to users who may view the content itself."""

    def get_queryset(self, request: HttpRequest) -> Any:
        visible = [kind for kind in kinds() if admin.site.get_model_admin(kind).has_view_permission(request)]
        types = ContentType.objects.get_for_models(*visible).values()
        return super().get_queryset(request).filter(content_type__in=types)


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "to"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(str(state), label) for state, label in LOGGED_STATES.items()]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(to_state=self.value()) if self.value() else queryset


@admin.register(LogEntry)
class LogEntryAdmin(RecordAdmin):
    list_display = ("logged_at", "user", "title", "left", "reached", "shown_note")
    list_filter = (StateFilter, ("content_type", KindFilter))
    list_select_related = ("user",)
    search_fields = ("title", "note")
    date_hierarchy = "logged_at"
    fields = list_display

    @admin.display(description=_("from"))
    def left(self, entry: LogEntry) -> str:
        return entry.from_label

    @admin.display(description=_("to"))
    def reached(self, entry: LogEntry) -> str:
        return entry.to_label

    @admin.display(description=_("note"))
    def shown_note(self, entry: LogEntry) -> str:
        return entry.shown_note


@admin.register(Revision)
class RevisionAdmin(RecordAdmin):
    list_display = ("saved_at", "what", "number", "user", "note", "was_live")
    list_filter = ("was_live", ("content_type", KindFilter))
    list_select_related = ("user",)
    fields = ("what", "number", "saved_at", "user", "note", "was_live", "saved_text")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("target").order_by("-saved_at", "-pk")

    @admin.display(description=_("of what"))
    def what(self, revision: Revision) -> str:
        return str(revision.target or "")

    @admin.display(description=_("what was saved"))
    def saved_text(self, revision: Revision) -> str:
        return format_html("<pre>{}</pre>", json.dumps(revision.data, ensure_ascii=False, indent=2))
