"""The admin of everything that is published: form and page side by side, saved through store() alone."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Script, all_valid
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from interaxion.content import paths
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.revisions import snapshot
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.publishing.working_copies import forget
from interaxion.content.saving.deriving import fill_in
from interaxion.content.saving.storing import Saved, keep_aside, store
from interaxion.desk.forms import CONFIRMED, ONLY_SHOW, PublishableForm
from interaxion.desk.human_time import moment_of
from interaxion.desk.lists import PublishableActions, PublishableChangeList, StateFilter
from interaxion.desk.notices import notices
from interaxion.desk.pages import preview
from interaxion.desk.pages.access import thing_to_write
from interaxion.desk.pages.checks import ProblemsColumn, probe_links_view, problems_part
from interaxion.desk.pages.consequences import SEEN
from interaxion.desk.pages.history import difference_view, history_view, restore_view
from interaxion.desk.pages.render_limits import refuse_to_render
from interaxion.desk.pages.sharing import share_view
from interaxion.desk.pages.transitions import steps, transition_view
from interaxion.desk.pages.undoing import undo_view
from interaxion.desk.rows import FORM_FIELDS, leave_out_buttons
from interaxion.desk.saving.autosave_views import KEY_FIELD, autosave_view, key_of_form, recover_view
from interaxion.desk.saving.dates import EMPTIED, TAKE_DOWN, THEN, follow_dates
from interaxion.desk.saving.merge_stale_save import meet, tell
from interaxion.desk.saving.posted import posted, with_values
from interaxion.desk.saving.save_context import SaveContext
from interaxion.desk.saving.suggestions import must_suggest, note_of, suggest, suggestion_view, wished_identity
from interaxion.text.merging import Snapshot

#: Pages beside the form of something stored, and beside that of something new: (end of the route, view, name).
SIDE_PAGES = (
    ("change/transition/", transition_view, "transition"),
    ("change/autosave/", autosave_view, "autosave"),
    ("change/recover/", recover_view, "recover"),
    ("change/share/", share_view, "share"),
    ("change/check-links/", probe_links_view, "check_links"),
    ("history/<int:number>/", difference_view, "difference"),
    ("history/<int:number>/restore/", restore_view, "restore"),
    ("suggestions/<int:pk>/", suggestion_view, "suggestion"),
)
NEW_SIDE_PAGES = (("autosave/", autosave_view, "add_autosave"), ("recover/", recover_view, "add_recover"))


class PublishableAdmin(ProblemsColumn, PublishableActions):
    form = PublishableForm
    change_form_template = "admin/desk.html"
    formfield_overrides = FORM_FIELDS
    list_filter = (StateFilter,)
    list_per_page = 50
    search_fields = ("title", "path", "summary")

    class Media:
        js = [
            Script(f"js/admin/{name}.js", type="module") for name in ("desk", "checks", "preview", "rows", "autosave")
        ]

    # --- permissions ---

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.publish_{self.opts.model_name}")

    def has_change_permission(self, request: HttpRequest, obj: Publishable | None = None) -> bool:
        """What lies in the trash is read, and restored, before anybody edits it again."""
        return super().has_change_permission(request, obj) and not (obj and obj.deleted_at)

    def has_delete_permission(self, request: HttpRequest, obj: Publishable | None = None) -> bool:
        """Deleting for good: out of the trash, by a superuser. For everybody else there is the trash."""
        return request.user.is_superuser and (obj is None or bool(obj.deleted_at))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What belongs to a thing goes with it, though by itself nobody may delete it."""
        shown, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return shown, counts, set(), protected

    def get_readonly_fields(self, request: HttpRequest, obj: Publishable | None = None) -> list[str]:
        dates = [] if self.has_publish_permission(request) else ["publish_at", "unpublish_at"]
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

    # --- saving ---

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return leave_out_buttons(super().formfield_for_dbfield(db_field, request, **kwargs))

    #: Posted fields by which everything that has no row of its own stands in the form itself.
    whole_form: dict[str, str] = {}

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        request.desk_save = SaveContext()
        if request.method != "POST" or object_id is None or ONLY_SHOW in request.POST:
            return super().changeform_view(request, object_id, *args, **kwargs)
        with transaction.atomic():
            # From here on nobody else saves it: the form compares its version with a row that stays.
            SiteState.lock()
            data, thing = request.POST, self.get_object(request, unquote(object_id))
            if thing and self.has_change_permission(request, thing):
                identity = wished_identity(self, request, thing)
                if identity or must_suggest(request.user, thing):
                    if answer := suggest(self, request, thing, identity):
                        return answer
                    data = with_values(data, {ONLY_SHOW: "1"})
                else:
                    data, request.desk_save.meeting = meet(self, request, thing)
            with posted(request, data):
                return super().changeform_view(request, object_id, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Publishable, form: Any, change: bool) -> None:
        """Nothing yet: store() writes the thing together with its rows."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        thing, meeting = form.instance, request.desk_save.meeting
        if change and must_suggest(request.user, thing):
            raise PermissionDenied
        note = note_of(request, thing) if change else ""
        if meeting and meeting.aside:
            left_out = gettext("Left out where it differed from version %(version)s.") % {"version": meeting.version}
            keep_aside(thing, user=request.user, note=left_out, data=meeting.aside)
        key, pk = request.POST.get(KEY_FIELD), thing.pk
        if form.consequences:  # they are confirmed, or the form were not valid
            paths.free_for(thing, thing.path, user=request.user)
        saved = self.store(
            form,
            user=request.user,
            note=note,
            write_related=lambda: self.write_related(request, form, formsets, change),
            # What goes live at this very instant was not when the form was asked.
            is_confirmed=TAKE_DOWN in request.POST or not form.was_live,
        )
        if key:
            forget(request.user, self.model, pk, key_of_form(request))
        if meeting:
            tell(request, meeting)
        request.desk_save.is_edit = saved.is_edited
        follow_dates(self, request, thing, form, saved.move)

    def store(self, form: Any, **storing: Any) -> Saved:
        return store(form.instance, **storing)

    def write_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)

    def log_change(self, request: HttpRequest, obj: Publishable, message: Any) -> Any:
        """A save that changes nothing is no line of anybody's log."""
        return super().log_change(request, obj, message) if request.desk_save.is_edit else None

    def get_form(self, request: HttpRequest, obj: Publishable | None = None, **kwargs: Any) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, **kwargs)
        form.user = request.user
        return form

    def response_add(self, request: HttpRequest, obj: Publishable, post_url_continue: Any = None) -> HttpResponse:
        with posted(request, _staying(request.POST)):
            return self._next_step(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Publishable) -> HttpResponse:
        with posted(request, _staying(request.POST)):
            return self._next_step(request, obj) or super().response_change(request, obj)

    def _next_step(self, request: HttpRequest, obj: Publishable) -> HttpResponse | None:
        """Where *Publish* was pressed on a form that was not saved yet: it is now, and the checks come next."""
        to = request.POST.get(THEN) or request.POST.get(EMPTIED)
        if to not in {step for step, _label in steps(obj, request.user)}:
            return None
        meeting = request.desk_save.meeting
        # What somebody else saved came along: nobody has seen that yet.
        seen = meeting.base_version if meeting and meeting.from_theirs else obj.version
        return redirect(f"{self.url_of('transition', obj)}?{urlencode({'to': to, SEEN: seen})}")

    # --- the page beside the form ---

    def form_class_for(self, request: HttpRequest, thing: Publishable | None) -> type[forms.ModelForm]:
        fields = flatten_fieldsets(self.get_fieldsets(request, thing))
        return self.get_form(request, thing, change=bool(thing), fields=fields)

    def bind_typed(self, request: HttpRequest, thing: Publishable | None) -> tuple[Any, Any]:
        """The form and its rows as they were sent, not validated yet, and asked for no version."""
        form = self.form_class_for(request, thing)(request.POST, instance=thing)
        form.is_preview = True
        formsets, _inlines = self._create_formsets(request, form.instance, change=bool(thing))
        return form, formsets

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """Bind the rows to any POST data: a suggestion is shown on a GET, to which Django binds nothing."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        return kwargs | {"data": request.POST.copy(), "files": request.FILES} if request.POST else kwargs

    def preview_view(self, request: HttpRequest, object_id: str | None = None) -> HttpResponse:
        thing = thing_to_write(self, request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if refusal := refuse_to_render(request):
            return refusal
        typed, form, formsets = self.put_typed_together(request, thing)
        if typed is None:
            return preview.refuse(form, formsets)
        response = preview.show(typed, self.admin_site.pages[self.model], request)
        response.write(problems_part(typed, form, formsets))
        return response

    def put_typed_together(self, request: HttpRequest, thing: Publishable | None) -> tuple[Any, Any, Any]:
        """What was sent, as saving would leave it, with its HTML; None where it is refused. And the form and its rows.

        `thing` is written into, refused or not.
        """
        form, formsets = self.bind_typed(request, thing)
        form.fields["title"].required = False  # it comes last as often as first
        if not (all_valid(formsets) & form.is_valid()):
            return None, form, formsets
        typed = self.put_together(form, formsets)
        fill_in(typed)
        return typed, form, formsets

    def snapshot_typed(self, form: Any, formsets: Any, base: Snapshot) -> Snapshot:
        """What saving would leave, as a snapshot. Rows that are recognisably those of `base` have their keys."""
        return snapshot(self.put_together(form, formsets))

    def without_row_keys(self, data: QueryDict) -> QueryDict:
        """The same form where rows have no keys that could be gone."""
        return data

    def put_together(self, form: Any, formsets: Any) -> Publishable:
        """The thing as saving would leave it, in memory."""
        thing = form.instance
        thing.pk = thing.pk or preview.NO_KEY
        thing.settle_path()
        preview.hold_typed_rows(thing, formsets)
        if "tags" in form.cleaned_data:
            preview.hold_typed_tags(thing, form.cleaned_data["tags"])
        return thing

    # --- addresses and templates ---

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("add/preview/", view(self.preview_view), name=f"{name}_add_preview"),
            path("undo/", view(partial(undo_view, self)), name=f"{name}_undo"),
            path("<path:object_id>/change/preview/", view(self.preview_view), name=f"{name}_preview"),
            *(path(f"add/{end}", view(partial(page, self)), name=f"{name}_{own}") for end, page, own in NEW_SIDE_PAGES),
            *(
                path(f"<path:object_id>/{end}", view(partial(page, self)), name=f"{name}_{own}")
                for end, page, own in SIDE_PAGES
            ),
            *super().get_urls(),
        ]

    def url_of(self, view: str, thing: Publishable | None = None, *args: Any) -> str:
        args = (quote(thing.pk), *args) if thing else args
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}", args=args)

    def get_view_on_site_url(self, obj: Publishable | None = None) -> str | None:
        # A form that comes back refused may have emptied the address.
        return obj.get_absolute_url() if obj and obj.is_live() and obj.path else None

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        thing, form = kwargs.get("obj"), context["adminform"].form
        if form.is_asked and len(context["errors"]) == 1:  # a question is no error
            context["errors"] = []
        if form.is_only_shown:
            messages.info(request, gettext("This is not saved yet."))
        if form.is_only_shown or form.asks:
            context["errors"] = []
        if thing and form.is_bound:  # which has put into it what was sent: the bar says what is
            thing = self.get_object(request, str(thing.pk))
        context |= {
            "form_id": f"{self.opts.model_name}_form",
            # What static/js/admin/form_state.js takes as the state of what the page comes with.
            "unsaved": ("kept" if context.get("is_kept") else "sent") if form.is_bound else "",
            "state": thing.state() if thing else "",
            "state_label": thing.state_label if thing else gettext("Not saved yet"),
            **notices(self, request, thing, request.desk_save.meeting),
            "steps": steps(thing, request.user) if thing else [],
            "preview_url": self.url_of("preview", thing) if thing else self.url_of("add_preview"),
            "may_replace_links": self.has_publish_permission(request),
            "check_links_url": self.url_of("check_links", thing) if thing else "",
            "transition_url": self.url_of("transition", thing) if thing else "",
            # A form that comes back shows what it began with, not what was saved since.
            "seen_version": form["loaded_version"].value() or "",
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return history_view(self, request, object_id)


def _staying(data: QueryDict) -> QueryDict:
    """The button that confirms stays at the form, as *Save* does."""
    return with_values(data, {"_continue": "1"}) if CONFIRMED in data else data
