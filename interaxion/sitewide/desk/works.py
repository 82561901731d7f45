"""The admin of works (cited pages and papers): editors set titles and merge duplicates. Only links create works."""

from collections.abc import Sequence
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.text import smart_split
from django.utils.translation import gettext_lazy as _

from interaxion.content.changes.changes import Change
from interaxion.content.changes.recording import recording
from interaxion.content.linking.links import Link
from interaxion.content.linking.works import Work, merge_works
from interaxion.content.publishing.recorder import keep
from interaxion.content.search.rows import write_mentions
from interaxion.desk.merging_admin import MergingAdmin

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


@admin.register(Work)
class WorkAdmin(MergingAdmin):
    form = forms.ModelForm
    merge = staticmethod(merge_and_follow)
    list_display = ("__str__", "kind", "key", "mentioned")
    list_filter = ("kind",)
    list_per_page = 50
    search_fields = ("title", "key", "url")
    fields = ("title", "url", "key", "kind")
    readonly_fields = ("url", "key", "kind")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Work]:
        """Return the works that were not merged into another, the most mentioned first."""
        works = super().get_queryset(request).filter(merged_into=None)
        # Not by a join, which a search would multiply: a show's form has a link in every episode.
        links = Link.objects.filter(work=OuterRef("pk")).order_by().values("work").annotate(count=Count("pk"))
        return works.annotate(count=Coalesce(Subquery(links.values("count")), 0)).order_by("-count", "pk")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Work], term: str) -> tuple[Any, bool]:
        """Find a work by the words of its links as well."""
        found, may_repeat = super().get_search_results(request, queryset, term)
        if term:
            words = reduce(and_, (Q(text__icontains=word) for word in smart_split(term)))
            found |= queryset.filter(pk__in=Link.objects.filter(words, work__isnull=False).values("work"))
        return found, may_repeat

    @admin.display(description=_("links"), ordering="count")
    def mentioned(self, work: Work) -> int:
        return work.count

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
