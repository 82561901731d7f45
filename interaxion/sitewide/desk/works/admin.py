"""The admin of works (cited pages and papers): editors set titles and merge duplicates. Only links create works."""

from functools import reduce
from operator import and_
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.text import smart_split
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.linking.links import Link
from interaxion.content.linking.looking_up import may_be_looked_up
from interaxion.content.linking.titles import titles_of
from interaxion.content.linking.works import Work
from interaxion.desk.merging_admin import MergingAdmin
from interaxion.sitewide.desk.works.form import DETAILS, WorkForm
from interaxion.sitewide.desk.works.merging import merge_and_follow
from interaxion.sitewide.desk.works.same import same_view
from interaxion.sitewide.work_lookups import MOST, queue_lookups
from interaxion.text.web_addresses import readable_address

WHY = _("only papers with a DOI or at arXiv, and books with a Japanese ISBN, which something live links.")


KIND_LABELS = {
    "doi": "DOI",
    "arxiv": "arXiv",
    "isbn": "ISBN",
    "video": _("video"),
    "tweet": _("post on X"),
    "url": _("web page"),
}


#: Works that a search finds are then read by their keys, unless there are more.
MOST_KEYS = 10_000


class KindFilter(admin.SimpleListFilter):
    """A filter that knows the kinds: to ask which there are, the database would read every work."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return list(KIND_LABELS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Work]) -> QuerySet[Work]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class WorkList(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Work]:
        """Search once, not for the number of works and again for a page: the database reads every title and link."""
        found: QuerySet[Work] = super().get_queryset(request, exclude_parameters)
        if not self.query:
            return found
        keys = list(found.order_by().values_list("pk", flat=True)[: MOST_KEYS + 1])
        if len(keys) > MOST_KEYS:
            return found
        return self.root_queryset.filter(pk__in=keys).order_by(*found.query.order_by)


@admin.register(Work)
class WorkAdmin(MergingAdmin):
    form = WorkForm
    change_form_template = "admin/work.html"
    merge = staticmethod(merge_and_follow)
    change_list_template = "admin/work_list.html"
    actions = (*MergingAdmin.actions, "look_up_again")
    list_display = ("shown_as", "shown_kind", "shown_key", "link_count")
    list_filter = (KindFilter,)
    ordering = ("-link_count", "pk")
    show_full_result_count = False  # there are hundreds of thousands
    list_per_page = 50
    search_fields = ("title", "found_title", "key", "url")
    readonly_fields = ("shown_url", "shown_key", "shown_kind", "looked_up")
    fields = (*readonly_fields, "title", *DETAILS)

    @admin.display(description=_("title"))
    def shown_as(self, work: Any) -> str:
        return work.shown_as

    @admin.display(description=_("address"))
    def shown_url(self, work: Work) -> str:
        return format_html(
            '<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>', work.url, readable_address(work.url)
        )

    @admin.display(description=_("kind"))
    def shown_kind(self, work: Work) -> str:
        return str(KIND_LABELS[work.kind])

    @admin.display(description=_("key"))
    def shown_key(self, work: Work) -> str:
        return readable_address(work.key)

    @admin.display(description=_("look-up"))
    def looked_up(self, work: Work) -> str:
        """Say that what is typed below is shown in the place of what was found."""
        if not work.looked_up_at:
            return gettext("not looked up")
        on = localize(timezone.localtime(work.looked_up_at).date())
        if not work.found:
            return gettext("%(date)s: its registry has no record") % {"date": on}
        return gettext("%(date)s: found at %(source)s") % {"date": on, "source": work.found.get("source", "")}

    @admin.action(permissions=["change"], description=_("Look up again"))
    def look_up_again(self, request: HttpRequest, queryset: QuerySet[Work]) -> HttpResponse | None:
        works = [work for work in queryset[:MOST] if may_be_looked_up(work)]
        if not works:
            self.message_user(
                request, gettext("None of these can be looked up: %(why)s") % {"why": WHY}, messages.WARNING
            )
            return None
        return redirect("admin:job", queue_lookups(works, user=request.user).pk)

    def response_change(self, request: HttpRequest, obj: Work) -> HttpResponse:
        if "_look_up" in request.POST and settings.WORK_LOOKUPS and may_be_looked_up(obj):
            return redirect("admin:job", queue_lookups([obj], user=request.user).pk)
        return super().response_change(request, obj)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        work = self.get_object(request, object_id)
        may_look_up = settings.WORK_LOOKUPS and work is not None and may_be_looked_up(work)
        return super().change_view(request, object_id, *args, extra_context={"may_look_up": may_look_up}, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        return [
            path("same/", self.admin_site.admin_view(self.same_view), name="content_work_same"),
            *super().get_urls(),
        ]

    def same_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_delete_permission(request):
            raise PermissionDenied
        return same_view(request, {**self.admin_site.each_context(request), "opts": self.opts})

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        may_merge = {"may_merge": self.has_delete_permission(request)}
        return super().changelist_view(request, {**(extra_context or {}), **may_merge})

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return WorkList

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Return the list, its works named as their pages name them."""
        changelist = super().get_changelist_instance(request)
        titles = titles_of(changelist.result_list)
        for work in changelist.result_list:
            work.shown_as = titles[work.pk]
        return changelist

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
        if not settings.WORK_LOOKUPS:
            actions.pop("look_up_again", None)
        return actions

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Work | None = None) -> bool:
        """Whether the user may merge. A single work is never deleted: the next save of a link would create it again."""
        return obj is None and super().has_delete_permission(request)
