"""The save of a form: locked, merged with what others saved, or turned into a suggestion; written by store() alone.

Optimistic locking: a form carries the version that it began with. See `merge_stale_save`.
"""

from itertools import chain
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext

from interaxion.content import paths
from interaxion.content.diagrams.kept import draw_diagrams
from interaxion.content.files.video_stills import queue_stills
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.site_state import SiteState
from interaxion.content.publishing.working_copies import forget
from interaxion.content.saving.reading import find_row, lock_stored
from interaxion.content.saving.storing import Saved, keep_aside, store
from interaxion.desk.forms import CONFIRMED, ONLY_SHOW
from interaxion.desk.pages.consequences import SEEN
from interaxion.desk.pages.transitions import steps
from interaxion.desk.saving import scripted_saves
from interaxion.desk.saving.autosave_views import KEY_FIELD, key_of_form
from interaxion.desk.saving.dates import EMPTIED, TAKE_DOWN, THEN, follow_dates
from interaxion.desk.saving.merge_stale_save import merge_stale_save, tell
from interaxion.desk.saving.posted import posted, with_values
from interaxion.desk.saving.save_context import SaveContext
from interaxion.desk.saving.suggestion_views import show_own_suggestion
from interaxion.desk.saving.suggestions import must_suggest, note_of, suggest, wished_identity
from interaxion.desk.saving.typed_form import TypedFormAdmin

#: Digits of a key that both databases can look up.
LONGEST_KEY = 18


class SavingAdmin(TypedFormAdmin):
    """Django's hooks of a save, in the order in which Django calls them."""

    def changeform_view(self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any) -> Any:
        return scripted_saves.answer(request, self._save_or_show(request, object_id, *args, **kwargs))

    def _save_or_show(
        self, request: HttpRequest, object_id: str | None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        request.desk_save = SaveContext()
        if request.method == "GET" and object_id and (shown := show_own_suggestion(self, request, object_id)):
            return shown
        if request.method == "POST" and ONLY_SHOW not in request.POST and self.has_view_or_change_permission(request):
            self._draw_diagrams(request.POST)
        if request.method != "POST" or object_id is None or ONLY_SHOW in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        # Locks out other saves until the end: the version that the form compares cannot change (no race).
        with transaction.atomic(), SiteState.changing():
            data, key = request.POST, _parse_key(unquote(object_id))
            locked = None if key is None else lock_stored(self.model, key)
            thing = locked.to_write_into() if locked else None
            if thing and self.has_change_permission(request, thing):
                identity = wished_identity(self, request, thing)
                if identity or must_suggest(request.user, thing):
                    if answer := suggest(self, request, thing, identity):
                        return answer
                    data = with_values(data, {ONLY_SHOW: "1"})
                else:
                    data, request.desk_save.outcome = merge_stale_save(self, request, thing)
                    request.desk_save.read, request.desk_save.locked = thing, locked
            with posted(request, data):  # not `changeform_view()`, which begins a transaction itself
                return self._changeform_view(request, object_id, form_url, extra_context)

    def _draw_diagrams(self, data: QueryDict) -> None:
        """Draw the diagrams of what was typed before the site is locked: that may take seconds."""
        for text in chain.from_iterable(values for _name, values in data.lists()):
            if isinstance(text, str):  # the form of a kept snapshot has lists of keys, too
                draw_diagrams(text.replace("\r\n", "\n"), self.model.markdown_kind)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Publishable | None:
        """Return the thing that `changeform_view` has read or locked, once, else read it."""
        context: SaveContext | None = getattr(request, "desk_save", None)
        if context and context.read and str(context.read.pk) == object_id:
            thing, context.read = context.read, None
            return thing
        key = None if from_field else _parse_key(object_id)
        return super().get_object(request, object_id, from_field) if key is None else find_row(self.model, key)

    def save_model(self, request: HttpRequest, obj: Publishable, form: Any, change: bool) -> None:
        """Save nothing yet: store() writes the thing together with its rows."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        thing, outcome = form.instance, request.desk_save.outcome
        if change and must_suggest(request.user, thing):
            raise PermissionDenied
        note = note_of(request, thing) if change else ""
        if outcome and outcome.aside:
            left_out = gettext("Left out where it differed from version %(version)s.") % {"version": outcome.version}
            keep_aside(thing, user=request.user, note=left_out, data=outcome.aside)
        key, pk = request.POST.get(KEY_FIELD), thing.pk
        if form.consequences:  # confirmed, else the form would be invalid
            paths.free_for(thing, thing.path, user=request.user)
        saved = self.store(
            form,
            user=request.user,
            note=note,
            write_related=lambda: self.write_related(request, form, formsets, change),
            # A thing that goes live at this instant was not live when the form checked it: no question was due.
            is_confirmed=TAKE_DOWN in request.POST or not form.was_live,
            locked=request.desk_save.locked,
        )
        if key:
            forget(request.user, self.model, pk, key_of_form(request))
        if outcome:
            tell(request, outcome)
        request.desk_save.is_edit, request.desk_save.version = saved.is_edited, thing.version
        queue_stills(thing)
        follow_dates(self, request, thing, form, saved.move)

    def store(self, form: Any, **storing: Any) -> Saved:
        """Write the instance. A subclass may call another function than `store()`, whose arguments are `storing`."""
        return store(form.instance, **storing)

    def write_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)

    def log_change(self, request: HttpRequest, obj: Publishable, message: Any) -> Any:
        """Log nothing for a save that changes nothing."""
        return super().log_change(request, obj, message) if request.desk_save.is_edit else None

    def response_add(self, request: HttpRequest, obj: Publishable, post_url_continue: Any = None) -> HttpResponse:
        with posted(request, _staying(request.POST)):
            return self._next_step(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Publishable) -> HttpResponse:
        with posted(request, _staying(request.POST)):
            return self._next_step(request, obj) or super().response_change(request, obj)

    def _next_step(self, request: HttpRequest, obj: Publishable) -> HttpResponse | None:
        """Redirect to the page of a step whose button was pressed on an unsaved form; None without one."""
        to = request.POST.get(THEN) or request.POST.get(EMPTIED)
        if to not in {step for step, _label in steps(obj, request.user)}:
            return None
        outcome = request.desk_save.outcome
        # After a merge nobody has seen what somebody else saved.
        seen = outcome.base_version if outcome and outcome.from_theirs else obj.version
        return redirect(f"{self.url_of('transition', obj)}?{urlencode({'to': to, SEEN: seen})}")


def _parse_key(object_id: str) -> int | None:
    return int(object_id) if object_id.isdecimal() and len(object_id) <= LONGEST_KEY else None


def _staying(data: QueryDict) -> QueryDict:
    """Return `data` such that the button that confirms stays on the form, as *Save* does."""
    return with_values(data, {"_continue": "1"}) if CONFIRMED in data else data
