"""The admin of works (cited pages and papers): editors set titles and merge duplicates. Only links create works."""

from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any, get_args

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.text import smart_split
from django.utils.translation import gettext_lazy as _

from interaxion.content.changes.changes import Change
from interaxion.content.changes.recording import recording
from interaxion.content.linking.links import Link
from interaxion.content.linking.merging import merge_works
from interaxion.content.linking.works import Work
from interaxion.content.publishing.recorder import keep
from interaxion.content.search.rows import write_mentions
from interaxion.desk.merging_admin import MergingAdmin
from interaxion.text.addresses.identity import NO_WORKS, AddressKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


def merge_and_follow(works: Sequence[Work], into: Work, *, user: "AbstractBaseUser | None") -> Change:
    """Merge, and update the search index, so that a web page is found by the words of all its links."""
    title = _("Merged into “%(into)s”: %(names)s") % {"names": ", ".join(map(str, works)), "into": into}
    with recording(title, user=user) as record, record.step():
        for work in works:
            keep(work, into, *work.merged.all())
            merge_works(work, into)
        into.refresh_from_db()
        write_mentions(into.merged_into or into)
    return record.change


class KindFilter(admin.SimpleListFilter):
    """A filter that knows the kinds: to ask which there are, the database would read every work."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind, kind) for kind in get_args(AddressKind) if kind not in NO_WORKS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Work]) -> QuerySet[Work]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


@admin.register(Work)
class WorkAdmin(MergingAdmin):
    form = forms.ModelForm
    merge = staticmethod(merge_and_follow)
    list_display = ("__str__", "kind", "key", "link_count")
    list_filter = (KindFilter,)
    ordering = ("-link_count", "pk")
    show_full_result_count = False  # there are hundreds of thousands
    list_per_page = 50
    search_fields = ("title", "key", "url")
    fields = ("title", "url", "key", "kind")
    readonly_fields = ("url", "key", "kind")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Work]:
        """Return the works that were not merged into another."""
        return super().get_queryset(request).filter(merged_into=None)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Work], term: str) -> tuple[Any, bool]:
        """Find a work by the words of its links as well."""
        found, may_repeat = super().get_search_results(request, queryset, term)
        if term:
            words = reduce(and_, (Q(text__icontains=word) for word in smart_split(term)))
            found |= queryset.filter(pk__in=Link.objects.filter(words, work__isnull=False).values("work"))
        return found, may_repeat

    def may_stay(self, queryset: QuerySet[Work]) -> QuerySet[Work]:
        """Return the selected works: there are too many to offer all."""
        return queryset

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Work | None = None) -> bool:
        """Whether the user may merge. A single work is never deleted: the next save of a link would create it again."""
        return obj is None and super().has_delete_permission(request)
