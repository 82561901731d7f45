"""The notes in the form of an episode: one Markdown document; once a section has a time, a row for each section."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, QueryDict

from episodes.desk.forms import DOCUMENT, ROWS
from episodes.desk.section_forms import SectionForm, SectionFormSet, rows_as_document
from episodes.models import Episode, LinkSection
from episodes.notes import notes
from episodes.notes.section_keys import is_time, keep_keys, values_of
from interaxion.content.prefetching import is_prefetched, set_prefetched
from interaxion.content.saving.reading import hold_relations, read_rows
from interaxion.desk.forms import ONLY_SHOW
from interaxion.desk.pages.history import restored_revision
from interaxion.desk.publishable_admin import PublishableAdmin
from interaxion.desk.rows import FORM_FIELDS, OrderedInline
from interaxion.desk.saving.posted import posted, with_values
from interaxion.desk.saving.snapshot_forms import fill
from interaxion.text.merging import Snapshot

#: The name of the button *Edit as one document*.
AS_DOCUMENT = "_as_document"
#: In the address: the view that somebody chose, and the view that a save keeps; in the session: the chosen one.
CHOSEN, STILL = "notes", "still"


class SectionInline(OrderedInline, admin.StackedInline):
    model = LinkSection
    form = SectionForm
    formset = SectionFormSet
    formfield_overrides = FORM_FIELDS
    fields = (("starts_at", "heading", "level", "position"), "body")
    after_fieldset = 1


class NotesAdmin(PublishableAdmin):
    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Episode | None:
        """Read the sections of an episode once for its form."""
        episode: Any = super().get_object(request, object_id, from_field)
        if episode and request.method == "GET" and not is_prefetched(episode, "sections"):
            hold_relations(episode, {"sections": read_rows(episode, "sections")})
        return episode

    def notes_as(self, request: HttpRequest, episode: Episode | None) -> str:
        """Return DOCUMENT or ROWS; users who may not change the episode get ROWS."""
        wanted = request.POST.get("notes_as") or request.GET.get(CHOSEN) or request.GET.get(STILL)
        if episode is None:
            return DOCUMENT
        if not self.has_change_permission(request, episode):
            return ROWS
        return wanted if wanted in {DOCUMENT, ROWS} else self._usual_view(request, episode)

    def _usual_view(self, request: HttpRequest, episode: Episode) -> str:
        """Return the view that the person chose last, else ROWS as soon as there are times."""
        chosen = request.session.get(CHOSEN)
        if chosen == DOCUMENT:
            return DOCUMENT
        return ROWS if episode.is_timed or (chosen == ROWS and episode.sections.exists()) else DOCUMENT

    def get_inlines(self, request: HttpRequest, obj: Episode | None) -> list[type]:
        inlines = super().get_inlines(request, obj)
        return [*inlines, SectionInline] if self.notes_as(request, obj) == ROWS else inlines

    def get_form(self, request: HttpRequest, obj: Episode | None = None, **kwargs: Any) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, **kwargs)
        notes_as = self.notes_as(request, obj)
        form.base_fields["notes_as"].initial = notes_as
        if notes_as == ROWS:
            form.base_fields.pop("notes", None)
        return form

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method == "POST" and request.POST.get("notes_as") == ROWS and AS_DOCUMENT in request.POST:
            values = {"notes": rows_as_document(request.POST), "notes_as": DOCUMENT, ONLY_SHOW: "1"}
            data = with_values(request.POST, values)
            request.session[CHOSEN] = DOCUMENT
        else:
            data = request.POST
        if request.GET.get(CHOSEN) in {DOCUMENT, ROWS}:
            request.session[CHOSEN] = request.GET[CHOSEN]
        with posted(request, data):
            return super().changeform_view(request, object_id, *args, **kwargs)

    def _in_the_same_view(self, request: HttpRequest, episode: Episode, response: HttpResponse) -> HttpResponse:
        """Keep the view over a save, even if the first time has just been typed."""
        view, form = request.POST.get("notes_as"), self.url_of("change", episode)
        if response.get("Location") == form and view in {DOCUMENT, ROWS} and view != self._usual_view(request, episode):
            response["Location"] = f"{form}?{STILL}={view}"
        return response

    def response_add(self, request: HttpRequest, obj: Episode, post_url_continue: Any = None) -> HttpResponse:
        return self._in_the_same_view(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Episode) -> HttpResponse:
        return self._in_the_same_view(request, obj, super().response_change(request, obj))

    def write_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().write_related(request, form, formsets, change)
        if "notes" in form.fields:
            form.instance.replace_sections(
                form.cleaned_data["notes"], gone=self.restored_sections(request, form.instance)
            )

    def restored_sections(self, request: HttpRequest, episode: Episode) -> list[LinkSection]:
        """Return the sections of the revision that the form was filled with, none without one."""
        revision = restored_revision(request, episode)
        if revision is None:
            return []
        then = Episode(pk=episode.pk)
        fill(then, revision.data)
        return list(then.sections.all())

    whole_form = {"notes_as": DOCUMENT}

    def without_row_keys(self, data: QueryDict) -> QueryDict:
        # An invalid time would end up in the heading: such rows stay rows, and their form shows the error.
        if data.get("notes_as") == ROWS and all(map(is_time, values_of(data, "starts_at"))):
            data["notes"], data["notes_as"] = rows_as_document(data), DOCUMENT
        return data

    def snapshot_typed(self, form: Any, formsets: Any, base: Snapshot) -> Snapshot:
        typed = super().snapshot_typed(form, formsets, base)
        if "notes" in form.fields:
            typed["rows"]["sections"] = keep_keys(base["rows"].get("sections", []), typed["rows"]["sections"])
        return typed

    def put_together(self, form: Any, formsets: Any) -> Episode:
        episode = super().put_together(form, formsets)
        if "notes" in form.fields:
            document = form.cleaned_data["notes"]
            sections = _make_sections(episode, document)
            set_prefetched(episode, "sections", sections)
            episode.typed_lines = _find_lines(sections, document)
        return episode


def _make_sections(episode: Episode, document: str) -> list[LinkSection]:
    """Return the sections of a document, not stored."""
    sections = []
    for position, note in enumerate(notes.parse(document)):
        section = LinkSection(episode=episode)
        section.take(note, position)
        sections.append(section)
    return sections


def _find_lines(sections: list[LinkSection], document: str) -> dict[str, tuple[int, int]]:
    """Return by the key of each section the lines, counted from 0, of its heading and of the first text after it."""
    headings = [heading.line for heading in notes.find_headings(document) if heading.opens_section]
    starts = [(line, line + 1) for line in headings]
    if len(sections) > len(headings):  # a text before the first heading
        starts.insert(0, (0, 0))
    lines = document.split("\n")
    return {
        section.key: (heading, next((n for n in range(body, len(lines)) if lines[n].strip()), body))
        for section, (heading, body) in zip(sections, starts, strict=True)
    }
