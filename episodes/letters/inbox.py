"""The inbox in the admin: letters and their states. Nobody edits the text of a letter, and nobody adds one."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from episodes.letters.letters import Letter
from episodes.models import Episode
from interaxion.content.changes.recording import recording
from interaxion.content.publishing.recorder import keep
from interaxion.desk.action_options import ask_how
from interaxion.desk.changes.offering import offer_undo
from interaxion.desk.rows import leave_out_buttons

#: Fields not to load: of the episodes of a letter, the list shows only the names.
UNUSED = [f"{relation}__{field}" for relation in ("about", "read_in") for field in ("html", "text", "outline")]


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    list_display = ("__str__", "name", "about", "state", "read_in", "received_at")
    list_filter = ("state",)
    list_select_related = ("about", "read_in")
    list_per_page = 50
    search_fields = ("body", "name")
    ordering = ("-received_at", "-pk")
    fields = ("received_at", "name", "about", "body", ("state", "read_in"), ("handled_by", "handled_at"))
    readonly_fields = ("received_at", "name", "about", "body", "handled_by", "handled_at")
    actions = ("keep_selected", "read_selected", "put_aside_selected", "renew_selected")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        return super().get_queryset(request).defer(*UNUSED)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        count = Letter.objects.new().count()
        title = ngettext("Letters: %(count)d new one", "Letters: %(count)d new ones", count) % {"count": count}
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(db_field, request, queryset=choosable_episodes(), **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = leave_out_buttons(super().formfield_for_dbfield(db_field, request, **kwargs))
        if hasattr(field.widget, "can_add_related"):
            field.widget.can_add_related = False
        return field

    def save_model(self, request: HttpRequest, obj: Letter, form: Any, change: bool) -> None:
        if form.changed_data:
            obj.handled_by, obj.handled_at = request.user, timezone.now()
        super().save_model(request, obj, form, change)

    # --- actions ---

    @admin.action(permissions=["change"], description=_("Keep for an episode"))
    def keep_selected(self, request: HttpRequest, queryset: QuerySet[Letter]) -> HttpResponse | None:
        return self._move_to_episode(request, queryset, Letter.State.KEPT, gettext("Keep for an episode"))

    @admin.action(permissions=["change"], description=_("Read in an episode"))
    def read_selected(self, request: HttpRequest, queryset: QuerySet[Letter]) -> HttpResponse | None:
        return self._move_to_episode(request, queryset, Letter.State.READ, gettext("Read in an episode"))

    @admin.action(permissions=["change"], description=_("Put aside: deleted after 90 days"))
    def put_aside_selected(self, request: HttpRequest, queryset: QuerySet[Letter]) -> None:
        self._move(request, queryset, Letter.State.ASIDE, read_in=None)

    @admin.action(permissions=["change"], description=_("Back to the new ones"))
    def renew_selected(self, request: HttpRequest, queryset: QuerySet[Letter]) -> None:
        self._move(request, queryset, Letter.State.NEW, read_in=None)

    def _move_to_episode(
        self, request: HttpRequest, queryset: QuerySet[Letter], to: Any, title: str
    ) -> HttpResponse | None:
        """Ask for the episode, then move the letters."""
        form = ReadInEpisodeForm(request.POST if "episode" in request.POST else None)
        if form.is_valid():
            self._move(request, queryset, to, read_in=form.cleaned_data["episode"])
            return None
        return ask_how(self, request, queryset, form, title=title)

    def _move(self, request: HttpRequest, queryset: QuerySet[Letter], to: Any, **fields: Any) -> None:
        letters, label = [*queryset], Letter.State(to).label
        title = f"{Letter._meta.verbose_name_plural}: {label}"
        with recording(title, user=request.user) as record, record.step():
            keep(*letters)
            rows = Letter.objects.filter(pk__in=[letter.pk for letter in letters])
            count = rows.move(to, user=request.user, **fields)
        for letter in letters:
            self.log_change(request, letter, str(label))
        done = ngettext("%(count)d letter: %(state)s", "%(count)d letters: %(state)s", count)
        offer_undo(request, record.change, done % {"count": count, "state": label})


def choosable_episodes() -> QuerySet[Episode]:
    """Return the episodes, the newest first, because a letter is read in one of the last ones."""
    return Episode.objects.untrashed().order_by("-number", "-pk").only("number", "title")


class ReadInEpisodeForm(forms.Form):
    episode = forms.ModelChoiceField(choosable_episodes(), label=_("Episode"))
