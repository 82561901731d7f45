"""The list of the library: each file with its uses, and a filter for those that nothing uses."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interaxion.desk.library.uses import Use, find_uses, stem_of


class UsedFilter(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        return [("yes", pgettext_lazy("file", "used")), ("no", _("used nowhere"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() not in {"yes", "no"}:
            return queryset
        used = find_uses()
        keys = [file.pk for file in queryset.only("pk", "file") if stem_of(file) in used]
        return queryset.filter(pk__in=keys) if self.value() == "yes" else queryset.exclude(pk__in=keys)


class LibraryList(ChangeList):
    @cached_property
    def uses(self) -> dict[str, list[Use]]:
        return find_uses()

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        for file in self.result_list:
            file.uses = self.uses.get(stem_of(file), [])
