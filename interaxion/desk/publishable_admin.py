"""The admin of all published content: the form and its preview side by side. It implements `DeskAdmin`."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.forms import Script
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import Status
from interaxion.desk.forms import PublishableForm
from interaxion.desk.human_time import moment_of
from interaxion.desk.lists import ProblemsColumn, PublishableActions, PublishableChangeList, StateFilter
from interaxion.desk.notices import notices
from interaxion.desk.pages.history import history_view
from interaxion.desk.pages.transitions import AWAY, steps
from interaxion.desk.rows import FORM_FIELDS, leave_out_buttons
from interaxion.desk.saving.saving_admin import SavingAdmin
from interaxion.desk.side_pages import side_page_urls


class PublishableAdmin(SavingAdmin, ProblemsColumn, PublishableActions):
    form = PublishableForm
    change_form_template = "admin/desk.html"
    formfield_overrides = FORM_FIELDS
    list_filter = (StateFilter,)
    list_per_page = 50
    #: Whether the form has a button for a draft with the same content; the admin has the URL.
    can_duplicate = False
    search_fields = ("title", "path", "summary")

    class Media:
        js = [
            Script(f"js/admin/{name}.js", type="module")
            for name in (
                "desk",
                "checks",
                "preview",
                "rows",
                "line_moves",
                "line_dragging",
                "autosave",
                "saving",
                "choosing/names",
                "choosing/filters",
            )
        ]

    # --- permissions ---

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def has_change_permission(self, request: HttpRequest, obj: Publishable | None = None) -> bool:
        """Content in the trash is read-only until it is restored."""
        return super().has_change_permission(request, obj) and not (obj and obj.deleted_at)

    def has_delete_permission(self, request: HttpRequest, obj: Publishable | None = None) -> bool:
        """Only superusers delete for good, and only from the trash."""
        return request.user.is_superuser and (obj is None or bool(obj.deleted_at))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Ask for no permission on the rows of a thing: they go with it, though nobody may delete them alone."""
        shown, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return shown, counts, set(), protected

    def get_readonly_fields(self, request: HttpRequest, obj: Publishable | None = None) -> list[str]:
        dates = [] if self.has_publish_permission(request) else ["unpublish_at"]
        if dates and obj and obj.status == Status.PUBLISHED:  # of a draft, a host may propose it
            dates.append("publish_at")
        return [*super().get_readonly_fields(request, obj), *dates]

    # --- list ---

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type:
        return PublishableChangeList

    def get_ordering(self, request: HttpRequest) -> Any:
        return self.ordering or self.model.objects.newest_first().query.order_by

    @admin.display(description=_("state"), ordering="status")
    def state(self, thing: Publishable) -> str:
        moment = moment_of(thing)
        return f"{thing.state_label}: {moment}" if moment else thing.state_label

    # --- form ---

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return leave_out_buttons(super().formfield_for_dbfield(db_field, request, **kwargs))

    # --- addresses and templates ---

    def get_urls(self) -> list[Any]:
        return [*side_page_urls(self), *super().get_urls()]

    def url_of(self, view: str, thing: Publishable | None = None, *args: Any) -> str:
        args = (quote(thing.pk), *args) if thing else args
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}", args=args)

    def get_view_on_site_url(self, obj: Publishable | None = None) -> str | None:
        # A refused form may have emptied the address of the instance.
        return obj.get_absolute_url() if obj and obj.is_live() and obj.path else None

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        thing, form = kwargs.get("obj"), context["adminform"].form
        context["errors"] = [each for each in context["errors"] if each is not form.question]
        if form.is_stale and request.desk_save.outcome and request.desk_save.outcome.choices:
            context["errors"] = []  # the conflict page itself says what happened
        is_handed_in = context.get("is_handed_in")  # a host's own suggestion is stored: a notice says so
        if form.is_only_shown:
            context["errors"] = []
            if not is_handed_in:
                messages.info(request, gettext("This is not saved yet."))
        if thing and form.is_bound:  # the form wrote into the instance: the bar shows what is stored
            thing = self.get_object(request, str(thing.pk))
        possible = steps(thing, request.user) if thing else []
        unsaved = "kept" if context.get("is_kept") else "sent"
        context |= {
            "form_id": f"{self.opts.model_name}_form",
            # The initial state for static/js/admin/form_state.js.
            "unsaved": unsaved if form.is_bound and not is_handed_in else "",
            "state": thing.state() if thing else "",
            "state_label": thing.state_label if thing else gettext("New"),
            **notices(self, request, thing, request.desk_save.outcome),
            "steps": [step for step in possible if step[0] not in AWAY],
            "steps_away": [step for step in possible if step[0] in AWAY],
            "preview_url": self.url_of("preview", thing) if thing else self.url_of("add_preview"),
            "duplicate_url": self.url_of("duplicate", thing) if self._may_duplicate(request, thing) else "",
            "may_replace_links": self.has_publish_permission(request),
            "check_links_url": self.url_of("check_links", thing) if thing else "",
            "transition_url": self.url_of("transition", thing) if thing else "",
            # A form that comes back carries the version that it began with, not one saved since.
            "seen_version": form["loaded_version"].value() or "",
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def _may_duplicate(self, request: HttpRequest, thing: Publishable | None) -> bool:
        return self.can_duplicate and thing is not None and self.has_add_permission(request)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return history_view(self, request, object_id)
