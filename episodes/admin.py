"""The admin of episodes, speakers and the podcast."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.forms import Script
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from episodes.audio.ffmpeg import find_ffmpeg
from episodes.audio.sound.reading import find_sound
from episodes.audio.sound.words import describe_sound
from episodes.desk.after_publishing import after_publishing
from episodes.desk.appearance_forms import AppearanceForm, AppearanceFormSet, propose_hosts
from episodes.desk.exchanging import exchange_selected
from episodes.desk.files import file_urls
from episodes.desk.forms import DOCUMENT, EpisodeForm, propose_episode, too_large
from episodes.desk.host_proposals import hosts_view, may_mark_hosts
from episodes.desk.notes_admin import NotesAdmin
from episodes.desk.podcast_desk import follow_now
from episodes.desk.short_notes import panel_beside_preview, short_notes
from episodes.desk.transcript.taking import taking_urls
from episodes.desk.transcript.urls import transcript_urls
from episodes.identity.guid import change_guid
from episodes.letters import inbox  # noqa: F401 - registers itself
from episodes.models import Appearance, Episode
from episodes.people.speakers import Speaker, with_uses
from episodes.podcast import Podcast
from episodes.transcripts.storing import transcript_of
from interaxion.content.files.limits import MOST_FILE_BYTES
from interaxion.content.publishing.publishable import Publishable
from interaxion.content.publishing.window import Status
from interaxion.content.saving.storing import Saved
from interaxion.desk.lists import MostUsedFilter
from interaxion.desk.merging_admin import MergingAdmin
from interaxion.desk.one_row_admin import OneRowAdmin
from interaxion.desk.publishable_admin import PublishableAdmin
from interaxion.desk.rows import FORM_FIELDS, PeopleInline
from interaxion.desk.saving.duplicating import duplicate_view
from interaxion.desk.saving.suggestions import is_guest_at


class AppearanceInline(PeopleInline):
    model = Appearance
    form = AppearanceForm
    formset = AppearanceFormSet
    fields = (("speaker", "role", "position"),)


@admin.register(Episode)
class EpisodeAdmin(NotesAdmin):
    can_duplicate = True
    inlines = (AppearanceInline,)
    form = EpisodeForm
    change_form_template = "admin/episode_desk.html"
    list_display = ("spelled_number", "title", "state", "problem_count", "publish_at", "stored_at")
    list_display_links = ("spelled_number", "title")
    actions = (*PublishableAdmin.actions, exchange_selected)
    list_filter = (*PublishableAdmin.list_filter, ("speakers", MostUsedFilter), ("tags", MostUsedFilter))
    search_fields = ("title", "number", "path", "summary", "sections__heading")

    class Media:
        js = [Script(f"js/admin/{name}.js", type="module") for name in ("sections", "stamping", "short_notes")]

    def get_readonly_fields(self, request: HttpRequest, obj: Episode | None = None) -> list[str]:
        fields = super().get_readonly_fields(request, obj)
        is_fixed = obj and not request.user.is_superuser and (is_guest_at(request.user, obj) or obj.is_guid_fixed)
        is_read_only = obj is not None and not self.has_change_permission(request, obj)
        return [*fields, "sound", *(["guid"] if is_fixed else []), *(["spelled_number"] if is_read_only else [])]

    @admin.display(description=_("sound"))
    def sound(self, episode: Episode) -> str:
        return describe_sound(find_sound(episode))

    @admin.display(description=_("number"), ordering="number")
    def spelled_number(self, episode: Episode) -> str:
        return episode.spelled_number or "–"

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {**propose_episode(), **super().get_changeform_initial_data(request)}

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, AppearanceInline) and request.method == "GET" and not obj.pk:
            kwargs["initial"] = propose_hosts(Episode.objects.last_numbered())
        return kwargs

    def get_fieldsets(self, request: HttpRequest, obj: Episode | None = None) -> Any:
        as_document = self.notes_as(request, obj) == DOCUMENT
        # Django would write a number that nobody may change as 9.00.
        is_read_only = obj is not None and not self.has_change_permission(request, obj)
        return [
            (None, {"fields": [("spelled_number" if is_read_only else "number", "title")]}),
            (None, {"fields": ["summary"]}),
            *([(None, {"fields": ["notes"]})] if as_document else []),
            (
                _("Player and audio"),
                {
                    "fields": [
                        "player",
                        "audio_url",
                        "audio_file",
                        ("audio_seconds", "audio_type", "audio_bytes"),
                        *(["sound"] if obj and obj.audio_file and not obj.audio_url else []),
                        "artwork",
                    ]
                },
            ),
            (_("Tags and dates"), {"fields": ["tags", ("publish_at", "unpublish_at")]}),
            (
                _("Address and feed"),
                {
                    "classes": ["collapse"],
                    "fields": [
                        "path",
                        "language",
                        ("season", "episode_type", "is_explicit"),
                        "guid",
                    ],
                },
            ),
            (
                _("What apps show beside the episode"),
                {"classes": ["collapse"], "fields": ["soundbites", "social_posts", "transcripts_elsewhere"]},
            ),
            (_("Short notes"), {"fields": ["short_introduction"]}),
            (
                _("Short notes by hand"),
                {"classes": ["collapse"], "fields": [("pinned_links", "dropped_links"), "distribution_notes"]},
            ),
        ]

    def store(self, form: Any, **storing: Any) -> Saved:
        episode = form.instance
        stored = form.stored
        if stored and stored.guid != str(episode.guid) and stored.is_guid_fixed:
            return change_guid(episode, str(episode.guid), reason="", **storing)
        return super().store(form, **storing)

    def beside_preview(self, request: HttpRequest, typed: Publishable) -> str:
        return panel_beside_preview(typed, request.POST.get("short_notes_for", ""))

    def get_urls(self) -> list[Any]:
        views = (short_notes, after_publishing, duplicate_view)
        notes, after, copy = (self.admin_site.admin_view(partial(view, self)) for view in views)
        return [
            path("<path:object_id>/change/duplicate/", copy, name="episodes_episode_duplicate"),
            path("<path:object_id>/change/short-notes/", notes, name="episodes_episode_short_notes"),
            path("<path:object_id>/change/after-publishing/", after, name="episodes_episode_after_publishing"),
            *file_urls(self),
            *transcript_urls(self),
            *taking_urls(self),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        episode = kwargs.get("obj")
        if self.has_change_permission(request, episode) if episode else self.has_add_permission(request):
            context["most_bytes"], context["too_large"] = MOST_FILE_BYTES, too_large()
            context["notes_as"] = self.notes_as(request, episode)
            context["can_be_tagged"] = episode and (episode.media_type != Episode.AudioType.M4A or find_ffmpeg())
            context["transcript"] = episode and transcript_of(episode)
            context["short_notes_url"] = self.url_of("short_notes", episode) if episode else ""
            is_published = episode and episode.status == Status.PUBLISHED
            context["transcript_url"] = self.url_of("transcript", episode) if episode else ""
            context["after_url"] = self.url_of("after_publishing", episode) if is_published else ""
        if episode and request.user.has_perm("episodes.view_letter"):
            context["letters"] = episode.letters.newest_first()
        return super().render_change_form(request, context, *args, **kwargs)


@admin.register(Speaker)
class SpeakerAdmin(MergingAdmin):
    list_display = ("name", "reading", "slug", "uses")
    search_fields = ("name", "reading", "slug")
    ordering = ("reading", "name")

    change_list_template = "admin/speaker_list.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_uses(super().get_queryset(request))

    @admin.display(description=_("used"), ordering="uses")
    def uses(self, speaker: Speaker) -> int:
        return speaker.uses

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(partial(hosts_view, self))
        return [path("hosts/", view, name="episodes_speaker_hosts"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        offered = {"may_mark_hosts": may_mark_hosts(request)}
        return super().changelist_view(request, extra_context={**(extra_context or {}), **offered})

    def get_fields(self, request: HttpRequest, obj: Speaker | None = None) -> list[str]:
        account = ["user"] if request.user.is_superuser else []
        return ["name", "reading", "aliases", "bio", "image", "links", "slug", *account]


@admin.register(Podcast)
class PodcastAdmin(OneRowAdmin):
    change_form_template = "admin/podcast_desk.html"
    formfield_overrides = {**FORM_FIELDS, models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}

    fieldsets = (
        (None, {"fields": ["title", "description", "language", "time_zone", "author", "hosts"]}),
        (
            _("In directories"),
            {"fields": ["artwork", "categories", "is_explicit", "owner_name", "owner_email", "copyright"]},
        ),
        (_("Listening"), {"fields": ["subscribe_links"]}),
        (_("Look"), {"fields": ["mark", "colour", "share_picture"]}),
        (_("Short notes"), {"fields": ["recurring_headings", "recurring_notes"]}),
        (_("Transcripts"), {"classes": ["collapse"], "fields": ["misheard_words"]}),
        (
            _("What apps show beside the episodes"),
            {
                "classes": ["collapse"],
                "fields": [
                    ("funding_url", "funding_label"),
                    ("license", "license_url"),
                    ("update_label", "update_rule"),
                    ("is_serial", "is_complete"),
                    "txt_records",
                ],
            },
        ),
        (
            _("Feed and former sites"),
            {
                "classes": ["collapse"],
                "fields": ["guid", "followed_feed", "audio_prefix", "is_notes_only", "new_feed_url", "former_sites"],
            },
        ),
    )
    saved_message = _("The podcast is saved.")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(follow_now)
        return [path("follow/", view, name="episodes_podcast_follow"), *super().get_urls()]
